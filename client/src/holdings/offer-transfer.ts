import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type OfferTransferParameters = Loose<InputOf<typeof certificateVerbs.offerTransfer>>;
export type OfferTransferResult = Holding;

/**
 * The owner offers a holding to a trading partner, who can read its terms from here; `tradeReference` names an order or
 * invoice between the two. The holding is locked until the receiver answers or the offer expires.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, TRADE_REFERENCE_REQUIRED, NOT_A_MEMBER, EXPIRED.
 */
export const offerTransfer = action<OfferTransferParameters, OfferTransferResult>((parameters) => ({
  verb: certificateVerbs.offerTransfer,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: parameters.holdingId }, options);
    return { parties: { ...holdingParties(opened.skeleton), receiver: parameters.receiver }, openings: openingsFor(certificateVerbs.offerTransfer, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.offerTransfer>),
}));
