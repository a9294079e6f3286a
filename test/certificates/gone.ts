import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';

const TRY = 90_000;

/** The obligor's peers are away for good: due, overdue, default, and what is recovered is still paid, to the last unit. */
export function goneSuite(network: TestNetwork, prepared: () => Deal): void {
  let deal: Deal;
  const part = (index: number) => `${deal.holdingId}-${index}`;

  beforeAll(async () => {
    deal = prepared();
    await network.inStep();
    await network.takeAway('brand');
  }, TRY);

  it('falls due and becomes overdue, although the obligor answers nobody', async () => {
    const { certificateId } = deal;
    const carrier = await network.as('carrier');
    await network.refused('carrier', ['UNAVAILABLE', 'ENDORSEMENT_FAILED'], () => whenTime(() => carrier.certificates.declareDue({ certificateId })));
    await network.refused('carrier', 'INVALID_INPUT', () => carrier.certificates.declareDue({ certificateId, absent: network.mspId('bank') }));
    expect(await carrier.certificates.declareDue({ certificateId, absent: network.mspId('brand') })).toMatchObject({ state: 'due' });
    expect(await carrier.certificates.declareOverdue({ certificateId })).toMatchObject({ state: 'overdue' });
    await network.inStep();
  }, TRY);

  it('is declared defaulted by a holder or by the authority, and by nobody else', async () => {
    const { certificateId } = deal;
    const [processor, farm, regulator] = [await network.as('processor'), await network.as('farm'), await network.as('regulator')];
    await network.refused('farm', 'NOT_A_PARTY', () => farm.certificates.declareDefault({ certificateId, holdingId: part(0) }));
    await network.refused('processor', 'NOT_A_PARTY', () => processor.certificates.declareDefault({ certificateId, orderId: 'O-1' }));
    const defaulted = await processor.certificates.declareDefault({ certificateId, holdingId: part(0) });
    expect(defaulted).toMatchObject({ state: 'defaulted', defaultedAt: expect.any(Date) as Date });
    await network.inStep();
    await network.refused('regulator', 'WRONG_STATE', () => regulator.certificates.declareDefault({ certificateId, orderId: 'O-1' }));
  }, TRY);

  it('its holders show what they own to the settler; what is recovered is paid, in part and in full', async () => {
    const { certificateId } = deal;
    const [processor, clearing] = [await network.as('processor'), await network.as('clearing')];
    await processor.certificates.presentForSettlement({ certificateId, holdingIds: [0, 1, 2].map(part) });
    await network.inStep();
    const { paid, rest } = await clearing.settlements.settlePart({ certificateId, holdingId: part(0), paidHoldingId: `${part(0)}p`, restHoldingId: `${part(0)}r`, paymentReference: `REC-${part(0)}`, amount: 1_000n });
    expect([paid.standIn, rest.standIn]).toEqual([network.mspId('regulator'), network.mspId('regulator')]);
    await clearing.holdings.settleHoldings({ certificateId, holdingIds: [rest.id, part(1), part(2)], paymentReference: `REC-${part(1)}` });
    await network.inStep();
    const step = (await network.ledgers())[0]!.steps.filter(({ verb }) => verb === 'settleHoldings').at(-1)!;
    expect([...step.endorsers].sort()).toEqual(['clearing', 'processor', 'regulator'].map((slug) => network.mspId(slug as 'clearing')));
    expect((await processor.settlements.openPayment(paid.redeemedBy!)).terms).toMatchObject({ amount: 1_000n, lateFee: 1n });
  }, TRY);

  it('and is settled when all of it was paid', async () => {
    const { certificateId } = deal;
    const clearing = await network.as('clearing');
    const holdingIds = [`${part(0)}p`, `${part(0)}r`, part(1), part(2)];
    expect(await clearing.certificates.closeCertificate({ certificateId, holdingIds })).toMatchObject({ state: 'settled' });
    await network.inStep();
    expect(await (await network.as('bank')).certificates.requireCertificate(certificateId)).toMatchObject({ state: 'settled', obligor: network.mspId('brand') });
  }, TRY);
}
