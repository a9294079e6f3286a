import { ahead, certificateOf, deliver, invoice, newDeal } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { once } from './retry';

const TRY = 90_000;
const HOUR = 3_600_000;
const LINE = 'L-1';

/** What a financier lets an obligor owe, told to nobody else. */
export function creditLinesSuite(network: TestNetwork): void {
  let deal: Deal;
  let limit: bigint;
  const reserve = async (certificateId: string, amount: bigint, expiresAt = ahead(HOUR)) => (await network.as('brand')).creditLines.reserveCredit({ creditLineId: LINE, certificateId, amount, expiresAt });

  beforeAll(async () => {
    deal = newDeal();
    await deliver(network, deal);
    await invoice(network, deal);
    limit = deal.face + 4_321n;
    network.markers.push({ value: `"limit":"${limit}"`, label: `limit of ${LINE}`, readers: [network.mspId('bank'), network.mspId('brand')] });
  }, 240_000);

  it('is set by a financier; limit and use are read by the two alone', async () => {
    const [bank, brand, processor, factor] = [await network.as('bank'), await network.as('brand'), await network.as('processor'), await network.as('factor')];
    await network.refused('brand', 'WRONG_ROLE', () => brand.creditLines.setCreditLine({ creditLineId: LINE, obligor: network.mspId('brand'), limit, currency: 'CNY' }));
    await network.refused('bank', 'WRONG_ROLE', () => bank.creditLines.setCreditLine({ creditLineId: LINE, obligor: network.mspId('farm'), limit, currency: 'CNY' }));
    await bank.creditLines.setCreditLine({ creditLineId: LINE, obligor: network.mspId('brand'), limit, currency: 'CNY' });
    expect(await bank.creditLines.setCreditLine({ creditLineId: LINE, obligor: network.mspId('brand'), limit, currency: 'CNY' })).toMatchObject({ already: true });
    await network.refused('bank', 'ALREADY_EXISTS', () => bank.creditLines.setCreditLine({ creditLineId: LINE, obligor: network.mspId('brand'), limit: limit + 1n, currency: 'CNY' }));
    await network.inStep();
    expect((await brand.creditLines.openCreditLine(LINE)).terms).toMatchObject({ limit, used: 0n, currency: 'CNY' });
    expect((await processor.creditLines.openCreditLine(LINE)).terms).toBeUndefined();
    await network.refused('factor', ['NOT_A_PARTY', 'OPENING_REQUIRED'], () => factor.creditLines.changeCreditLine({ creditLineId: LINE, limit: 1n }));
    await network.refused('factor', 'NOT_A_PARTY', () => factor.creditLines.closeCreditLine({ creditLineId: LINE }));
  }, TRY);

  it('a certificate that names it takes exactly what was reserved for it', async () => {
    const [brand, processor, bank] = [await network.as('brand'), await network.as('processor'), await network.as('bank')];
    const { certificateId, face } = deal;
    const issue = { ...certificateOf(network, deal), creditLineId: LINE };
    await network.refused('brand', 'NOT_FOUND', () => brand.certificates.issueCertificate(issue));
    await network.refused('brand', 'CREDIT_LINE_EXCEEDED', () => reserve(certificateId, limit + 1n));
    await reserve(`${certificateId}-wrong`, face - 1n, ahead(5_000));
    await network.refused('brand', 'CREDIT_LINE_EXCEEDED', () => brand.certificates.issueCertificate({ ...issue, certificateId: `${certificateId}-wrong` }));
    await network.refused('brand', 'CREDIT_LINE_EXCEEDED', () => reserve(certificateId, face));
    // Never issued: the room is free once the reservation has expired.
    await once('NOT_YET', () => brand.creditLines.releaseCredit({ creditLineId: LINE, certificateId: `${certificateId}-wrong` }));
    expect(await reserve(certificateId, face)).toMatchObject({ state: 'reserved' });
    await brand.certificates.issueCertificate(issue);
    await (await network.as('brand', 'checker')).certificates.confirmCertificate({ certificateId });
    expect(await processor.certificates.acceptCertificate({ certificateId })).toMatchObject({ creditLineId: LINE });
    await network.inStep();
    expect((await bank.creditLines.openCreditLine(LINE)).terms).toMatchObject({ limit, used: face });
  }, TRY);

  it('cannot be reserved beyond, lowered below what is used, or released while the certificate lives', async () => {
    const [bank, brand] = [await network.as('bank'), await network.as('brand')];
    const { certificateId, face } = deal;
    await network.refused('brand', 'CREDIT_LINE_EXCEEDED', () => reserve(`${certificateId}-next`, limit - face + 1n));
    await network.refused('bank', 'CREDIT_LINE_EXCEEDED', () => bank.creditLines.changeCreditLine({ creditLineId: LINE, limit: face - 1n }));
    await network.refused('bank', 'NOT_YET', () => bank.creditLines.releaseCredit({ creditLineId: LINE, certificateId }));
    await bank.creditLines.changeCreditLine({ creditLineId: LINE, limit: face });
    await network.inStep();
    await network.refused('brand', 'CREDIT_LINE_EXCEEDED', () => reserve(`${certificateId}-next`, 1n));
    expect((await brand.creditLines.openCreditLine(LINE)).terms).toMatchObject({ limit: face, used: face });
  }, TRY);

  it('of two reservations at once that do not both fit exactly one stands', async () => {
    const bank = await network.as('bank');
    const { certificateId, face } = deal;
    await bank.creditLines.changeCreditLine({ creditLineId: LINE, limit: face + 100n });
    await network.inStep();
    const outcomes = await Promise.allSettled(['x', 'y'].map((name) => reserve(`${certificateId}-${name}`, 60n)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []))).toEqual(['CREDIT_LINE_EXCEEDED']);
    await network.inStep();
    expect((await bank.creditLines.openCreditLine(LINE)).terms).toMatchObject({ used: face + 60n });
  }, TRY);

  it('room comes back when the certificate has ended, also on a closed line', async () => {
    const [bank, brand, processor] = [await network.as('bank'), await network.as('brand'), await network.as('processor')];
    const { certificateId, holdingId } = deal;
    await bank.creditLines.closeCreditLine({ creditLineId: LINE });
    await network.inStep();
    await network.refused('brand', 'WRONG_STATE', () => reserve(`${certificateId}-late`, 1n));
    await brand.disputes.disputeCertificate({ certificateId, disputeId: 'D-L', reason: 'quantity', endsAt: ahead(HOUR), holdingIds: [holdingId], amount: 1n, statement: 'Half of it never came.' });
    await network.inStep();
    await processor.disputes.agreeCancellation({ holdingId });
    await network.inStep();
    await brand.disputes.cancelCertificate({ certificateId, holdingIds: [holdingId] });
    expect(await brand.creditLines.releaseCredit({ creditLineId: LINE, certificateId })).toMatchObject({ state: 'released' });
    await network.inStep();
    expect((await bank.creditLines.openCreditLine(LINE)).terms).toMatchObject({ used: 60n });
    const states: string[] = [];
    for await (const { state } of bank.creditLines.reservationsOf({ creditLineId: LINE })) states.push(state);
    expect(states.sort()).toEqual(['released', 'released', 'reserved']);
  }, TRY);
}
