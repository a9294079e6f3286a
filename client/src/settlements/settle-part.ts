import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import { lateFeeNow } from '../holdings/late-fee';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';

type Verb = typeof certificateVerbs.settlePart;

/** `lateFee`: what was paid on top, in minor units; left out, what is owed now. */
export type SettlePartParameters = Loose<InputOf<Verb> & Pick<SealedOf<Verb>, 'amount'> & Partial<Pick<SealedOf<Verb>, 'lateFee'>>>;
export type SettlePartResult = Typed<ResultOf<Verb>>;

/**
 * The settler attests that the owner of a holding was paid for `amount` minor units of it: the holding is spent into
 * `paidHoldingId`, which is redeemed, and `restHoldingId`, which stays a live claim of the same owner.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, AMOUNT_MISMATCH, AMOUNT_TOO_SMALL, NOT_GENUINE, ALREADY_EXISTS, FROZEN.
 */
export const settlePart = action<SettlePartParameters, SettlePartResult>(({ amount, lateFee, ...input }) => ({
  verb: certificateVerbs.settlePart,
  input: toWire(input),
  prepare: async (session, options) => {
    const [certificate, holding] = await Promise.all([ask(session, certificateVerbs.certificate, { id: input.certificateId }, options), ask(session, certificateVerbs.openHolding, { id: input.holdingId }, options)]);
    return {
      parties: { ...certificateParties(certificate), owner: holding.skeleton.owner },
      openings: openingsFor(certificateVerbs.settlePart, holding),
      sealed: toWire({ amount, lateFee: lateFee ?? lateFeeNow(certificate, amount) }),
    };
  },
  existing: async (session, options) => openingsFor(certificateVerbs.settlePart, await ask(session, certificateVerbs.openHolding, { id: input.paidHoldingId }, options)),
  decode: (answer) => typed(answer as ResultOf<Verb>),
}));
