import type { Slug } from '../../support/network';
import { sizeOf } from './book';
import type { PlannedHolding } from './book';
import { SETTLER } from './certificate';
import type { Deal } from './deal';

/** Those who declare what anyone may: it is in nobody's hands. */
const anyone: readonly [Slug, ...Slug[]] = ['carrier', 'bank', 'factor', 'clearing', 'regulator', 'farm'];

export function fallDue(deal: Deal): void {
  const { certificateId } = deal;
  deal.week = deal.due;
  deal.do(deal.random.one(anyone), 'declareDue', certificateId, (client) => client.certificates.declareDue({ certificateId }));
  deal.state = 'due';
}

export function becomeOverdue(deal: Deal): void {
  const { certificateId } = deal;
  deal.week = deal.due + 1;
  deal.do(deal.random.one(anyone), 'declareOverdue', certificateId, (client) => client.certificates.declareOverdue({ certificateId }));
  deal.state = 'overdue';
}

/** The obligor shows the live holdings to the settler. */
export function present(deal: Deal, holdings = deal.live(), by: Slug = deal.obligor): void {
  const { certificateId } = deal;
  const holdingIds = holdings.map(({ id }) => id);
  deal.do(by, 'presentForSettlement', certificateId, (client) => client.certificates.presentForSettlement({ certificateId, holdingIds }));
}

/** Weeks between the due date and now, in which the late fee grows; none in the grace days. */
function weeksLate(deal: Deal): number {
  return deal.week - deal.due;
}

/** Each payee is paid by itself, with the late fee of the whole payment. */
export function settle(deal: Deal, holdings = deal.live()): void {
  const { certificateId } = deal;
  // Since a default the authority keeps the books in the obligor's place.
  const debtor: Slug = deal.state === 'defaulted' ? 'regulator' : deal.obligor;
  const groups = new Map<string, PlannedHolding[]>();
  for (const holding of holdings) {
    const key = `${holding.owner} ${holding.pledgee ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), holding]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const amount = group.reduce((sum, each) => sum + sizeOf(each), 0n);
    const paymentReference = deal.pay('settlement', debtor, first.pledgee ?? first.owner, group, { lateFee: deal.calendar.lateFee(amount, deal.issued, weeksLate(deal)) });
    const holdingIds = group.map(({ id }) => id);
    deal.do(SETTLER, 'settleHoldings', holdingIds.join(', '), (client) => client.holdings.settleHoldings({ certificateId, holdingIds, paymentReference }));
    for (const holding of group) {
      holding.state = 'redeemed';
      holding.redeemedBy = paymentReference;
    }
  }
}

/** The obligor can pay a part of one holding only. */
export function settlePart(deal: Deal, holding: PlannedHolding): void {
  const { certificateId, obligor } = deal;
  const amount = deal.random.part(sizeOf(holding), 20, 70);
  const state = holding.state;
  const paid = deal.add(holding.from, holding.from + amount - 1n, holding.owner, 'redeemed');
  const rest = deal.add(holding.from + amount, holding.to, holding.owner, state);
  const paymentReference = deal.pay('settlement', obligor, holding.owner, [paid], { lateFee: deal.calendar.lateFee(amount, deal.issued, weeksLate(deal)) });
  paid.redeemedBy = paymentReference;
  holding.state = 'spent';
  deal.do(SETTLER, 'settlePart', holding.id, (client) => client.settlements.settlePart({ certificateId, holdingId: holding.id, paidHoldingId: paid.id, restHoldingId: rest.id, paymentReference, amount }));
}

/** By the obligor, or by the settler where it was shown the certificate and all that ended of it. */
export function close(deal: Deal): void {
  const { certificateId } = deal;
  const shown = deal.state !== 'active' && deal.holdings.every(({ state }) => state !== 'netted');
  const by = shown ? deal.random.one([deal.obligor, SETTLER]) : deal.obligor;
  const holdingIds = deal.holdings.filter(({ state }) => ['redeemed', 'escrowed', 'netted'].includes(state)).map(({ id }) => id);
  deal.do(by, 'closeCertificate', certificateId, (client) => client.certificates.closeCertificate({ certificateId, holdingIds }));
  deal.state = 'settled';
}

/** Paid in the grace days, or so many weeks after them. */
export function payAtMaturity(deal: Deal, lateWeeks: number): void {
  fallDue(deal);
  present(deal);
  if (lateWeeks === 0) {
    settle(deal);
  } else {
    const largest = deal.live().filter(({ pledgee, state }) => pledgee === undefined && ['free', 'financed'].includes(state)).sort((a, b) => Number(sizeOf(b) - sizeOf(a)))[0];
    if (largest !== undefined && deal.random.percent(20)) settlePart(deal, largest);
    becomeOverdue(deal);
    deal.week = deal.due + lateWeeks;
    settle(deal);
    deal.paidLate = true;
  }
  close(deal);
}
