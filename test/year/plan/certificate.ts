import { paymentDigest } from '../../../chaincode/src/rules/finance/payment';
import { mspIdOf } from '../../support/organisations';
import { ahead } from '../../support/deal';
import { sha256Hex } from '../../../model/src';
import type { Slug } from '../../support/network';
import { sizeOf } from './book';
import type { PlannedHolding } from './book';
import { DAY } from './calendar';
import type { Deal } from './deal';
import { checker } from './step';

export const SETTLER: Slug = 'clearing';

/** Id of a payment on the ledger. */
export function digestOf(paymentReference: string): string {
  return paymentDigest(mspIdOf(SETTLER), paymentReference);
}

/** The obligor's maker and checker turn the accepted invoices into a certificate; it waits for its supplier's word. */
export function issue(deal: Deal, { expiresInDays, creditLineId }: { readonly expiresInDays: number | undefined; readonly creditLineId: string | undefined }): void {
  const { certificateId, obligor, supplier, calendar } = deal;
  deal.issued = deal.week;
  deal.due = deal.week + deal.tenor;
  const accepted = deal.invoices.filter(({ state }) => state === 'accepted');
  const invoiceIds = accepted.map(({ id }) => id);
  const { due, face } = deal;
  if (creditLineId !== undefined) deal.do(obligor, 'reserveCredit', certificateId, (client) => client.creditLines.reserveCredit({ creditLineId, certificateId, amount: face, expiresAt: ahead(5 * DAY) }));
  deal.do(obligor, 'issueCertificate', certificateId, (client) =>
    client.certificates.issueCertificate({ certificateId, supplier: mspIdOf(supplier), settler: mspIdOf(SETTLER), invoiceIds, dueDate: calendar.dateOf(due), firstHoldingId: deal.firstHoldingId, ...(expiresInDays === undefined ? {} : { expiresAt: ahead(expiresInDays * DAY) }), ...(creditLineId === undefined ? {} : { creditLineId }) }),
  );
  for (const invoice of accepted) invoice.state = 'certified';
  deal.add(1n, face, supplier, 'locked', deal.firstHoldingId);
  deal.do(checker(obligor), 'confirmCertificate', certificateId, (client) => client.certificates.confirmCertificate({ certificateId }));
  deal.state = 'issued';
}

/** The certificate has ended: the room that it took on a credit line is free. */
export function releaseCredit(deal: Deal, creditLineId: string): void {
  const { certificateId, obligor } = deal;
  deal.do(obligor, 'releaseCredit', certificateId, (client) => client.creditLines.releaseCredit({ creditLineId, certificateId }));
}

/** The supplier consents to be paid this way. */
export function activate(deal: Deal): PlannedHolding {
  const { certificateId, supplier } = deal;
  deal.do(supplier, 'acceptCertificate', certificateId, (client) => client.certificates.acceptCertificate({ certificateId }));
  deal.state = 'active';
  const first = deal.holding(deal.firstHoldingId);
  first.state = 'free';
  return first;
}

/** Not answered with a yes: the certificate ends before it was a claim, and the invoices are free. */
export function decline(deal: Deal, how: 'refuseCertificate' | 'withdrawCertificate' | 'expireCertificate'): void {
  const { certificateId } = deal;
  const by: Slug = how === 'refuseCertificate' ? deal.supplier : how === 'withdrawCertificate' ? deal.obligor : 'carrier';
  if (how === 'expireCertificate') deal.week += 1;
  deal.do(by, how, certificateId, (client) => client.certificates[how]({ certificateId }));
  for (const invoice of deal.invoices) if (invoice.state === 'certified') invoice.state = 'accepted';
  deal.holding(deal.firstHoldingId).state = 'cancelled';
  deal.state = 'cancelled';
}

/** The inspector's word on the certificate, which every finance needs; once. */
export function inspect(deal: Deal): void {
  if (deal.inspected) return;
  deal.inspected = true;
  const { certificateId: id } = deal;
  const attestationId = deal.id('AT');
  deal.do('regulator', 'attest', attestationId, (client) => client.attestations.attest({ attestationId, subject: { type: 'certificate', id }, claim: 'inspected', evidenceHash: sha256Hex(attestationId) }));
}

/** All owners agree that the certificate leaves for a bill of another registry. */
export function replace(deal: Deal): void {
  const { certificateId, obligor } = deal;
  deal.do(obligor, 'proposeReplacement', certificateId, (client) => client.certificates.proposeReplacement({ certificateId, registry: 'Shanghai Commercial Paper Exchange', documentHash: sha256Hex(certificateId), expiresAt: ahead(20 * DAY) }));
  deal.pass(1);
  const live = deal.live();
  for (const { id: holdingId, owner } of live) deal.do(owner, 'agreeToReplacement', holdingId, (client) => client.certificates.agreeToReplacement({ holdingId }));
  const holdingIds = deal.holdings.filter((holding) => live.includes(holding) || holding.state === 'redeemed' || holding.state === 'netted').map(({ id }) => id);
  deal.do(obligor, 'replaceCertificate', certificateId, (client) => client.certificates.replaceCertificate({ certificateId, holdingIds }));
  for (const holding of live) holding.state = 'replaced';
  deal.state = 'replaced';
}

/** The obligor pays one holding before its time, less a discount. */
export function settleEarly(deal: Deal, holding: PlannedHolding): void {
  const { obligor } = deal;
  const { id: holdingId, owner } = holding;
  const offerId = deal.id('E');
  const discount = deal.random.part(sizeOf(holding), 1, 3);
  deal.do(obligor, 'offerEarlySettlement', offerId, (client) => client.settlements.offerEarlySettlement({ holdingId, offerId, expiresAt: ahead(20 * DAY), discount }));
  deal.do(owner, 'acceptEarlySettlement', offerId, (client) => client.settlements.acceptEarlySettlement({ holdingId, offerId }));
  deal.pass(1);
  const paymentReference = deal.pay('early settlement', obligor, owner, [holding], { discount });
  deal.do(SETTLER, 'confirmEarlySettlement', offerId, (client) => client.settlements.confirmEarlySettlement({ holdingId, offerId, paymentReference }));
  holding.state = 'redeemed';
  holding.redeemedBy = paymentReference;
}

/** The owner gives a holding back in payment of what it owes the obligor. */
export function net(deal: Deal, holding: PlannedHolding, orderId: string): void {
  const { id: holdingId, owner } = holding;
  deal.do(owner, 'offerNetting', holdingId, (client) => client.settlements.offerNetting({ holdingId, tradeReference: { type: 'order', id: orderId }, expiresAt: ahead(20 * DAY) }));
  deal.pass(1);
  deal.do(deal.obligor, 'acceptNetting', holdingId, (client) => client.settlements.acceptNetting({ holdingId }));
  holding.state = 'netted';
}
