import type { Slug } from '../../support/network';
import type { PlannedHolding } from './book';
import { SETTLER } from './certificate';
import type { Deal } from './deal';
import { sell } from './finance';
import { split } from './holdings';
import { becomeOverdue, fallDue, present, settle } from './settlement';

/**
 * A debtor that does not pay: one part of its certificate was sold on twice with recourse and goes back the same way,
 * one was sold without and gets what is recovered, one is still with the supplier, who gets nothing.
 */
export function defaulted(deal: Deal, first: PlannedHolding): void {
  const [twice, once, kept] = split(deal, first, 3);
  if (twice === undefined || once === undefined || kept === undefined) throw new RangeError('A default needs three holdings.');
  sell(deal, twice, 'bank', 'with');
  deal.pass(1);
  sell(deal, twice, 'factor', 'with');
  sell(deal, once, 'bank', 'without');
  fallDue(deal);
  becomeOverdue(deal);
  const { certificateId } = deal;
  if (deal.random.percent(50)) {
    deal.week = deal.due + 5;
    deal.do('factor', 'declareDefault', certificateId, (client) => client.certificates.declareDefault({ certificateId, holdingId: twice.id }));
  } else {
    const orderId = deal.id('O');
    deal.week = deal.due + 3;
    deal.do('regulator', 'declareDefault', certificateId, (client) => client.certificates.declareDefault({ certificateId, orderId }));
  }
  deal.state = 'defaulted';
  for (const seller of ['bank', deal.supplier] as const) {
    buyBack(deal, twice, seller);
    deal.week += 1;
  }
  present(deal, [once], 'bank');
  settle(deal, [once]);
}

/** The owner turns to its seller, who pays and is the owner again. */
function buyBack(deal: Deal, holding: PlannedHolding, seller: Slug): void {
  const { id: holdingId, owner } = holding;
  deal.do(owner, 'claimRecourse', holdingId, (client) => client.holdings.claimRecourse({ holdingId }));
  const paymentReference = deal.pay('buy-back', seller, owner, [holding]);
  deal.do(SETTLER, 'buyBack', holdingId, (client) => client.holdings.buyBack({ holdingId, paymentReference }));
  holding.owner = seller;
  holding.state = 'bought back';
}
