import { mspIdOf } from '../../support/organisations';
import { ahead } from '../../support/deal';
import type { Slug } from '../../support/network';
import { sizeOf } from './book';
import type { PlannedHolding } from './book';
import { DAY } from './calendar';
import { inspect, SETTLER } from './certificate';
import type { Deal } from './deal';

export type Financier = 'bank' | 'factor';
export type Recourse = 'with' | 'without';

export const otherFinancier = (slug: Financier): Financier => (slug === 'bank' ? 'factor' : 'bank');

export function requestQuotes(deal: Deal, { id: holdingId, owner }: PlannedHolding, asked: readonly Financier[], recourse: Recourse, expiresInDays = 10): void {
  deal.do(owner, 'requestQuotes', holdingId, (client) => client.holdings.requestQuotes({ holdingId, financiers: asked.map(mspIdOf), recourse, expiresAt: ahead(expiresInDays * DAY) }));
}

/** A financier's price: interest to the due date and a fee, taken off an advance. */
export function submitQuote(deal: Deal, holding: PlannedHolding, financier: Financier, dearer = 0): { readonly quoteId: string; readonly payout: bigint } {
  const quoteId = deal.id('Q');
  const advanceBps = deal.random.one([9_000, 9_500, 10_000]);
  const rateBps = deal.random.between(320, 680) + dearer;
  const advance = (sizeOf(holding) * BigInt(advanceBps)) / 10_000n;
  const days = BigInt(7 * Math.max(1, deal.due - deal.week));
  const fee = advance / 2_000n;
  const payout = advance - fee - (advance * BigInt(rateBps) * days) / 3_600_000n;
  deal.do(financier, 'submitQuote', quoteId, (client) => client.quotes.submitQuote({ holdingId: holding.id, quoteId, expiresAt: ahead(9 * DAY), rateBps, advanceBps, fee, payout }));
  return { quoteId, payout };
}

export function acceptQuote(deal: Deal, { id: holdingId, owner }: PlannedHolding, quoteId: string): void {
  deal.do(owner, 'acceptQuote', holdingId, (client) => client.quotes.acceptQuote({ holdingId, quoteId }));
}

/** From the request to the pay-out: the financier is the owner. Sometimes another one quotes, too, or declines. */
export function sell(deal: Deal, holding: PlannedHolding, to: Financier, recourse: Recourse): void {
  const seller = holding.owner;
  const { id: holdingId } = holding;
  const rival = otherFinancier(to);
  const competition = seller === rival || deal.random.percent(65) ? 'none' : deal.random.percent(75) ? 'quotes' : 'declines';
  inspect(deal);
  requestQuotes(deal, holding, competition === 'none' ? [to] : [to, rival], recourse);
  const { quoteId, payout } = submitQuote(deal, holding, to);
  if (competition === 'quotes') submitQuote(deal, holding, rival, 40);
  if (competition === 'declines') {
    const declined = deal.id('Q');
    deal.do(rival, 'declineQuote', declined, (client) => client.quotes.declineQuote({ holdingId, quoteId: declined }));
  }
  acceptQuote(deal, holding, quoteId);
  const opener: Slug = deal.random.percent(70) ? seller : to;
  deal.do(opener, 'openPayout', holdingId, (client) => client.holdings.openPayout({ holdingId, quoteId }));
  const paymentReference = deal.pay('payout', to, seller, [holding], { amount: payout, quoteId });
  deal.do(SETTLER, 'confirmPayout', holdingId, (client) => client.holdings.confirmPayout({ holdingId, quoteId, paymentReference, registrationReference: `ZD-${paymentReference}` }));
  holding.owner = to;
  holding.state = 'financed';
}
