import { mspIdOf } from '../../support/organisations';
import { ahead } from '../../support/deal';
import type { Slug } from '../../support/network';
import { sizeOf } from './book';
import type { PlannedHolding } from './book';
import { DAY, standingOrder } from './calendar';
import { SETTLER } from './certificate';
import type { Deal } from './deal';

/** The owner cuts a free holding into so many parts. */
export function split(deal: Deal, holding: PlannedHolding, count: number): PlannedHolding[] {
  const { owner } = holding;
  const parts: PlannedHolding[] = [];
  let from = holding.from;
  for (let left = count; left > 1; left -= 1) {
    const rest = holding.to - from + 1n;
    const amount = deal.random.part(rest, Math.floor(60 / left), Math.floor(140 / left));
    parts.push(deal.add(from, from + amount - 1n, owner, 'free'));
    from += amount;
  }
  parts.push(deal.add(from, holding.to, owner, 'free'));
  holding.state = 'spent';
  const amounts = parts.map((part) => ({ holdingId: part.id, amount: sizeOf(part) }));
  deal.do(owner, 'splitHolding', holding.id, (client) => client.holdings.splitHolding({ holdingId: holding.id, parts: amounts }));
  return parts;
}

/** The owner joins free neighbours. */
export function merge(deal: Deal, holdings: readonly [PlannedHolding, ...PlannedHolding[]]): PlannedHolding {
  const [first] = holdings;
  const whole = deal.add(first.from, holdings.at(-1)?.to ?? first.to, first.owner, 'free');
  for (const holding of holdings) holding.state = 'spent';
  const holdingIds = holdings.map(({ id }) => id);
  deal.do(first.owner, 'mergeHoldings', whole.id, (client) => client.holdings.mergeHoldings({ holdingIds, into: whole.id }));
  return whole;
}

/** The owner offers a holding to one whom it owes something. */
export function offerTransfer(deal: Deal, { id: holdingId, owner }: PlannedHolding, expiresInDays = 20): Slug {
  const receiver = deal.partnerOf(owner);
  const orderId = standingOrder(owner, receiver);
  deal.do(owner, 'offerTransfer', holdingId, (client) => client.holdings.offerTransfer({ holdingId, receiver: mspIdOf(receiver), tradeReference: { type: 'order', id: orderId }, expiresAt: ahead(expiresInDays * DAY) }));
  return receiver;
}

/** Passed on in payment of a trade; now and then the new owner has it registered. */
export function transfer(deal: Deal, holding: PlannedHolding): void {
  const { id: holdingId } = holding;
  const receiver = offerTransfer(deal, holding);
  deal.do(receiver, 'acceptTransfer', holdingId, (client) => client.holdings.acceptTransfer({ holdingId }));
  holding.owner = receiver;
  if (!deal.random.percent(20)) return;
  const registrationReference = `ZD-${deal.id('REG')}`;
  deal.do(deal.random.one([receiver, SETTLER]), 'registerAssignment', holdingId, (client) => client.holdings.registerAssignment({ holdingId, registrationReference }));
}
