import { sha256Hex } from '../../model/src';
import { ahead, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { once } from './retry';

const TRY = 90_000;
const HOUR = 3_600_000;
const DUE_IN = 12_000;

/** A certificate that falls due soon, two of its three holdings frozen in the hands of a third party. */
export async function prepareEscrow(network: TestNetwork): Promise<Deal> {
  const deal = await tradeToCertificate(network, DUE_IN);
  await orderUpstream(network, deal);
  const [processor, farm, regulator] = [await network.as('processor'), await network.as('farm'), await network.as('regulator')];
  const third = deal.face / 3n;
  await processor.holdings.splitHolding({ holdingId: deal.holdingId, parts: ['a', 'b', 'c'].map((name, index) => ({ holdingId: `${deal.holdingId}-${name}`, amount: index === 0 ? deal.face - 2n * third : third })) });
  for (const name of ['a', 'c']) {
    const holdingId = `${deal.holdingId}-${name}`;
    await processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId));
    await farm.holdings.acceptTransfer({ holdingId });
    await regulator.freezes.freezeHolding({ holdingId, orderId: `E-${name}`, reason: 'insolvency', endsAt: ahead(HOUR) });
  }
  return deal;
}

/** Money that falls due while an order stands. */
export function escrowSuite(network: TestNetwork, prepared: () => Deal): void {
  let deal: Deal;
  const part = (name: string) => `${deal.holdingId}-${name}`;

  beforeAll(async () => {
    deal = prepared();
    const brand = await network.as('brand');
    await once('NOT_YET', () => brand.certificates.declareDue({ certificateId: deal.certificateId }));
    await brand.certificates.presentForSettlement({ certificateId: deal.certificateId, holdingIds: ['a', 'b', 'c'].map(part) });
    await network.inStep();
  }, 240_000);

  it('is paid into escrow while frozen; the owner is not paid, and stays', async () => {
    const [clearing, brand] = [await network.as('clearing'), await network.as('brand')];
    const { certificateId } = deal;
    const into = (name: string, paymentReference = `ESC-${part(name)}`) => clearing.freezes.payIntoEscrow({ certificateId, holdingIds: [part(name)], paymentReference });
    await network.refused('clearing', 'FROZEN', () => clearing.holdings.settleHoldings({ certificateId, holdingIds: [part('a')], paymentReference: `SET-${part('a')}` }));
    await network.refused('clearing', 'WRONG_STATE', () => into('b'));
    await network.refused('brand', 'WRONG_ROLE', () => brand.freezes.payIntoEscrow({ certificateId, holdingIds: [part('a')], paymentReference: 'no' }));
    const { holdings } = await into('a');
    expect(holdings).toMatchObject([{ id: part('a'), state: 'escrowed', owner: network.mspId('farm') }]);
    expect(await into('a')).toMatchObject({ already: true });
    await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => into('c', `ESC-${part('a')}`));
    await network.refused('clearing', 'WRONG_STATE', () => into('a', 'another'));
    await into('c');
    const step = (await network.ledgers())[0]!.steps.find(({ verb }) => verb === 'payIntoEscrow')!;
    expect([...step.endorsers].sort()).toEqual(['brand', 'clearing', 'regulator'].map((slug) => network.mspId(slug as 'brand')).sort());
  }, TRY);

  it('what lies in a deposit is sealed between obligor and settler, and nobody else learns it', async () => {
    const [clearing, brand, regulator] = [await network.as('clearing'), await network.as('brand'), await network.as('regulator')];
    const { escrow } = await clearing.holdings.requireHolding(part('a'));
    const digest = escrow!.deposit;
    await network.refused('brand', 'WRONG_ROLE', () => brand.freezes.sealDeposit({ digest }));
    await network.refused('clearing', 'NOT_FOUND', () => clearing.freezes.sealDeposit({ digest: sha256Hex('none') }));
    expect(await clearing.freezes.sealDeposit({ digest })).toMatchObject({ purpose: 'escrow', root: expect.any(String) as unknown });
    expect(await clearing.freezes.sealDeposit({ digest })).toMatchObject({ already: true });
    await network.inStep();
    const amount = deal.face - 2n * (deal.face / 3n);
    for (const party of [clearing, brand]) expect((await party.settlements.openPayment(digest)).terms).toMatchObject({ amount, lateFee: 0n });
    expect((await regulator.settlements.openPayment(digest)).terms).toBeUndefined();
    const step = (await network.ledgers())[0]!.steps.find(({ verb }) => verb === 'sealDeposit')!;
    expect([...step.endorsers].sort()).toEqual(['brand', 'clearing'].map((slug) => network.mspId(slug as 'brand')).sort());
    await clearing.holdings.settleHoldings({ certificateId: deal.certificateId, holdingIds: [part('b')], paymentReference: `SET-${part('b')}` });
    await network.inStep();
    const { redeemedBy } = await clearing.holdings.requireHolding(part('b'));
    await network.refused('clearing', 'WRONG_STATE', () => clearing.freezes.sealDeposit({ digest: redeemedBy! }));
  }, TRY);

  it('the obligor has paid: the certificate is closed with units in escrow', async () => {
    const brand = await network.as('brand');
    const { certificateId } = deal;
    await network.inStep();
    expect(await brand.certificates.closeCertificate({ certificateId, holdingIds: ['a', 'b', 'c'].map(part) })).toMatchObject({ state: 'settled' });
  }, TRY);

  it('goes to the owner only once the order is over', async () => {
    const [clearing, farm, regulator] = [await network.as('clearing'), await network.as('farm'), await network.as('regulator')];
    const release = { holdingId: part('a'), paymentReference: `REL-${part('a')}` };
    await network.refused('clearing', 'FROZEN', () => clearing.freezes.releaseEscrow(release));
    await network.refused('farm', 'WRONG_ROLE', () => farm.freezes.releaseEscrow(release));
    await regulator.freezes.liftFreeze({ scopeType: 'holding', scopeId: part('a'), orderId: 'E-a', liftedBy: 'E-a-lifted' });
    await network.inStep();
    await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => clearing.freezes.releaseEscrow({ ...release, paymentReference: `ESC-${part('a')}` }));
    expect(await clearing.freezes.releaseEscrow(release)).toMatchObject({ state: 'redeemed', owner: network.mspId('farm') });
    expect(await clearing.freezes.releaseEscrow(release)).toMatchObject({ already: true });
    await network.refused('clearing', 'WRONG_STATE', () => clearing.freezes.releaseEscrow({ ...release, paymentReference: 'again' }));
    expect(await paidTo(part('a'), 'escrow release')).toEqual([network.mspId('farm')]);
  }, TRY);

  it('goes to somebody else by an order of the authority, whether frozen or not', async () => {
    const [clearing, regulator, bank] = [await network.as('clearing'), await network.as('regulator'), await network.as('bank')];
    const holdingId = part('c');
    await network.refused('bank', 'WRONG_ROLE', () => bank.freezes.directEscrow({ holdingId, orderId: 'E-no', beneficiary: network.mspId('bank') }));
    await network.refused('regulator', 'NOT_A_MEMBER', () => regulator.freezes.directEscrow({ holdingId, orderId: 'E-no', beneficiary: 'NobodyMSP' }));
    await regulator.freezes.directEscrow({ holdingId, orderId: 'E-1', beneficiary: network.mspId('bank') });
    await network.inStep();
    expect(await clearing.freezes.releaseEscrow({ holdingId, paymentReference: `REL-${holdingId}` })).toMatchObject({ state: 'redeemed', owner: network.mspId('farm') });
    expect(await paidTo(holdingId, 'escrow release')).toEqual([network.mspId('bank')]);
  }, TRY);

  /** Whom the payments of this purpose for a holding went to, as the regulator's ledger says. */
  async function paidTo(holdingId: string, purpose: string): Promise<string[]> {
    const payments = Object.entries(await network.objects()).flatMap(([key, value]) => (key.startsWith('payment/') ? [value as { holdingIds: string[]; purpose: string; paidTo: string }] : []));
    return payments.filter((payment) => payment.holdingIds.includes(holdingId) && payment.purpose === purpose).map((payment) => payment.paidTo);
  }
}
