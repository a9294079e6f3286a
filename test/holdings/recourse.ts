import { activate, ahead, deliver, inspect, invoice, newDeal, offerToFarm, orderUpstream } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { cut, HOUR, sell, TRY } from './stock';

/**
 * A debtor that does not pay, and is gone: recourse along the sellers, without its peers. The last suite of a network,
 * because they stay away. `meanwhile` are the suites that run until its certificate falls due.
 */
export function recourseSuite(network: TestNetwork, meanwhile: () => void): void {
  let deal: Deal;
  let part: (letter: string) => string;
  const late = () => part('a');

  beforeAll(async () => {
    deal = newDeal();
    const began = Date.now();
    await deliver(network, deal);
    await invoice(network, deal);
    await inspect(network, deal);
    // The sales below are about twice as many transactions; on a machine that is slow they have as much more time.
    await activate(network, deal, 8_000 + 5 * (Date.now() - began));
    await orderUpstream(network, deal);
    part = await cut(network, deal, 'abcd');
    const [processor, farm] = [await network.as('processor'), await network.as('farm')];
    await network.inStep();
    // a: processor → bank → factor, each with recourse. b: without. c: farm → bank with recourse, bank → factor without.
    await sell(network, part('a'), 'processor', 'bank', 'with');
    await sell(network, part('a'), 'bank', 'factor', 'with');
    await sell(network, part('b'), 'processor', 'bank', 'without');
    await processor.holdings.offerTransfer(offerToFarm(network, deal, part('c')));
    await network.inStep();
    await farm.holdings.acceptTransfer({ holdingId: part('c') });
    await network.inStep();
    await sell(network, part('c'), 'farm', 'bank', 'with');
    await sell(network, part('c'), 'bank', 'factor', 'without');
    // d: pledged to the bank.
    const [bank, clearing] = [await network.as('bank'), await network.as('clearing')];
    const [holdingId, loanId] = [part('d'), `L-${part('d')}`];
    await processor.holdings.draftLoan({ loanId, holdingId, financier: network.mspId('bank'), loanDueAt: ahead(HOUR), principal: 1_000n, rateBps: 0 });
    await network.inStep();
    await processor.holdings.offerPledge({ holdingId, loanId, expiresAt: ahead(HOUR) });
    await network.inStep();
    await bank.holdings.acceptPledge({ holdingId });
    await network.inStep();
    await clearing.holdings.confirmLoan({ holdingId, loanId, paymentReference: `PAY-${loanId}`, registrationReference: `REG-${loanId}` });
    await network.inStep();
  }, 240_000);

  meanwhile();

  it('the tier limit ends the passing on', async () => {
    const [factor, bank] = [await network.as('factor'), await network.as('bank')];
    expect((await bank.consortium.policy()).policy.tierLimit).toBe(3);
    expect(await bank.holdings.requireHolding(part('c'))).toMatchObject({ tier: 3, owner: network.mspId('factor') });
    await network.refused('factor', 'TIER_EXCEEDED', () => factor.holdings.requestQuotes({ holdingId: part('c'), financiers: [network.mspId('bank')], recourse: 'with', expiresAt: ahead(HOUR) }));
  }, TRY);

  it('recourse opens with the default and not before', async () => {
    const factor = await network.as('factor');
    await network.refused('factor', 'WRONG_STATE', () => factor.holdings.claimRecourse({ holdingId: late() }));
    await network.refused('processor', ['NOT_A_PARTY', 'WRONG_STATE'], async () => (await network.as('processor')).holdings.claimRecourse({ holdingId: late() }));
  }, TRY);

  it('without the peers of the obligor: due, overdue, default', async () => {
    const { certificateId } = deal;
    await network.takeAway('brand');
    const absent = network.mspId('brand');
    const factor = await network.as('factor');
    await whenTime(() => factor.certificates.declareDue({ certificateId, absent }));
    await network.inStep();
    await whenTime(() => factor.certificates.declareOverdue({ certificateId, absent }));
    await network.inStep();
    await whenTime(() => factor.certificates.declareDefault({ certificateId, holdingId: late(), absent }));
    await network.inStep();
    expect(await factor.certificates.requireCertificate(certificateId)).toMatchObject({ state: 'defaulted' });
  }, TRY);

  it('the owner turns to its seller, who buys back and turns to its own: the links end as a path', async () => {
    const [factor, bank, processor, clearing] = [await network.as('factor'), await network.as('bank'), await network.as('processor'), await network.as('clearing')];
    const holdingId = late();
    const before = await factor.holdings.openHolding(holdingId);
    await network.refused('clearing', 'WRONG_STATE', () => clearing.holdings.buyBack({ holdingId, paymentReference: 'BB-0' }));
    expect(await factor.holdings.claimRecourse({ holdingId })).toMatchObject({ state: 'recourse claimed', proposal: { kind: 'recourse', seller: network.mspId('bank'), prior: 'financed' } });
    await network.inStep();
    await factor.holdings.withdrawRecourse({ holdingId });
    await network.inStep();
    expect(await factor.holdings.openHolding(holdingId)).toEqual(before);
    await factor.holdings.claimRecourse({ holdingId });
    await network.inStep();
    await network.refused('bank', ['NOT_A_PARTY', 'WRONG_ROLE'], () => bank.holdings.buyBack({ holdingId, paymentReference: 'BB-1' }));
    const first = { holdingId, paymentReference: `BB-${holdingId}-1` };
    expect(await clearing.holdings.buyBack(first)).toMatchObject({ owner: network.mspId('bank'), state: 'bought back', standIn: network.mspId('regulator'), recourse: [{ from: network.mspId('bank'), to: network.mspId('processor') }] });
    expect(await clearing.holdings.buyBack(first)).toMatchObject({ already: true });
    await network.inStep();
    expect((await bank.holdings.openHolding(holdingId)).range).toEqual(before.range);
    // The authority holds the terms in the place of the obligor, who is gone.
    expect(await bank.consortium.openToAuditor({ auditor: network.mspId('regulator'), records: [{ type: 'holding', id: holdingId }] })).toMatchObject({ auditor: network.mspId('regulator') });
    await network.inStep();
    await network.refused('factor', ['NOT_A_PARTY', 'WRONG_STATE'], () => factor.holdings.claimRecourse({ holdingId }));
    await bank.holdings.claimRecourse({ holdingId });
    await network.inStep();
    await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => clearing.holdings.buyBack({ holdingId: part('b'), paymentReference: first.paymentReference }));
    const back = await clearing.holdings.buyBack({ holdingId, paymentReference: `BB-${holdingId}-2` });
    expect(back).toMatchObject({ owner: network.mspId('processor'), state: 'bought back' });
    expect(back.recourse).toBeUndefined();
    expect(back.assignments.at(-1)!.notifiedAt).toBeUndefined();
    await network.inStep();
    await network.refused('processor', 'NO_RECOURSE', () => processor.holdings.claimRecourse({ holdingId }));
  }, TRY);

  it('what was sold without recourse has none', async () => {
    const [bank, factor] = [await network.as('bank'), await network.as('factor')];
    await network.refused('bank', 'NO_RECOURSE', () => bank.holdings.claimRecourse({ holdingId: part('b') }));
    // The link of an earlier sale stays with the bank, which owns the holding no more.
    await network.refused('factor', 'NO_RECOURSE', () => factor.holdings.claimRecourse({ holdingId: part('c') }));
    await network.refused('bank', 'NOT_A_PARTY', () => bank.holdings.claimRecourse({ holdingId: part('c') }));
  }, TRY);

  it('what is paid for a pledged holding goes to the financier who has it in pledge; a holding that was bought back is paid too', async () => {
    const [processor, bank, clearing] = [await network.as('processor'), await network.as('bank'), await network.as('clearing')];
    const { certificateId } = deal;
    await network.refused('clearing', 'INVALID_INPUT', () => clearing.holdings.settleHoldings({ certificateId, holdingIds: [part('a'), part('d')], paymentReference: 'S-0' }));
    await clearing.holdings.settleHoldings({ certificateId, holdingIds: [part('d')], paymentReference: `S-${part('d')}` });
    await clearing.holdings.settleHoldings({ certificateId, holdingIds: [part('a')], paymentReference: `S-${part('a')}` });
    await network.inStep();
    expect(await processor.holdings.requireHolding(part('a'))).toMatchObject({ state: 'redeemed', owner: network.mspId('processor') });
    const redeemed = await processor.holdings.requireHolding(part('d'));
    expect(redeemed).toMatchObject({ state: 'redeemed', owner: network.mspId('processor') });
    expect(redeemed.proposal).toBeUndefined();
    expect(await bank.settlements.openPayment(redeemed.redeemedBy!)).toMatchObject({ paidTo: network.mspId('bank'), holdingIds: [part('d')] });
    expect(await processor.holdings.openLoan(`L-${part('d')}`)).toMatchObject({ state: 'ended' });
  }, TRY);
}
