import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs, debtorOf } from '@dualchain/model';
import type { Created, Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties, holdingParties } from '../submission/parties';

export type BuyBackParameters = Loose<InputOf<typeof certificateVerbs.buyBack>>;
export type BuyBackResult = Created<Holding>;

/**
 * The settler confirms by a payment reference that is used once that the seller bought the holding back: the seller is the
 * owner, its link of recourse is gone. The obligor's peers are not needed.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, NOT_GENUINE, FROZEN.
 */
export const buyBack = action<BuyBackParameters, BuyBackResult>((input) => ({
  verb: certificateVerbs.buyBack,
  input: toWire(input),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: input.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: opened.skeleton.certificateId }, options);
    return { parties: { ...certificateParties(certificate), ...holdingParties(opened.skeleton), authority: debtorOf(certificate), seller: opened.skeleton.proposal?.seller ?? opened.skeleton.owner }, openings: openingsFor(certificateVerbs.buyBack, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.buyBack>),
}));
