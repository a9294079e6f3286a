import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type SettleHoldingsParameters = Loose<InputOf<typeof certificateVerbs.settleHoldings>>;
export type SettleHoldingsResult = Typed<ResultOf<typeof certificateVerbs.settleHoldings>>;

/**
 * The settler attests that one owner was paid for its holdings of a due certificate: they are redeemed. One call for
 * each owner, so that holders do not learn of each other.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, NOT_GENUINE.
 */
export const settleHoldings = action<SettleHoldingsParameters, SettleHoldingsResult>((parameters) => ({
  verb: certificateVerbs.settleHoldings,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const holdings = await Promise.all(parameters.holdingIds.map((id) => ask(session, certificateVerbs.openHolding, { id }, options)));
    const { obligor = '' } = holdings[0]?.skeleton ?? {};
    return {
      parties: { settler: session.mspId, obligor, owner: [...new Set(holdings.map(({ skeleton }) => skeleton.owner))] },
      openings: openingsFor(certificateVerbs.settleHoldings, ...holdings),
    };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.settleHoldings>),
}));
