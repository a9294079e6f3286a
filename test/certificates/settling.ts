import { connect } from '../../client/src';
import { lateFeeOf } from '../../model/src';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';

const TRY = 90_000;

/** Partly settled without a hot key, in part, late, and closed. */
export function settlingSuite(network: TestNetwork, prepared: () => Deal): void {
  let deal: Deal;
  const part = (index: number) => `${deal.holdingId}-${index}`;

  it('due from its time on; every holding is shown to the settler', async () => {
    deal = prepared();
    const { certificateId } = deal;
    const [carrier, brand, processor, farm] = [await network.as('carrier'), await network.as('brand'), await network.as('processor'), await network.as('farm')];
    expect(await whenTime(() => carrier.certificates.declareDue({ certificateId }))).toMatchObject({ state: 'due' });
    await network.inStep();
    await network.refused('farm', 'NOT_A_PARTY', () => farm.certificates.presentForSettlement({ certificateId, holdingIds: [part(0)] }));
    await processor.certificates.presentForSettlement({ certificateId, holdingIds: [part(0)] });
    await brand.certificates.presentForSettlement({ certificateId, holdingIds: Array.from({ length: 7 }, (_, index) => part(index + 1)) });
    await network.inStep();
  }, TRY);

  it('payments of different holdings at the same time do not conflict; then it is partly settled', async () => {
    const { certificateId } = deal;
    const reasons: string[] = [];
    const clearing = await connect({ profile: network.network.profileDirectory('clearing'), user: 'maker', hooks: { onAttempt: ({ reason }) => void (reason !== undefined && reasons.push((reason as { code?: string }).code ?? reason.message)) } });
    try {
      expect(await clearing.certificates.requireCertificate(certificateId)).toMatchObject({ state: 'due' });
      const paid = await Promise.all([1, 2, 3, 4, 5, 6].map((index) => clearing.holdings.settleHoldings({ certificateId, holdingIds: [part(index)], paymentReference: `SET-${part(index)}` })));
      expect(paid.map(({ holdings }) => holdings[0]!.state)).toEqual(Array(6).fill('redeemed'));
      expect(reasons.filter((code) => code !== 'STALE_ENDORSERS')).toEqual([]);
      expect(await clearing.certificates.requireCertificate(certificateId)).toMatchObject({ state: 'partly settled' });
      await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => clearing.holdings.settleHoldings({ certificateId, holdingIds: [part(7)], paymentReference: `SET-${part(1)}` }));
    } finally {
      clearing.close();
    }
  }, TRY);

  it('overdue once the grace days are over, by anyone; the obligor is not asked', async () => {
    const { certificateId } = deal;
    const carrier = await network.as('carrier');
    expect(await whenTime(() => carrier.certificates.declareOverdue({ certificateId }))).toMatchObject({ state: 'overdue' });
    await network.inStep();
    const { endorsers } = (await network.ledgers())[0]!.steps.find(({ verb }) => verb === 'declareOverdue')!;
    expect([...endorsers].sort()).toEqual([network.mspId('clearing'), network.mspId('regulator')]);
    await network.refused('carrier', 'WRONG_STATE', () => carrier.certificates.declareOverdue({ certificateId }));
  }, TRY);

  it('a part is paid with its late fee, which only debtor, payee and settler learn; the rest goes on', async () => {
    const { certificateId, face } = deal;
    const [clearing, processor, bank, brand] = [await network.as('clearing'), await network.as('processor'), await network.as('bank'), await network.as('brand')];
    const [holdingId, amount] = [part(7), 123_457n];
    const each = face / 8n;
    const payment = { certificateId, holdingId, paidHoldingId: `${holdingId}p`, restHoldingId: `${holdingId}r`, paymentReference: `PART-${holdingId}`, amount };
    for (const wrong of [each, each + 1n]) await network.refused('clearing', ['AMOUNT_MISMATCH', 'AMOUNT_TOO_SMALL'], () => clearing.settlements.settlePart({ ...payment, amount: wrong }));
    await network.refused('clearing', 'AMOUNT_MISMATCH', () => clearing.settlements.settlePart({ ...payment, lateFee: 0n }));
    await network.refused('brand', 'WRONG_ROLE', () => brand.settlements.settlePart({ ...payment, lateFee: 0n }));
    const { parent, paid, rest } = await clearing.settlements.settlePart(payment);
    expect([parent, paid, rest].map(({ state, owner }) => [state, owner])).toEqual(['spent', 'redeemed', 'free'].map((state) => [state, network.mspId('processor')]));
    expect(await clearing.settlements.settlePart(payment)).toMatchObject({ already: true });
    await network.refused('clearing', 'ALREADY_EXISTS', () => clearing.settlements.settlePart({ ...payment, amount: amount + 1n }));
    await network.inStep();
    const [whole, first, second] = await Promise.all([holdingId, paid.id, rest.id].map((id) => processor.holdings.openHolding(id)));
    expect(first!.range).toEqual({ from: whole!.range!.from, to: whole!.range!.from + amount - 1n, amount });
    expect(second!.range).toEqual({ from: first!.range!.to + 1n, to: whole!.range!.to, amount: each - amount });
    const opened = await processor.settlements.openPayment(paid.redeemedBy!);
    const certificate = await processor.certificates.requireCertificate(certificateId);
    const lateFee = lateFeeOf({ dueDate: certificate.dueDate.toISOString(), lateness: certificate.lateness }, amount, opened.at.toISOString());
    expect(lateFee).toBe(62n);
    expect(opened.terms).toMatchObject({ amount, lateFee, discount: 0n, currency: 'CNY' });
    expect((await bank.settlements.openPayment(paid.redeemedBy!)).terms).toBeUndefined();
  }, TRY);

  it('closed by the obligor when everything is paid, and not before', async () => {
    const { certificateId } = deal;
    const [clearing, brand] = [await network.as('clearing'), await network.as('brand')];
    const holdingIds = [...[0, 1, 2, 3, 4, 5, 6].map(part), `${part(7)}p`, `${part(7)}r`];
    await network.refused('brand', 'WRONG_STATE', () => brand.certificates.closeCertificate({ certificateId, holdingIds }));
    await clearing.holdings.settleHoldings({ certificateId, holdingIds: [part(0), `${part(7)}r`], paymentReference: `SET-${part(0)}` });
    await network.inStep();
    await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.certificates.closeCertificate({ certificateId, holdingIds: holdingIds.slice(1) }));
    // More holdings than one transaction takes: the settler counts the first, the obligor goes on from there.
    await network.refused('clearing', 'AMOUNT_MISMATCH', () => clearing.certificates.tallyCertificate({ certificateId, holdingIds: holdingIds.slice(1, 3) }));
    await clearing.certificates.tallyCertificate({ certificateId, holdingIds: holdingIds.slice(0, 3) });
    await network.inStep();
    await clearing.certificates.tallyCertificate({ certificateId, holdingIds: holdingIds.slice(3, 4) });
    await network.inStep();
    await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.certificates.closeCertificate({ certificateId, holdingIds }));
    await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.certificates.closeCertificate({ certificateId, holdingIds: holdingIds.slice(3) }));
    expect(await brand.certificates.closeCertificate({ certificateId, holdingIds: holdingIds.slice(4) })).toMatchObject({ state: 'settled' });
    await network.inStep();
    await network.refused('clearing', 'WRONG_STATE', () => clearing.certificates.declareOverdue({ certificateId }));
  }, TRY);
}
