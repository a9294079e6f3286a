import { ahead, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { cut, HOUR, sell, TRY } from './stock';

/** Quotes that are declined, taken back and expire; a financed holding that is sold on. */
export function quotesSuite(network: TestNetwork): void {
  let deal: Deal;
  let part: (letter: string) => string;
  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    part = await cut(network, deal, 'abc');
    await network.inStep();
  }, 240_000);

  it('a financier declines or takes its quote back; what it took back cannot be accepted', async () => {
    const [processor, bank, factor] = [await network.as('processor'), await network.as('bank'), await network.as('factor')];
    const holdingId = part('a');
    const before = await processor.holdings.openHolding(holdingId);
    await processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank'), network.mspId('factor')], recourse: 'with', expiresAt: ahead(HOUR) });
    await network.inStep();
    expect(await factor.quotes.declineQuote({ holdingId, quoteId: 'Q-NO' })).toMatchObject({ state: 'declined', financier: network.mspId('factor') });
    expect(await factor.quotes.declineQuote({ holdingId, quoteId: 'Q-NO' })).toMatchObject({ already: true });
    await network.refused('bank', 'ALREADY_EXISTS', () => bank.quotes.declineQuote({ holdingId, quoteId: 'Q-NO' }));
    await network.refused('clearing', 'WRONG_ROLE', async () => (await network.as('clearing')).quotes.declineQuote({ holdingId, quoteId: 'Q-X' }));
    const quote = { holdingId, quoteId: 'Q-1', expiresAt: ahead(HOUR), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: before.range!.amount - 10n };
    const exposure = (await bank.quotes.exposureTo({ obligor: network.mspId('brand') }))['CNY'] ?? 0n;
    const { amount } = before.range!;
    await network.refused('bank', 'CREDIT_LINE_EXCEEDED', () => bank.quotes.submitQuote({ ...quote, ownLimit: exposure + amount - 1n }));
    await bank.quotes.submitQuote({ ...quote, ownLimit: exposure + amount });
    await network.inStep();
    expect(await bank.quotes.exposureTo({ obligor: network.mspId('brand') })).toEqual({ CNY: exposure + amount });
    await network.refused('factor', 'NOT_A_PARTY', () => factor.quotes.withdrawQuote({ holdingId, quoteId: 'Q-1' }));
    expect(await bank.quotes.withdrawQuote({ holdingId, quoteId: 'Q-1' })).toMatchObject({ state: 'withdrawn' });
    await network.refused('bank', 'WRONG_STATE', () => bank.quotes.withdrawQuote({ holdingId, quoteId: 'Q-1' }));
    await network.inStep();
    expect((await processor.quotes.quotesOf(holdingId)).map(({ id, state }) => [id, state])).toEqual([['Q-1', 'withdrawn'], ['Q-NO', 'declined']]);
    for (const quoteId of ['Q-1', 'Q-NO']) await network.refused('processor', ['WRONG_STATE', 'NOT_GENUINE'], () => processor.quotes.acceptQuote({ holdingId, quoteId }));
    await processor.holdings.withdrawQuotes({ holdingId });
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
  }, TRY);

  it('anyone ends a request or a lock that has expired, and nobody before; with a party away the authority endorses for it', async () => {
    const [processor, bank, carrier] = [await network.as('processor'), await network.as('bank'), await network.as('carrier')];
    const holdingId = part('b');
    const before = await processor.holdings.openHolding(holdingId);
    await processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank')], recourse: 'with', expiresAt: ahead(3_000) });
    await network.inStep();
    await whenTime(() => carrier.holdings.expireQuotes({ holdingId, absent: network.mspId('processor') }));
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    await processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('bank')], recourse: 'with', expiresAt: ahead(HOUR) });
    await network.inStep();
    await network.refused('carrier', 'NOT_YET', () => carrier.holdings.expireQuotes({ holdingId }));
    await network.refused('carrier', 'INVALID_INPUT', () => carrier.holdings.expireQuotes({ holdingId, absent: network.mspId('farm') }));
    await bank.quotes.submitQuote({ holdingId, quoteId: 'Q-2', expiresAt: ahead(4_000), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: before.range!.amount - 10n });
    await network.inStep();
    await processor.quotes.acceptQuote({ holdingId, quoteId: 'Q-2' });
    await network.inStep();
    await network.refused('carrier', 'WRONG_STATE', () => carrier.holdings.expireQuotes({ holdingId }));
    await whenTime(() => carrier.holdings.expireFinance({ holdingId, absent: network.mspId('brand') }));
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    expect((await bank.quotes.quotesOf(holdingId)).map(({ state }) => state)).toEqual(['lapsed']);
  }, TRY);

  it('a financed holding is sold on; ending that restores it as financed, and the link of recourse stays by contract', async () => {
    const [bank, factor, processor] = [await network.as('bank'), await network.as('factor'), await network.as('processor')];
    const holdingId = part('c');
    await sell(network, holdingId, 'processor', 'bank', 'with');
    const link = { from: network.mspId('bank'), to: network.mspId('processor') };
    const financed = await bank.holdings.openHolding(holdingId);
    expect(financed).toMatchObject({ state: 'financed', recourse: [link], tier: 1 });
    await network.refused('processor', 'NOT_A_PARTY', () => processor.holdings.requestQuotes({ holdingId, financiers: [network.mspId('factor')], recourse: 'with', expiresAt: ahead(HOUR) }));
    await bank.holdings.requestQuotes({ holdingId, financiers: [network.mspId('factor')], recourse: 'with', expiresAt: ahead(HOUR) });
    await bank.holdings.withdrawQuotes({ holdingId });
    await network.inStep();
    expect(await bank.holdings.openHolding(holdingId)).toEqual(financed);
    await sell(network, holdingId, 'bank', 'factor', 'without');
    expect(await factor.holdings.openHolding(holdingId)).toMatchObject({ owner: network.mspId('factor'), state: 'financed', recourse: [link], tier: 2 });
    const { claims } = await factor.holdings.priorityOf(holdingId);
    expect(claims.map(({ claimant, rank, standing, by }) => [claimant, rank, standing, by])).toEqual([[network.mspId('bank'), 1, false, 'registration'], [network.mspId('factor'), 2, true, 'registration']]);
    await network.refused('factor', ['WRONG_STATE', 'NO_RECOURSE'], () => factor.holdings.claimRecourse({ holdingId }));
  }, TRY);
}
