import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { certificateParties } from '../submission/parties';

export type PayIntoEscrowParameters = Loose<InputOf<typeof certificateVerbs.payIntoEscrow>> & Absence;
export type PayIntoEscrowResult = Typed<ResultOf<typeof certificateVerbs.payIntoEscrow>>;

/**
 * The settler attests that it keeps what is due for frozen holdings of one owner, whom the freeze keeps from being paid.
 * The obligor presents the holdings first, as for a settlement. Of a defaulted certificate the owner endorses beside the
 * authority, because the obligor may be gone; where the owner is `absent`, the obligor itself.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, NOT_GENUINE.
 */
export const payIntoEscrow = action<PayIntoEscrowParameters, PayIntoEscrowResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.payIntoEscrow,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const certificate = await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options);
    if (certificate.state !== 'defaulted') return { parties: certificateParties(certificate) };
    const holdings = await Promise.all(parameters.holdingIds.map((id) => ask(session, certificateVerbs.holding, { id }, options)));
    return { parties: { ...certificateParties(certificate), obligor: holdings.map(({ owner }) => (owner === absent ? certificate.obligor : owner)) } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.payIntoEscrow>),
}));
