import { sha256Hex } from '../../model/src';
import { ahead } from '../support/deal';
import { whenTime } from '../support/time';
import { bring, loanOf, receiptOf, report } from '../collateral/goods';
import type { Stored } from '../collateral/goods';
import { HOUR } from './lanes';
import type { Cast } from './lanes';

/** An active receipt of the processor over goods of its own. */
async function stored(cast: Cast, limits: object = {}): Promise<Stored> {
  const { network, as, done } = cast;
  const goods = await bring(network);
  await network.inStep();
  const [maker, checker, processor] = [await as('carrier'), await as('carrier', 'checker'), await as('processor')];
  await done(maker.receipts.draftReceipt({ ...receiptOf(network, goods), ...limits }));
  await done(checker.receipts.issueReceipt({ receiptId: goods.receiptId }));
  await done(processor.receipts.acceptReceipt({ receiptId: goods.receiptId }));
  return goods;
}

type Stop = 'drafted' | 'proposed' | 'accepted' | 'secured' | 'paid';

/** A loan of the bank against a receipt of the processor, up to a step. */
async function pledged(cast: Cast, goods: Stored, upTo: Stop = 'paid', change: Parameters<typeof loanOf>[2] = {}): Promise<{ readonly pledgeId: string }> {
  const { network, as, done } = cast;
  const [processor, bank, carrier, clearing] = [await as('processor'), await as('bank'), await as('carrier'), await as('clearing')];
  const loan = loanOf(network, goods, change);
  const pledgeId = loan.pledgeId;
  const steps: readonly [Stop, () => Promise<unknown>][] = [
    ['drafted', () => processor.receiptPledges.draftReceiptPledge(loan)],
    ['proposed', () => processor.receiptPledges.proposeReceiptPledge({ pledgeId })],
    ['accepted', () => bank.receiptPledges.acceptReceiptPledge({ pledgeId })],
    ['secured', () => carrier.receiptPledges.confirmReceiptPledge({ pledgeId })],
    ['paid', () => clearing.receiptPledges.payReceiptLoan({ pledgeId, paymentReference: `PAY-${pledgeId}` })],
  ];
  for (const [name, step] of steps) {
    await done(step());
    if (name === upTo) break;
  }
  return { pledgeId };
}

/** Someone shows why goods are worth nothing now, and that the cause is gone. */
async function breach({ network, as, done }: Cast, { receiptId, lot }: Stored) {
  const sensor = { sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 9, uom: 'CEL' }] }] };
  const eventId = await done(report(network, 'carrier', lot, 'storing', 1, sensor));
  return async () => (await as('brand')).receipts.holdReceipt({ receiptId, eventId });
}

const cold = { temperature: { min: -200, max: 80 } };
const evidenceHash = sha256Hex('lost');

