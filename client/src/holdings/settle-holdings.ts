import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import { rangeOf } from '../results/objects';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { lateFeeNow } from './late-fee';

type Verb = typeof certificateVerbs.settleHoldings;

/** `lateFee`: what was paid on top, in minor units; left out, what is owed now. */
export type SettleHoldingsParameters = Loose<InputOf<Verb> & Partial<SealedOf<Verb>>>;
export type SettleHoldingsResult = Typed<ResultOf<Verb>>;

/**
 * The settler attests that one owner was paid for its holdings of a due certificate, with the late fee if the grace days
 * are over: they are redeemed. One call for each owner, so that holders do not learn of each other.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, AMOUNT_MISMATCH, NOT_GENUINE, FROZEN.
 */
export const settleHoldings = action<SettleHoldingsParameters, SettleHoldingsResult>(({ lateFee, ...input }) => ({
  verb: certificateVerbs.settleHoldings,
  input: toWire(input),
  prepare: async (session, options) => {
    const [certificate, ...holdings] = await Promise.all([ask(session, certificateVerbs.certificate, { id: input.certificateId }, options), ...input.holdingIds.map((id) => ask(session, certificateVerbs.openHolding, { id }, options))] as const);
    const openings = openingsFor(certificateVerbs.settleHoldings, ...holdings);
    const amount = openings.reduce((sum, record) => sum + (rangeOf(record)?.amount ?? 0n), 0n);
    return {
      parties: { ...certificateParties(certificate), owner: [...new Set(holdings.flatMap(({ skeleton: { owner, state, proposal } }) => (state === 'pledged' && proposal?.financier !== undefined ? [owner, proposal.financier] : [owner])))] },
      openings,
      sealed: toWire({ lateFee: lateFee ?? lateFeeNow(certificate, amount) }),
    };
  },
  decode: (answer) => typed(answer as ResultOf<Verb>),
}));
