import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { DisputedCertificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type OrderCancellationParameters = Loose<InputOf<typeof certificateVerbs.orderCancellation>>;
export type OrderCancellationResult = DisputedCertificate;

/**
 * The authority orders that a suspended certificate be cancelled; the obligor carries it out.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE.
 */
export const orderCancellation = action<OrderCancellationParameters, OrderCancellationResult>((parameters) => ({
  verb: certificateVerbs.orderCancellation,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.orderCancellation>),
}));
