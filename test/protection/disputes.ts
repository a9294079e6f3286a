import { ahead, certificateOf, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { once } from './retry';

const TRY = 90_000;
const HOUR = 3_600_000;
const AMOUNT = 654_321n;

/** Disputes over claims that are still with the first supplier, and over those that are not. */
export function disputesSuite(network: TestNetwork): void {
  const claimOf = ({ certificateId }: Deal, disputeId: string, holdingIds: readonly string[], endsAt = ahead(HOUR)) => {
    const statement = `Cartons of ${certificateId} arrived thawed.`;
    network.markers.push({ value: statement, label: `claim ${disputeId} of ${certificateId}`, readers: [network.mspId('brand'), network.mspId('processor')] });
    return { certificateId, disputeId, reason: 'quality' as const, endsAt, holdingIds: [...holdingIds], amount: AMOUNT, statement };
  };

  describe('all units with the first supplier', () => {
    let deal: Deal;
    beforeAll(async () => {
      deal = await tradeToCertificate(network);
      await orderUpstream(network, deal);
    }, 240_000);

    it('suspends the certificate; the claim is read by obligor and supplier alone', async () => {
      const [brand, processor, bank] = [await network.as('brand'), await network.as('processor'), await network.as('bank')];
      const { certificateId, holdingId } = deal;
      const before = await processor.holdings.openHolding(holdingId);
      const terms = claimOf(deal, 'D-1', [holdingId]);
      await network.refused('processor', 'WRONG_ROLE', () => processor.disputes.disputeCertificate(terms));
      await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.disputes.disputeCertificate({ ...terms, amount: deal.face + 1n }));
      expect(await brand.disputes.disputeCertificate(terms)).toMatchObject({ certificate: { state: 'disputed' }, dispute: { state: 'open', effect: 'suspends' } });
      expect(await brand.disputes.disputeCertificate(terms)).toMatchObject({ already: true });
      await network.refused('brand', 'ALREADY_EXISTS', () => brand.disputes.disputeCertificate({ ...terms, amount: 1n }));
      await network.inStep();
      expect((await processor.disputes.openDispute({ certificateId, disputeId: 'D-1' })).terms).toMatchObject({ amount: AMOUNT });
      expect((await bank.disputes.openDispute({ certificateId, disputeId: 'D-1' })).terms).toBeUndefined();
      await network.refused('processor', 'CERTIFICATE_NOT_ACTIVE', () => processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId)));
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.cancelCertificate({ certificateId, holdingIds: [holdingId] }));
      await network.refused('processor', 'NOT_YET', () => processor.disputes.resolveDispute({ certificateId, disputeId: 'D-1' }));
      const { certificate } = await brand.disputes.resolveDispute({ certificateId, disputeId: 'D-1' });
      expect(certificate).toMatchObject({ state: 'active' });
      expect(certificate).not.toHaveProperty('dispute');
      await network.inStep();
      expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    }, TRY);

    it('is cancelled when obligor and owner both agree, and its invoice backs nothing again', async () => {
      const [brand, processor, farm] = [await network.as('brand'), await network.as('processor'), await network.as('farm')];
      const { certificateId, holdingId } = deal;
      await network.refused('processor', 'WRONG_STATE', () => processor.disputes.agreeCancellation({ holdingId }));
      await brand.disputes.disputeCertificate(claimOf(deal, 'D-2', [holdingId]));
      await network.inStep();
      const before = await processor.holdings.openHolding(holdingId);
      await network.refused('farm', 'NOT_A_PARTY', () => farm.disputes.agreeCancellation({ holdingId }));
      expect(await processor.disputes.agreeCancellation({ holdingId })).toMatchObject({ state: 'cancellation agreed' });
      await network.refused('farm', 'NOT_YET', () => farm.disputes.endAgreement({ holdingId }));
      await processor.disputes.endAgreement({ holdingId });
      await network.inStep();
      expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.cancelCertificate({ certificateId, holdingIds: [holdingId] }));
      await processor.disputes.agreeCancellation({ holdingId });
      await network.inStep();
      expect(await brand.disputes.cancelCertificate({ certificateId, holdingIds: [holdingId] })).toMatchObject({ certificate: { state: 'cancelled' }, dispute: { state: 'upheld' } });
      await network.inStep();
      expect(await processor.holdings.requireHolding(holdingId)).toMatchObject({ state: 'cancelled' });
      await network.refused('brand', 'INVOICE_ALREADY_USED', () => brand.certificates.issueCertificate({ ...certificateOf(network, deal), certificateId: `${certificateId}-again`, firstHoldingId: `${holdingId}-again` }));
    }, TRY);

    it("is cancelled by the authority's order, carried out by the obligor", async () => {
      const [brand, regulator] = [await network.as('brand'), await network.as('regulator')];
      const { certificateId, holdingId } = await tradeToCertificate(network);
      const holdingIds = [holdingId];
      await regulator.disputes.suspendCertificate({ certificateId, orderId: 'S-1', reason: 'fraud', endsAt: ahead(HOUR) });
      await network.inStep();
      await network.refused('brand', 'WRONG_ROLE', () => brand.disputes.orderCancellation({ certificateId, orderId: 'S-no' }));
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.executeCancellation({ certificateId, holdingIds }));
      await network.refused('brand', 'NOT_YET', () => brand.disputes.resolveDispute({ certificateId, disputeId: 'S-1' }));
      await regulator.disputes.orderCancellation({ certificateId, orderId: 'S-2' });
      await network.inStep();
      expect(await brand.disputes.executeCancellation({ certificateId, holdingIds })).toMatchObject({ certificate: { state: 'cancelled' }, dispute: { state: 'upheld', endedBy: 'S-2' } });
    }, TRY);
  });

  describe('a third party holds units', () => {
    let deal: Deal;
    const part = (name: string) => `${deal.holdingId}-${name}`;
    beforeAll(async () => {
      deal = await tradeToCertificate(network);
      await orderUpstream(network, deal);
      const [processor, farm] = [await network.as('processor'), await network.as('farm')];
      await processor.holdings.splitHolding({ holdingId: deal.holdingId, parts: [{ holdingId: part('a'), amount: deal.face / 2n }, { holdingId: part('b'), amount: deal.face - deal.face / 2n }] });
      await processor.holdings.offerTransfer(offerToFarm(network, deal, part('a')));
      await farm.holdings.acceptTransfer({ holdingId: part('a') });
      await network.inStep();
    }, 240_000);

    it('a dispute never touches what it holds: it flags, stops new finance, and transfers go on', async () => {
      const [brand, farm, processor] = [await network.as('brand'), await network.as('farm'), await network.as('processor')];
      const before = await farm.holdings.openHolding(part('a'));
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.disputeCertificate(claimOf(deal, 'D-3', [part('a'), part('b')])));
      await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.disputes.disputeCertificate(claimOf(deal, 'D-3', [part('b')])));
      const { certificateId } = deal;
      expect(await brand.disputes.disputeCertificate(claimOf(deal, 'D-3', [], ahead(5_000)))).toMatchObject({ certificate: { state: 'active' }, dispute: { effect: 'flags' } });
      await network.inStep();
      expect(await farm.holdings.openHolding(part('a'))).toEqual(before);
      const finance = () => farm.holdings.requestQuotes({ holdingId: part('a'), financiers: [network.mspId('bank')], recourse: 'without', expiresAt: ahead(HOUR) });
      await network.refused('farm', 'DISPUTED', finance);
      await network.refused('brand', 'DISPUTED', () => brand.disputes.disputeCertificate(claimOf(deal, 'D-4', [])));
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.cancelCertificate({ certificateId, holdingIds: [part('a'), part('b')] }));
      await processor.holdings.offerTransfer(offerToFarm(network, deal, part('b')));
      await farm.holdings.acceptTransfer({ holdingId: part('b') });
      // The flag ends by itself; anyone may take it down then.
      await once('DISPUTED', finance);
      await farm.holdings.withdrawQuotes({ holdingId: part('a') });
      expect(await farm.disputes.resolveDispute({ certificateId, disputeId: 'D-3' })).toMatchObject({ certificate: { state: 'active' }, dispute: { state: 'resolved' } });
      await network.inStep();
      expect(await farm.holdings.openHolding(part('a'))).toEqual(before);
    }, TRY);

    it('not even an order of the authority cancels it; only its owner can agree', async () => {
      const [brand, farm, regulator] = [await network.as('brand'), await network.as('farm'), await network.as('regulator')];
      const { certificateId } = deal;
      const holdingIds = [part('a'), part('b')];
      await regulator.disputes.suspendCertificate({ certificateId, orderId: 'S-3', reason: 'fraud', endsAt: ahead(HOUR) });
      await regulator.disputes.orderCancellation({ certificateId, orderId: 'S-4' });
      await network.inStep();
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.executeCancellation({ certificateId, holdingIds }));
      await farm.disputes.agreeCancellation({ holdingId: part('a') });
      await network.inStep();
      await network.refused('brand', 'WRONG_STATE', () => brand.disputes.cancelCertificate({ certificateId, holdingIds }));
      expect(await regulator.disputes.resolveDispute({ certificateId, disputeId: 'S-3', orderId: 'S-5' })).toMatchObject({ certificate: { state: 'active' }, dispute: { endedBy: 'S-5' } });
      await network.inStep();
      // The dispute is over, so that anyone gives the holding back to its owner.
      expect(await (await network.as('bank')).disputes.endAgreement({ holdingId: part('a') })).toMatchObject({ state: 'free', owner: network.mspId('farm') });
    }, TRY);
  });
}
