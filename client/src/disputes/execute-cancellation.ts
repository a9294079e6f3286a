import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import { openForSettlement } from '../certificates/settlement';
import type { DisputedCertificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type ExecuteCancellationParameters = Loose<InputOf<typeof certificateVerbs.executeCancellation>>;
export type ExecuteCancellationResult = DisputedCertificate;

/**
 * The obligor carries out the authority's order to cancel a suspended certificate whose units are all with the first
 * supplier. Its invoices stay used up.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, FROZEN, AMOUNT_MISMATCH.
 */
export const executeCancellation = action<ExecuteCancellationParameters, ExecuteCancellationResult>((parameters) => ({
  verb: certificateVerbs.executeCancellation,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, parameters.certificateId, parameters.holdingIds, options);
    return { parties: certificateParties(certificate.skeleton), openings: openingsFor(certificateVerbs.executeCancellation, certificate, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.executeCancellation>),
}));
