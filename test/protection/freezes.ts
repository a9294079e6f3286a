import { ahead, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';
import { once } from './retry';

const TRY = 90_000;
const HOUR = 3_600_000;
const names = ['a', 'b', 'c', 'd'] as const;

/** Orders of the authority over claims that go on living. */
export function freezesSuite(network: TestNetwork): void {
  let deal: Deal;
  const part = (name: (typeof names)[number]) => `${deal.holdingId}-${name}`;
  const scope = (name: (typeof names)[number]) => ({ scopeType: 'holding' as const, scopeId: part(name) });
  const freeze = async (name: (typeof names)[number], orderId: string, endsAt = ahead(HOUR)) => (await network.as('regulator')).freezes.freezeHolding({ holdingId: part(name), orderId, reason: 'court order', endsAt });
  const lift = async (name: (typeof names)[number], orderId: string) => (await network.as('regulator')).freezes.liftFreeze({ ...scope(name), orderId, liftedBy: `${orderId}-lifted` });
  const cut = (name: (typeof names)[number]) => async () => {
    const processor = await network.as('processor');
    const { range } = await processor.holdings.openHolding(part(name));
    return processor.holdings.splitHolding({ holdingId: part(name), parts: [{ holdingId: `${part(name)}-1`, amount: 1n }, { holdingId: `${part(name)}-2`, amount: range!.amount - 1n }] });
  };
  const ask = (name: (typeof names)[number]) => async () => (await network.as('processor')).holdings.requestQuotes({ holdingId: part(name), financiers: [network.mspId('bank')], recourse: 'without', expiresAt: ahead(HOUR) });

  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    await orderUpstream(network, deal);
    const quarter = deal.face / 4n;
    await (await network.as('processor')).holdings.splitHolding({ holdingId: deal.holdingId, parts: names.map((name, index) => ({ holdingId: part(name), amount: index === 0 ? deal.face - 3n * quarter : quarter })) });
  }, 240_000);

  it('needs neither the obligor nor the owner, and only the authority gives and lifts orders', async () => {
    for (const slug of ['brand', 'processor', 'bank', 'clearing'] as const satisfies readonly Slug[]) {
      const user = await network.as(slug);
      await network.refused(slug, 'WRONG_ROLE', () => user.freezes.freezeHolding({ holdingId: part('a'), orderId: 'O-no', reason: 'tax', endsAt: ahead(HOUR) }));
      await network.refused(slug, 'WRONG_ROLE', () => user.freezes.freezeCertificate({ certificateId: deal.certificateId, orderId: 'O-no', reason: 'tax', endsAt: ahead(HOUR) }));
    }
    const order = { holdingId: part('a'), orderId: 'O-1', reason: 'court order', endsAt: ahead(HOUR) } as const;
    const regulator = await network.as('regulator');
    await regulator.freezes.freezeHolding(order);
    expect(await regulator.freezes.freezeHolding(order)).toMatchObject({ state: 'in force', already: true });
    await network.refused('regulator', 'ALREADY_EXISTS', () => regulator.freezes.freezeHolding({ ...order, endsAt: ahead(2 * HOUR) }));
    const ledger = (await network.ledgers())[0]!;
    const step = ledger.steps.find(({ verb }) => verb === 'freezeHolding')!;
    expect([...step.endorsers].sort()).toEqual([network.mspId('clearing'), network.mspId('regulator')]);
    expect(step.changes.map(({ type }) => type)).toEqual(['freeze']);
    const brand = await network.as('brand');
    await network.refused('brand', 'WRONG_ROLE', () => brand.freezes.liftFreeze({ ...scope('a'), orderId: 'O-1', liftedBy: 'O-no' }));
    await network.refused('regulator', 'WRONG_STATE', () => regulator.freezes.freezeHolding({ ...order, holdingId: deal.holdingId, orderId: 'O-2' }));
  }, TRY);

  it('a frozen holding is not split, merged, offered or financed; its neighbour is', async () => {
    const processor = await network.as('processor');
    const before = await processor.holdings.openHolding(part('a'));
    await network.refused('processor', 'FROZEN', cut('a'));
    await network.refused('processor', 'FROZEN', () => processor.holdings.mergeHoldings({ holdingIds: [part('a'), part('b')], into: `${deal.holdingId}-ab` }));
    const offer = await network.refused('processor', 'FROZEN', () => processor.holdings.offerTransfer(offerToFarm(network, deal, part('a'))));
    expect(offer.details).toMatchObject({ ...scope('a'), orderId: 'O-1' });
    await network.refused('processor', 'FROZEN', ask('a'));
    expect(await processor.holdings.openHolding(part('a'))).toEqual(before);
    await processor.holdings.offerTransfer(offerToFarm(network, deal, part('b')));
    await (await network.as('farm')).holdings.acceptTransfer({ holdingId: part('b') });
  }, TRY);

  it('lifting gives back what was before, without a write on the holding', async () => {
    const before = await (await network.as('processor')).holdings.openHolding(part('a'));
    expect(await lift('a', 'O-1')).toMatchObject({ state: 'lifted', liftedBy: 'O-1-lifted' });
    await network.inStep();
    const processor = await network.as('processor');
    expect(await processor.holdings.openHolding(part('a'))).toEqual(before);
    await ask('a')();
    await processor.holdings.withdrawQuotes({ holdingId: part('a') });
  }, TRY);

  it('ends by itself, and another order extends it', async () => {
    await freeze('a', 'O-3', ahead(3_000));
    await freeze('a', 'O-4', ahead(4_000));
    await network.refused('processor', 'FROZEN', cut('a'));
    await once('FROZEN', cut('a'));
    const regulator = await network.as('regulator');
    await network.inStep();
    const orders: string[] = [];
    for await (const { orderId, state } of regulator.freezes.freezesOf(scope('a'))) orders.push(`${orderId} ${state}`);
    expect(orders).toEqual(['O-1 lifted', 'O-3 ended', 'O-4 ended']);
    await network.refused('regulator', 'WRONG_STATE', () => regulator.freezes.liftFreeze({ ...scope('a'), orderId: 'O-4', liftedBy: 'O-5' }));
  }, TRY);

  it('an offer under way cannot be accepted, and can be taken back', async () => {
    const [processor, farm, regulator] = [await network.as('processor'), await network.as('farm'), await network.as('regulator')];
    const before = await processor.holdings.openHolding(part('c'));
    await processor.holdings.offerTransfer(offerToFarm(network, deal, part('c')));
    await regulator.freezes.freezeCertificate({ certificateId: deal.certificateId, orderId: 'O-6', reason: 'fraud investigation', endsAt: ahead(HOUR) });
    await network.inStep();
    await network.refused('farm', 'FROZEN', () => farm.holdings.acceptTransfer({ holdingId: part('c') }));
    await network.refused('processor', 'FROZEN', cut('d'));
    await processor.holdings.withdrawTransfer({ holdingId: part('c') });
    expect(await processor.holdings.openHolding(part('c'))).toEqual(before);
    await regulator.freezes.liftFreeze({ scopeType: 'certificate', scopeId: deal.certificateId, orderId: 'O-6', liftedBy: 'O-7' });
  }, TRY);

  it('a pay-out that was under way is booked once the order is over', async () => {
    const [processor, bank, clearing] = [await network.as('processor'), await network.as('bank'), await network.as('clearing')];
    const holdingId = part('d');
    const quoteId = `Q-${holdingId}`;
    const { range } = await processor.holdings.openHolding(holdingId);
    await ask('d')();
    await bank.quotes.submitQuote({ holdingId, quoteId, expiresAt: ahead(HOUR), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: range!.amount - 9n });
    await processor.quotes.acceptQuote({ holdingId, quoteId });
    await processor.holdings.openPayout({ holdingId, quoteId });
    await freeze('d', 'O-8');
    await network.inStep();
    const confirm = () => clearing.holdings.confirmPayout({ holdingId, quoteId, paymentReference: `PAY-${holdingId}`, registrationReference: `REG-${holdingId}` });
    await network.refused('clearing', 'FROZEN', confirm);
    expect(await clearing.holdings.requireHolding(holdingId)).toMatchObject({ owner: network.mspId('processor'), state: 'finance locked' });
    await lift('d', 'O-8');
    await network.inStep();
    expect(await confirm()).toMatchObject({ owner: network.mspId('bank'), state: 'financed' });
  }, TRY);
}
