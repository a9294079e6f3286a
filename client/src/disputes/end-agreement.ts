import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { debtorOrAuthority } from './witness';

export type EndAgreementParameters = Loose<InputOf<typeof certificateVerbs.endAgreement>>;
export type EndAgreementResult = Holding;

/**
 * The owner takes its agreement to a cancellation back, or anyone does once the dispute is over; the holding is as before.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const endAgreement = action<EndAgreementParameters, EndAgreementResult>((parameters) => ({
  verb: certificateVerbs.endAgreement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificateId } = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: certificateId }, options);
    return { parties: { ...certificateParties(certificate), witness: debtorOrAuthority(session, certificate) } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.endAgreement>),
}));
