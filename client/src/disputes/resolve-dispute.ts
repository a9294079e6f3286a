import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { DisputedCertificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { debtorOrAuthority } from './witness';

export type ResolveDisputeParameters = Loose<InputOf<typeof certificateVerbs.resolveDispute>>;
export type ResolveDisputeResult = DisputedCertificate;

/**
 * A dispute is over and the certificate goes on: by who opened it, by the authority with an `orderId`, by anyone from its
 * end on.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_YET, INVALID_INPUT.
 */
export const resolveDispute = action<ResolveDisputeParameters, ResolveDisputeResult>((parameters) => ({
  verb: certificateVerbs.resolveDispute,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const certificate = await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options);
    return { parties: { ...certificateParties(certificate), witness: debtorOrAuthority(session, certificate) } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.resolveDispute>),
}));
