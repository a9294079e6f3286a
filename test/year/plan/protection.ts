import { ahead } from '../../support/deal';
import type { Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import type { PlannedHolding } from './book';
import { DAY } from './calendar';
import { digestOf, SETTLER } from './certificate';
import type { Deal } from './deal';
import { close, fallDue, present, settle } from './settlement';

/** An order of the authority over one holding, and what it keeps its owner from. */
export function freeze(deal: Deal, { id: holdingId, owner }: PlannedHolding, days: number): string {
  const orderId = deal.id('O');
  deal.do('regulator', 'freezeHolding', orderId, (client) => client.freezes.freezeHolding({ holdingId, orderId, reason: 'court order', endsAt: ahead(days * DAY) }));
  deal.refuse('FROZEN', owner, 'requestQuotes', holdingId, (client) => client.holdings.requestQuotes({ holdingId, financiers: [mspIdOf('bank')], recourse: 'without', expiresAt: ahead(5 * DAY) }));
  return orderId;
}

export function lift(deal: Deal, { id: scopeId }: PlannedHolding, orderId: string): void {
  const liftedBy = deal.id('O');
  deal.do('regulator', 'liftFreeze', orderId, (client) => client.freezes.liftFreeze({ scopeType: 'holding', scopeId, orderId, liftedBy }));
}

/** The whole certificate is frozen for some days, and goes on by itself when they are over. */
export function freezeCertificate(deal: Deal): void {
  const { certificateId } = deal;
  const orderId = deal.id('O');
  deal.do('regulator', 'freezeCertificate', orderId, (client) => client.freezes.freezeCertificate({ certificateId, orderId, reason: 'fraud investigation', endsAt: ahead(5 * DAY) }));
  deal.pass(1);
}

/** Due while an order stands: the money of one holding is kept, and goes to its owner, or to whom the authority names, when the order is over. */
export function payAroundFreeze(deal: Deal, frozen: PlannedHolding, orderId: string): void {
  const { certificateId, obligor } = deal;
  fallDue(deal);
  present(deal);
  settle(deal, deal.live().filter((holding) => holding !== frozen));
  const deposit = deal.pay('escrow', obligor, SETTLER, [frozen]);
  deal.do(SETTLER, 'payIntoEscrow', frozen.id, (client) => client.freezes.payIntoEscrow({ certificateId, holdingIds: [frozen.id], paymentReference: deposit }));
  deal.do(SETTLER, 'sealDeposit', frozen.id, (client) => client.freezes.sealDeposit({ digest: digestOf(deposit) }));
  frozen.state = 'escrowed';
  close(deal);
  deal.week += 1;
  let beneficiary = frozen.owner;
  if (deal.random.percent(50)) {
    lift(deal, frozen, orderId);
  } else {
    const named: Slug = 'bank';
    beneficiary = named;
    const directedBy = deal.id('O');
    deal.do('regulator', 'directEscrow', frozen.id, (client) => client.freezes.directEscrow({ holdingId: frozen.id, orderId: directedBy, beneficiary: mspIdOf(named) }));
  }
  const paymentReference = deal.pay('escrow release', SETTLER, beneficiary, [frozen]);
  deal.do(SETTLER, 'releaseEscrow', frozen.id, (client) => client.freezes.releaseEscrow({ holdingId: frozen.id, paymentReference }));
  frozen.state = 'redeemed';
  frozen.redeemedBy = paymentReference;
}

/** The obligor disputes the certificate. What a third party holds is flagged only; what is all with the first supplier is suspended. */
export function dispute(deal: Deal): string {
  const { certificateId, supplier } = deal;
  const live = deal.live();
  const suspends = live.every(({ owner }) => owner === supplier);
  const holdingIds = suspends ? live.map(({ id }) => id) : [];
  const disputeId = deal.id('DI');
  const amount = deal.random.part(deal.face, 5, 30);
  deal.do(deal.obligor, 'disputeCertificate', disputeId, (client) => client.disputes.disputeCertificate({ certificateId, disputeId, reason: 'quality', endsAt: ahead(28 * DAY), holdingIds, amount, statement: `Cartons of ${certificateId} arrived thawed.` }));
  deal.state = suspends ? 'disputed' : 'active';
  return disputeId;
}

/** The claim stands after all. */
export function resolve(deal: Deal, disputeId: string): void {
  const { certificateId } = deal;
  deal.do(deal.obligor, 'resolveDispute', disputeId, (client) => client.disputes.resolveDispute({ certificateId, disputeId }));
  deal.state = 'active';
}

/** All owners give up what they hold of a suspended certificate. */
export function cancelByAgreement(deal: Deal): void {
  const { certificateId, obligor } = deal;
  dispute(deal);
  deal.pass(1);
  const live = deal.live();
  for (const { id: holdingId, owner } of live) deal.do(owner, 'agreeCancellation', holdingId, (client) => client.disputes.agreeCancellation({ holdingId }));
  const holdingIds = live.map(({ id }) => id);
  deal.do(obligor, 'cancelCertificate', certificateId, (client) => client.disputes.cancelCertificate({ certificateId, holdingIds }));
  cancelled(deal);
}

/** The authority suspends a certificate, orders that it ends, and the obligor carries the order out. */
export function cancelByOrder(deal: Deal): void {
  const { certificateId, obligor } = deal;
  const [suspension, order] = [deal.id('O'), deal.id('O')];
  deal.do('regulator', 'suspendCertificate', suspension, (client) => client.disputes.suspendCertificate({ certificateId, orderId: suspension, reason: 'fraud', endsAt: ahead(28 * DAY) }));
  deal.pass(1);
  deal.do('regulator', 'orderCancellation', order, (client) => client.disputes.orderCancellation({ certificateId, orderId: order }));
  const holdingIds = deal.live().map(({ id }) => id);
  deal.do(obligor, 'executeCancellation', certificateId, (client) => client.disputes.executeCancellation({ certificateId, holdingIds }));
  cancelled(deal);
}

function cancelled(deal: Deal): void {
  for (const holding of deal.live()) holding.state = 'cancelled';
  deal.state = 'cancelled';
}