/** Receipts up to their consent, divided and passed on. */
export async function receiptsLane(cast: Cast): Promise<void> {
  const { network, as, msp, done, tried, soon } = cast;
  const [maker, checker, processor, farm, brand, regulator] = [await as('carrier'), await as('carrier', 'checker'), await as('processor'), await as('farm'), await as('brand'), await as('regulator')];
  const loss = ({ receiptId }: { readonly receiptId: string }) => () => maker.receipts.reportLoss({ receiptId, evidenceHash });
  await Promise.all([
    (async () => {
      const first = await bring(network);
      await network.inStep();
      const { receiptId } = first;
      await done(maker.receipts.draftReceipt(receiptOf(network, first)));
      await tried(() => maker.receipts.withdrawReceipt({ receiptId }));
      await done(checker.receipts.issueReceipt({ receiptId }));
      await tried(() => maker.receipts.withdrawReceipt({ receiptId }));
      await done(processor.receipts.refuseReceipt({ receiptId }));
      const again = { ...first, receiptId: `${receiptId}-2` };
      await done(maker.receipts.draftReceipt(receiptOf(network, again)));
      await done(maker.receipts.withdrawReceipt({ receiptId: again.receiptId }));
    })(),
    (async () => {
      const goods = await stored(cast);
      const part = (name: string) => `${goods.receiptId}-${name}`;
      await done(processor.receipts.splitReceipt({ receiptId: goods.receiptId, parts: [{ receiptId: part('a'), quantity: '33.3' }, { receiptId: part('b'), quantity: '66.7' }] }));
      await done(processor.receipts.mergeReceipts({ receiptIds: [part('a'), part('b')], into: part('c') }));
      const whole = { receiptId: part('c') };
      const offer = (expiresAt = ahead(HOUR)) => done(processor.receipts.offerReceipt({ ...whole, receiver: msp('brand'), expiresAt }));
      await tried(loss(whole));
      await offer();
      await tried(loss(whole));
      await done(processor.receipts.withdrawReceiptOffer(whole));
      await offer();
      await done(brand.receipts.refuseReceiptOffer(whole));
      await offer(soon());
      await whenTime(() => done(farm.receipts.expireReceiptOffer(whole)));
      await offer();
      await done(brand.receipts.acceptReceiptOffer(whole));
    })(),
    (async () => {
      const goods = await stored(cast);
      const { receiptId, lot } = goods;
      const orderId = `F-${receiptId}`;
      await done(regulator.freezes.freezeReceipt({ receiptId, orderId, reason: 'tax', endsAt: ahead(HOUR) }));
      await done(regulator.freezes.liftFreeze({ scopeType: 'receipt', scopeId: receiptId, orderId, liftedBy: `${orderId}-lifted` }));
      await done(maker.receipts.deliverReceipt({ receiptId, eventIds: [await done(report(network, 'carrier', lot, 'shipping', 1))] }));
      await done(processor.receipts.closeReceipt({ receiptId }));
    })(),
    (async () => {
      const goods = await stored(cast, cold);
      const { receiptId, lot } = goods;
      await done((await breach(cast, goods))());
      await tried(loss(goods));
      await done(maker.receipts.deliverReceipt({ receiptId, eventIds: [await done(report(network, 'carrier', lot, 'shipping', 0.5))] }));
    })(),
    (async () => {
      const goods = await stored(cast);
      const { receiptId, lot } = goods;
      const transit = { receiptId, carrier: msp('carrier'), destination: msp('farm'), eventIds: [await done(report(network, 'carrier', lot, 'shipping', 3))], dueAt: ahead(HOUR) };
      await done(maker.receipts.shipReceipt(transit));
      await tried(loss(goods));
      await done(maker.receipts.takeCustody({ receiptId, eventIds: [await done(report(network, 'carrier', lot, 'loading', 2.5))] }));
      await done(maker.receipts.takeCustody({ receiptId, eventIds: [await done(report(network, 'carrier', lot, 'arriving', 2))] }));
      await done(farm.receipts.arriveReceipt({ receiptId, eventId: await done(report(network, 'farm', lot, 'receiving', 1)) }));
    })(),
  ]);
}

/** Loans that do not come about. */
export async function proposedLoansLane(cast: Cast): Promise<void> {
  const { as, done, tried, soon } = cast;
  const [processor, bank, carrier, brand, clearing] = [await as('processor'), await as('bank'), await as('carrier'), await as('brand'), await as('clearing')];
  const goods = await stored(cast);
  const refuse = ({ pledgeId }: { readonly pledgeId: string }, by = bank) => () => by.receiptPledges.refuseReceiptPledge({ pledgeId });
  const withdraw = ({ pledgeId }: { readonly pledgeId: string }) => () => processor.receiptPledges.withdrawReceiptPledge({ pledgeId });
  await done(withdraw(await pledged(cast, goods, 'drafted', { name: '-0' }))());
  const first = await pledged(cast, goods, 'proposed', { name: '-1' });
  await tried(withdraw(first), refuse(first));
  await done(bank.receiptPledges.acceptReceiptPledge(first));
  await tried(refuse(first, carrier));
  await done(withdraw(first)());
  const second = await pledged(cast, goods, 'secured', { name: '-2' });
  await tried(() => clearing.receiptPledges.payReceiptLoan({ ...second, paymentReference: `PAY-X-${second.pledgeId}` }));
  await done(refuse(second)());
  for (const [index, upTo] of (['proposed', 'accepted', 'secured'] as const).entries()) {
    const late = await pledged(cast, goods, upTo, { name: `-late-${index}`, expiresInMs: soon(index + 3).getTime() - Date.now() });
    await whenTime(() => done(brand.receiptPledges.expireReceiptPledge(late)));
  }
}

