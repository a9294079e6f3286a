import type { InputOf, PledgeLoanTerms, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Loan } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type DraftLoanParameters = Loose<InputOf<typeof certificateVerbs.draftLoan> & PledgeLoanTerms>;
export type DraftLoanResult = Created<Loan>;

/**
 * The owner of a free holding puts a loan against it before a financier: principal in minor units and yearly rate in basis
 * points, sealed for owner, financier and settler; `loanDueAt` is public. Nothing is locked yet.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, WRONG_ROLE, AMOUNT_MISMATCH, EXPIRED, ALREADY_EXISTS.
 */
export const draftLoan = action<DraftLoanParameters, DraftLoanResult>(({ loanId, holdingId, financier, loanDueAt, ...terms }) => ({
  verb: certificateVerbs.draftLoan,
  input: toWire({ loanId, holdingId, financier, loanDueAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: opened.skeleton.certificateId }, options);
    return { parties: { ...certificateParties(certificate), owner: opened.skeleton.owner, financier }, openings: openingsFor(certificateVerbs.draftLoan, opened) };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openLoan, { id: loanId }, options)).records),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.draftLoan>),
}));
