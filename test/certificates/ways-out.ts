import { ahead, certificateOf, deliver, inspect, invoice, newDeal } from '../support/deal';
import type { Deal } from '../support/deal';
import { sha256Hex } from '../../model/src';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';

const TRY = 90_000;
const HOUR = 3_600_000;

/** A certificate that nobody answers, and one that is paid early, netted and replaced, part by part. */
export function waysOutSuite(network: TestNetwork): void {
  let deal: Deal;
  const part = (name: string) => `${deal.holdingId}-${name}`;
  const names = ['early', 'late', 'net', 'rest'] as const;
  const discount = 48_271n;

  beforeAll(async () => {
    deal = newDeal();
    await deliver(network, deal);
    await invoice(network, deal);
    await inspect(network, deal);
  }, 240_000);

  it('not answered in time, a certificate is cancelled by anyone and its invoice backs another one', async () => {
    const [brand, checker, processor, carrier] = [await network.as('brand'), await network.as('brand', 'checker'), await network.as('processor'), await network.as('carrier')];
    const unanswered = { ...certificateOf(network, deal), certificateId: `${deal.certificateId}-U`, firstHoldingId: `${deal.holdingId}-U` };
    const before = await brand.invoices.requireInvoice(deal.invoiceId);
    await network.refused('brand', 'INVALID_INPUT', () => brand.certificates.issueCertificate({ ...unanswered, expiresAt: ahead(31 * 24 * HOUR) }));
    const certificateId = unanswered.certificateId;
    const expiresAt = ahead(network.engine === 'embedded' ? 5_000 : 20_000);
    await brand.certificates.issueCertificate({ ...unanswered, expiresAt });
    await network.inStep();
    await network.refused('carrier', 'NOT_YET', () => carrier.certificates.expireCertificate({ certificateId }));
    expect(await brand.certificates.issueCertificate({ ...unanswered, expiresAt })).toMatchObject({ already: true, expiresAt });
    await checker.certificates.confirmCertificate({ certificateId });
    await network.refused('brand', 'INVOICE_ALREADY_USED', () => brand.certificates.issueCertificate(certificateOf(network, deal)));
    // The supplier's peers do not answer: the authority endorses in its place.
    expect(await whenTime(() => carrier.certificates.expireCertificate({ certificateId, absent: network.mspId('processor') }))).toMatchObject({ state: 'cancelled' });
    await network.inStep();
    await network.refused('processor', 'WRONG_STATE', () => processor.certificates.acceptCertificate({ certificateId }));
    expect(await processor.holdings.requireHolding(unanswered.firstHoldingId)).toMatchObject({ state: 'cancelled' });
    expect(await brand.invoices.requireInvoice(deal.invoiceId)).toEqual(before);
    await brand.certificates.issueCertificate(certificateOf(network, deal));
    await checker.certificates.confirmCertificate({ certificateId: deal.certificateId });
    await processor.certificates.acceptCertificate({ certificateId: deal.certificateId });
    const quarter = deal.face / 4n;
    await processor.holdings.splitHolding({ holdingId: deal.holdingId, parts: names.map((name, index) => ({ holdingId: part(name), amount: index === 0 ? deal.face - 3n * quarter : quarter })) });
  }, TRY);

  it('early settlement: offered, accepted, paid; nobody else learns the discount', async () => {
    const [brand, processor, clearing, bank] = [await network.as('brand'), await network.as('processor'), await network.as('clearing'), await network.as('bank')];
    const offer = { holdingId: part('early'), offerId: `E-${part('early')}`, expiresAt: ahead(HOUR), discount };
    network.markers.push({ value: `"discount":"${discount}"`, label: 'discount', readers: ['brand', 'processor', 'clearing'].map((slug) => network.mspId(slug as 'brand')) });
    await network.refused('processor', 'WRONG_ROLE', () => processor.settlements.offerEarlySettlement(offer));
    await network.refused('brand', 'AMOUNT_TOO_SMALL', () => brand.settlements.offerEarlySettlement({ ...offer, discount: deal.face }));
    const offered = await brand.settlements.offerEarlySettlement(offer);
    expect(offered).toMatchObject({ state: 'open', owner: network.mspId('processor') });
    expect(await brand.settlements.offerEarlySettlement(offer)).toMatchObject({ already: true });
    await network.refused('brand', 'ALREADY_EXISTS', () => brand.settlements.offerEarlySettlement({ ...offer, discount: 1n }));
    await network.inStep();
    const { holdingId, offerId } = offer;
    expect((await processor.settlements.openEarlySettlement({ holdingId, offerId })).terms?.discount).toBe(discount);
    expect((await bank.settlements.openEarlySettlement({ holdingId, offerId })).terms).toBeUndefined();
    await network.refused('brand', 'NOT_A_PARTY', () => brand.settlements.acceptEarlySettlement({ holdingId, offerId }));
    await processor.settlements.acceptEarlySettlement({ holdingId, offerId });
    await network.refused('processor', 'HOLDING_NOT_FREE', () => processor.holdings.requestQuotes({ holdingId: part('early'), financiers: [network.mspId('bank')], recourse: 'with', expiresAt: ahead(HOUR) }));
    const paid = { holdingId, offerId, paymentReference: `EARLY-${part('early')}` };
    await network.inStep();
    await network.refused('brand', 'WRONG_ROLE', () => brand.settlements.confirmEarlySettlement(paid));
    const holding = await clearing.settlements.confirmEarlySettlement(paid);
    expect(holding).toMatchObject({ state: 'redeemed', owner: network.mspId('processor') });
    expect(await clearing.settlements.confirmEarlySettlement(paid)).toMatchObject({ already: true });
    await network.inStep();
    const { terms } = await processor.settlements.openPayment(holding.redeemedBy!);
    expect(terms).toMatchObject({ amount: deal.face - 3n * (deal.face / 4n), discount, lateFee: 0n });
    expect((await bank.settlements.openPayment(holding.redeemedBy!)).terms).toBeUndefined();
    expect(await processor.settlements.earlySettlementsOf(part('early'))).toMatchObject([{ state: 'settled' }]);
    expect(await processor.certificates.requireCertificate(deal.certificateId)).toMatchObject({ state: 'active' });
  }, TRY);

  it('an offer that is refused, withdrawn or not paid leaves the holding exactly as it was', async () => {
    const [brand, processor, clearing] = [await network.as('brand'), await network.as('processor'), await network.as('clearing')];
    const holdingId = part('late');
    const before = await processor.holdings.openHolding(holdingId);
    const offer = async (offerId: string) => {
      await brand.settlements.offerEarlySettlement({ holdingId, offerId, expiresAt: ahead(HOUR), discount: 1n });
      await network.inStep();
      return { holdingId, offerId };
    };
    await processor.settlements.refuseEarlySettlement(await offer('E-1'));
    await brand.settlements.withdrawEarlySettlement(await offer('E-2'));
    const taken = await offer('E-3');
    await processor.settlements.acceptEarlySettlement(taken);
    await network.inStep();
    await network.refused('processor', 'NOT_YET', () => processor.settlements.cancelEarlySettlement(taken));
    await brand.settlements.cancelEarlySettlement(taken);
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    await network.refused('clearing', 'WRONG_STATE', () => clearing.settlements.confirmEarlySettlement({ ...taken, paymentReference: 'too late' }));
    expect((await processor.settlements.earlySettlementsOf(holdingId)).map(({ state }) => state)).toEqual(['refused', 'withdrawn', 'cancelled']);
  }, TRY);

  it('netting: an owner that owes the obligor gives the claim back, and no money moves', async () => {
    const [brand, processor] = [await network.as('brand'), await network.as('processor')];
    const [holdingId, orderId] = [part('net'), `PO-N-${deal.certificateId}`];
    const offer = { holdingId, tradeReference: { type: 'order' as const, id: orderId }, expiresAt: ahead(HOUR) };
    await network.refused('processor', 'TRADE_REFERENCE_REQUIRED', () => processor.settlements.offerNetting(offer));
    await network.refused('processor', 'TRADE_REFERENCE_REQUIRED', () => processor.settlements.offerNetting({ ...offer, tradeReference: { type: 'order', id: deal.orderId } }));
    await processor.orders.issueOrder({ orderId, supplier: network.mspId('brand'), expiresAt: ahead(HOUR), currency: 'CNY', matchPolicy: 'two-way', lines: [{ line: 1, gtin: '09524002500012', quantity: '10', unit: 'KGM', unitPrice: 10_000n }] });
    const before = await processor.holdings.openHolding(holdingId);
    await processor.settlements.offerNetting(offer);
    await processor.settlements.withdrawNetting({ holdingId });
    await processor.settlements.offerNetting(offer);
    await network.inStep();
    await network.refused('brand', 'NOT_YET', () => brand.settlements.expireNetting({ holdingId }));
    await brand.settlements.refuseNetting({ holdingId });
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    await processor.settlements.offerNetting(offer);
    await network.inStep();
    await network.refused('processor', 'WRONG_ROLE', () => processor.settlements.acceptNetting({ holdingId }));
    const netted = await brand.settlements.acceptNetting({ holdingId });
    expect(netted).toMatchObject({ state: 'netted', owner: network.mspId('processor') });
    expect(netted).not.toHaveProperty('redeemedBy');
  }, TRY);

  it('replacement: all owners agree, and what is left of the certificate is void at once', async () => {
    const [brand, processor, bank] = [await network.as('brand'), await network.as('processor'), await network.as('bank')];
    const { certificateId } = deal;
    const proposal = { certificateId, registry: 'Shanghai Commercial Paper Exchange', documentHash: sha256Hex(`bill ${certificateId}`), expiresAt: ahead(HOUR) };
    await network.refused('processor', 'WRONG_ROLE', () => processor.certificates.proposeReplacement(proposal));
    await network.refused('processor', 'WRONG_STATE', () => processor.certificates.agreeToReplacement({ holdingId: part('rest') }));
    await brand.certificates.proposeReplacement(proposal);
    await network.inStep();
    await network.refused('bank', 'NOT_A_PARTY', () => bank.certificates.agreeToReplacement({ holdingId: part('rest') }));
    await processor.certificates.agreeToReplacement({ holdingId: part('rest') });
    await network.inStep();
    await network.refused('bank', 'NOT_YET', () => bank.certificates.endReplacementAgreement({ holdingId: part('rest') }));
    const holdingIds = names.map(part);
    // One owner has not agreed, and leaving it out does not help.
    await network.refused('brand', 'WRONG_STATE', () => brand.certificates.replaceCertificate({ certificateId, holdingIds }));
    await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.certificates.replaceCertificate({ certificateId, holdingIds: holdingIds.filter((id) => id !== part('late')) }));
    await brand.certificates.withdrawReplacement({ certificateId });
    await network.inStep();
    expect(await bank.certificates.endReplacementAgreement({ holdingId: part('rest') })).toMatchObject({ state: 'free' });
    await brand.certificates.proposeReplacement(proposal);
    await network.inStep();
    for (const name of ['rest', 'late']) await processor.certificates.agreeToReplacement({ holdingId: part(name) });
    await network.inStep();
    expect(await brand.certificates.replaceCertificate({ certificateId, holdingIds })).toMatchObject({ state: 'replaced', replacement: { documentHash: proposal.documentHash } });
    await network.inStep();
    const step = (await network.ledgers())[0]!.steps.find(({ verb }) => verb === 'replaceCertificate')!;
    expect([...step.endorsers].sort()).toEqual([network.mspId('brand'), network.mspId('clearing')]);
    const after = await Promise.all(names.map((name) => processor.holdings.requireHolding(part(name))));
    expect(after.map(({ state }) => state)).toEqual(['redeemed', 'replaced', 'netted', 'replaced']);
    await network.refused('processor', ['HOLDING_NOT_FREE', 'CERTIFICATE_NOT_ACTIVE'], () => processor.holdings.requestQuotes({ holdingId: part('rest'), financiers: [network.mspId('bank')], recourse: 'with', expiresAt: ahead(HOUR) }));
    await network.refused('brand', 'WRONG_STATE', () => brand.certificates.closeCertificate({ certificateId, holdingIds }));
    await network.refused('brand', 'INVOICE_ALREADY_USED', () => brand.certificates.issueCertificate({ ...certificateOf(network, deal), certificateId: `${certificateId}-2`, firstHoldingId: `${deal.holdingId}-2` }));
  }, TRY);
}
