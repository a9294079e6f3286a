import { ahead } from '../../support/deal';
import type { Slug } from '../../support/network';
import type { PlannedHolding } from './book';
import { DAY, standingOrder } from './calendar';
import { inspect } from './certificate';
import type { Deal } from './deal';
import { acceptQuote, requestQuotes, submitQuote } from './finance';
import type { Financier } from './finance';
import { merge, offerTransfer, split } from './holdings';
import { offerPledge } from './pledge';

/** Something that comes to nothing: the holding is as before, or another one of the same units. */
type Interlude = (deal: Deal, holding: PlannedHolding) => PlannedHolding;

const anyFinancier = (deal: Deal): Financier => deal.random.one(['bank', 'factor']);

const interludes: readonly [Interlude, ...Interlude[]] = [
  transferOffered('refuseTransfer'),
  transferOffered('withdrawTransfer'),
  transferOffered('expireTransfer'),
  (deal, holding) => {
    const financier = anyFinancier(deal);
    requestQuotes(deal, holding, [financier], 'without');
    if (deal.random.percent(30)) {
      const { quoteId } = submitQuote(deal, holding, financier);
      deal.do(financier, 'withdrawQuote', quoteId, (client) => client.quotes.withdrawQuote({ holdingId: holding.id, quoteId }));
    }
    deal.do(holding.owner, 'withdrawQuotes', holding.id, (client) => client.holdings.withdrawQuotes({ holdingId: holding.id }));
    return holding;
  },
  (deal, holding) => {
    if (!hasTime(deal)) return holding;
    requestQuotes(deal, holding, ['bank', 'factor'], 'with', 3);
    deal.pass(1);
    deal.do('carrier', 'expireQuotes', holding.id, (client) => client.holdings.expireQuotes({ holdingId: holding.id }));
    return holding;
  },
  (deal, holding) => {
    const financier = anyFinancier(deal);
    inspect(deal);
    requestQuotes(deal, holding, [financier], 'without');
    const { quoteId } = submitQuote(deal, holding, financier);
    acceptQuote(deal, holding, quoteId);
    deal.do(deal.random.one<Slug>([holding.owner, financier]), 'cancelFinance', holding.id, (client) => client.holdings.cancelFinance({ holdingId: holding.id }));
    return holding;
  },
  (deal, holding) => {
    const [first, ...others] = split(deal, holding, deal.random.between(2, 5));
    return first === undefined ? holding : merge(deal, [first, ...others]);
  },
  (deal, holding) => {
    const financier = anyFinancier(deal);
    offerPledge(deal, holding, financier, 20);
    const how = deal.random.one(['refusePledge', 'withdrawPledge'] as const);
    deal.do(how === 'refusePledge' ? financier : holding.owner, how, holding.id, (client) => client.holdings[how]({ holdingId: holding.id }));
    return holding;
  },
  (deal, { id: holdingId, owner }) => {
    const offerId = deal.id('E');
    deal.do(deal.obligor, 'offerEarlySettlement', offerId, (client) => client.settlements.offerEarlySettlement({ holdingId, offerId, expiresAt: ahead(5 * DAY), discount: 1n }));
    const how = deal.random.one(['refuseEarlySettlement', 'withdrawEarlySettlement'] as const);
    deal.do(how === 'refuseEarlySettlement' ? owner : deal.obligor, how, offerId, (client) => client.settlements[how]({ holdingId, offerId }));
    return deal.holding(holdingId);
  },
  (deal, { id: holdingId, owner }) => {
    const orderId = standingOrder(owner, deal.obligor, true);
    deal.do(owner, 'offerNetting', holdingId, (client) => client.settlements.offerNetting({ holdingId, tradeReference: { type: 'order', id: orderId }, expiresAt: ahead(5 * DAY) }));
    const how = deal.random.one(['refuseNetting', 'withdrawNetting'] as const);
    deal.do(how === 'refuseNetting' ? deal.obligor : owner, how, holdingId, (client) => client.settlements[how]({ holdingId }));
    return deal.holding(holdingId);
  },
];

/** Something happens to a free holding of the first supplier that comes to nothing. Returns the holding that has its units now. */
export function interlude(deal: Deal, holding: PlannedHolding): PlannedHolding {
  return deal.random.one(interludes)(deal, holding);
}

/** Whether a week may pass and enough are left for what the certificate is to live through. */
function hasTime(deal: Deal): boolean {
  return deal.week + 4 < deal.due;
}

function transferOffered(verb: 'refuseTransfer' | 'withdrawTransfer' | 'expireTransfer'): Interlude {
  return (deal, holding) => {
    const { id: holdingId, owner } = holding;
    const how = verb === 'expireTransfer' && !hasTime(deal) ? 'withdrawTransfer' : verb;
    const receiver = offerTransfer(deal, holding, 5);
    if (how === 'expireTransfer') deal.pass(1);
    deal.do(how === 'refuseTransfer' ? receiver : how === 'withdrawTransfer' ? owner : 'carrier', how, holdingId, (client) => client.holdings[how]({ holdingId }));
    return holding;
  };
}
