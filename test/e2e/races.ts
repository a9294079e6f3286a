import { DualchainError } from '../../model/src';
import { ahead, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';

const TRY = 90_000;

/** Two that want the same, and proposals that come to nothing. */
export function racesSuite(network: TestNetwork): void {
  let deal: Deal;
  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    await orderUpstream(network, deal);
    const processor = await network.as('processor');
    const third = deal.face / 4n;
    await processor.holdings.splitHolding({ holdingId: deal.holdingId, parts: ['a', 'b', 'c', 'd'].map((name, index) => ({ holdingId: `${deal.holdingId}-${name}`, amount: index === 0 ? deal.face - 3n * third : third })) });
  }, 240_000);
  const part = (name: string) => `${deal.holdingId}-${name}`;

  it('of two racing spends of one holding exactly one commits, and the loser is told why', async () => {
    const [maker, checker] = [await network.as('processor'), await network.as('processor', 'checker')];
    const { range } = await maker.holdings.openHolding(part('a'));
    const outcomes = await Promise.allSettled([
      maker.holdings.splitHolding({ holdingId: part('a'), parts: [{ holdingId: part('a1'), amount: 1n }, { holdingId: part('a2'), amount: range!.amount - 1n }] }),
      checker.holdings.offerTransfer(offerToFarm(network, deal, part('a'))),
    ]);
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(lost).toHaveLength(1);
    expect(lost[0]).toBeInstanceOf(DualchainError);
    expect((lost[0] as DualchainError).code).toBe('HOLDING_NOT_FREE');
    const { state } = await maker.holdings.requireHolding(part('a'));
    expect(state).toBe(outcomes[0].status === 'fulfilled' ? 'spent' : 'transfer offered');
  }, TRY);

  it('lets the owner of racing transactions decide: without retries the loser shows on the ledger', async () => {
    const processor = await network.as('processor');
    const offers = await Promise.allSettled([processor.holdings.offerTransfer.async(offerToFarm(network, deal, part('b'))), processor.holdings.offerTransfer.async(offerToFarm(network, deal, part('b')))]);
    const commits = await Promise.allSettled(offers.flatMap((offer) => (offer.status === 'fulfilled' ? [offer.value.committed()] : [])));
    expect(commits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = [...offers, ...commits].flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as DualchainError).code] : []));
    expect(codes).toHaveLength(1);
    // In one block the loser meets a changed policy of the key before it meets the changed value.
    expect(['READ_CONFLICT', 'ENDORSEMENT_POLICY_FAILURE', 'HOLDING_NOT_FREE']).toContain(codes[0]);
  }, TRY);

  it.each(['refuse', 'withdraw', 'expire'] as const)('%s gives the holding back exactly as it was', async (how) => {
    const [processor, farm] = [await network.as('processor'), await network.as('farm')];
    const before = await processor.holdings.openHolding(part('c'));
    const holdingId = part('c');
    await processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId, how === 'expire' ? 4_000 : undefined));
    expect(await processor.holdings.requireHolding(holdingId)).toMatchObject({ state: 'transfer offered', owner: 'ProcessorMSP', proposal: { kind: 'transfer', prior: 'free' } });
    await network.refused('processor', 'HOLDING_NOT_FREE', () => processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank')], recourse: 'without', expiresAt: ahead(3_600_000) }));
    if (how === 'refuse') await farm.holdings.refuseTransfer({ holdingId });
    if (how === 'withdraw') await processor.holdings.withdrawTransfer({ holdingId });
    if (how === 'expire') await whenTime(async () => (await network.as('carrier')).holdings.expireTransfer({ holdingId }));
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    await network.refused('farm', ['HOLDING_NOT_FREE', 'WRONG_STATE', 'NOT_A_PARTY'], () => farm.holdings.acceptTransfer({ holdingId }));
  }, TRY);

  it('withdrawn quotes and a cancelled finance give the holding back exactly as it was', async () => {
    const [processor, bank] = [await network.as('processor'), await network.as('bank')];
    const holdingId = part('c');
    const quoteId = `Q-${holdingId}`;
    const before = await processor.holdings.openHolding(holdingId);
    const ask = () => processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank')], recourse: 'with', expiresAt: ahead(3_600_000) });
    await ask();
    await processor.holdings.withdrawQuotes({ holdingId });
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    await ask();
    await bank.quotes.submitQuote({ holdingId, quoteId, expiresAt: ahead(3_600_000), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: before.range!.amount - 100n });
    await processor.quotes.acceptQuote({ holdingId, quoteId });
    expect(await processor.holdings.requireHolding(holdingId)).toMatchObject({ state: 'finance locked', owner: 'ProcessorMSP' });
    await processor.holdings.cancelFinance({ holdingId });
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
  }, TRY);

  it('what is locked for one financier cannot be financed by another', async () => {
    const [processor, bank, factor, clearing] = [await network.as('processor'), await network.as('bank'), await network.as('factor'), await network.as('clearing')];
    const holdingId = part('d');
    const { range } = await processor.holdings.openHolding(holdingId);
    await processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank'), network.mspId('factor')], recourse: 'without', expiresAt: ahead(3_600_000) });
    const terms = { holdingId, expiresAt: ahead(3_600_000), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: range!.amount - 50n };
    await bank.quotes.submitQuote({ ...terms, quoteId: `Q1-${holdingId}` });
    await factor.quotes.submitQuote({ ...terms, quoteId: `Q2-${holdingId}` });
    await processor.quotes.acceptQuote({ holdingId, quoteId: `Q1-${holdingId}` });
    await network.refused('processor', ['HOLDING_NOT_FREE', 'WRONG_STATE'], () => processor.quotes.acceptQuote({ holdingId, quoteId: `Q2-${holdingId}` }));
    await processor.holdings.openPayout({ holdingId, quoteId: `Q1-${holdingId}` });
    const paymentReference = `PAY-${holdingId}`;
    await clearing.holdings.confirmPayout({ holdingId, quoteId: `Q1-${holdingId}`, paymentReference, registrationReference: `REG-${holdingId}` });
    await network.inStep();
    expect(await bank.holdings.requireHolding(holdingId)).toMatchObject({ owner: 'BankMSP', state: 'financed' });
    await network.refused('processor', 'NOT_A_PARTY', () => processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('factor')], recourse: 'without', expiresAt: ahead(3_600_000) }));
  }, TRY);

  it('a recall bars new finance, and clearing it lets finance go on', async () => {
    const [regulator, processor] = [await network.as('regulator'), await network.as('processor')];
    const holdingId = part('c');
    const recallId = `R-${holdingId}`;
    const before = await processor.holdings.openHolding(holdingId);
    await regulator.recalls.openRecall({ recallId, lot: deal.lot, reasonClass: 'labelling', reason: 'The label names another harvest.' });
    await regulator.recalls.advanceRecall({ recallId });
    const ask = () => processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank')], recourse: 'without', expiresAt: ahead(3_600_000) });
    await network.refused('processor', 'RECALLED', ask);
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    await regulator.recalls.closeRecall({ recallId });
    expect(await regulator.recalls.recallFlags(deal.lot)).toEqual([]);
    await ask();
    await processor.holdings.withdrawQuotes({ holdingId });
  }, TRY);
}

/** Asks again as long as the ledger says that the time has not come. */
async function whenTime<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DualchainError) || error.code !== 'NOT_YET') throw error;
    }
  }
}