/** Loans that were paid out: called for, cured, substituted, repaid, sold, lost. */
export async function paidLoansLane(cast: Cast): Promise<void> {
  const { network, as, msp, done, tried, soon } = cast;
  const [processor, bank, carrier, clearing, farm, regulator] = [await as('processor'), await as('bank'), await as('carrier'), await as('clearing'), await as('farm'), await as('regulator')];
  const [calls, sale, lost, moved, freed, other] = await Promise.all([stored(cast, cold), stored(cast, cold), stored(cast), stored(cast), stored(cast), stored(cast)]);
  const repay = ({ pledgeId }: { readonly pledgeId: string }, amount: bigint, name = '') => () => clearing.receiptPledges.repayReceiptLoan({ pledgeId, paymentReference: `REP-${pledgeId}${name}`, amount });
  const release = ({ pledgeId }: { readonly pledgeId: string }, by = bank) => () => by.receiptPledges.releaseReceiptPledge({ pledgeId });
  const loss = ({ receiptId }: Stored) => () => carrier.receipts.reportLoss({ receiptId, evidenceHash });
  const liquidate = ({ pledgeId }: { readonly pledgeId: string }) => () => bank.receiptPledges.liquidateReceiptPledge({ pledgeId });
  const substitute = ({ pledgeId }: { readonly pledgeId: string }) => () => processor.receiptPledges.offerSubstitute({ pledgeId, receiptId: other.receiptId, expiresAt: ahead(HOUR) });
  await Promise.all([
    (async () => {
      const pledge = await pledged(cast, calls, 'paid', { cureHours: 0 });
      await tried(release(pledge), loss(calls), repay(pledge, 1n), substitute(pledge));
      await done(bank.receiptPledges.callMargin({ ...pledge, valuationId: 'V-1', unitValue: 9_001n }));
      await done(bank.receiptPledges.showToPledgor(pledge));
      await tried(liquidate(pledge), release(pledge), repay(pledge, 1n), loss(calls));
      await done(bank.receiptPledges.cureMarginCall(pledge));
      await done(substitute(pledge)());
      await tried(() => bank.receiptPledges.acceptSubstitute(pledge));
      await done(processor.receiptPledges.endSubstitute(pledge));
      const hold = await breach(cast, calls);
      await done(hold());
      await tried(release(pledge), liquidate(pledge), loss(calls), repay(pledge, 1n), await breach(cast, calls));
      await done(substitute(pledge)());
      await tried(() => processor.receiptPledges.endSubstitute(pledge));
      await done(bank.receiptPledges.acceptSubstitute(pledge));
      await done(repay(pledge, 600_001n)());
      await done(release(pledge, processor)());
    })(),
    (async () => {
      const pledge = await pledged(cast, sale, 'paid', { cureHours: 0 });
      await done((await breach(cast, sale))());
      await done(liquidate(pledge)());
      await tried(loss(sale));
      await done(repay(pledge, 1n)());
      await done(clearing.receiptPledges.attestProceeds({ ...pledge, buyer: msp('farm'), paymentReference: `SALE-${pledge.pledgeId}` }));
      await done(clearing.receiptPledges.sealProceeds({ ...pledge, proceeds: 600_078n }));
    })(),
    (async () => {
      const pledge = await pledged(cast, lost, 'paid', { cureHours: 0 });
      await done(bank.receiptPledges.callMargin({ ...pledge, valuationId: 'V-2', unitValue: 9_002n }));
      await done(loss(lost)());
    })(),
    (async () => {
      const { receiptId, lot } = moved;
      const pledge = await pledged(cast, moved, 'paid');
      await done(carrier.receipts.shipReceipt({ receiptId, carrier: msp('carrier'), destination: msp('farm'), eventIds: [await done(report(network, 'carrier', lot, 'shipping', 3))], dueAt: ahead(HOUR) }));
      await done(carrier.receipts.takeCustody({ receiptId, eventIds: [await done(report(network, 'carrier', lot, 'loading', 2.5)), await done(report(network, 'carrier', lot, 'unloading', 2))] }));
      await done(farm.receipts.arriveReceipt({ receiptId, eventId: await done(report(network, 'farm', lot, 'receiving', 1)) }));
      await tried(() => farm.receipts.reportLoss({ receiptId, evidenceHash }), release(pledge));
    })(),
    (async () => {
      const pledge = await pledged(cast, freed, 'paid', { cureHours: 0 });
      const recall = { recallId: `R-${freed.receiptId}` };
      await done(regulator.recalls.openRecall({ ...recall, lot: freed.lot, reasonClass: 'other', reason: 'A sample.' }));
      await done(bank.receipts.holdReceipt({ receiptId: freed.receiptId }));
      await done(regulator.recalls.closeRecall(recall));
      await done((await as('brand')).receipts.releaseHold({ receiptId: freed.receiptId }));
      await done(release(pledge)());
      const second = await pledged(cast, freed, 'paid', { cureHours: 0, name: '-2' });
      await done(bank.receiptPledges.callMargin({ ...second, valuationId: 'V-3', unitValue: 9_003n }));
      await done(liquidate(second)());
      await done(repay(second, 600_001n)());
      await done(release(second)());
      const due = soon(7).getTime() - Date.now();
      const third = await pledged(cast, freed, 'paid', { dueInMs: due, expiresInMs: due - 500, name: '-3' });
      await whenTime(() => tried(liquidate(third)));
    })(),
  ]);
}
