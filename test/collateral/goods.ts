import { canonicalId, sha256Hex } from '../../model/src';
import { ahead, document, event } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';

export const TRY = 90_000;
export const HOUR = 3_600_000;
/** Kilograms that every event of these tests brings. */
export const BROUGHT = '100';

/** Sites of those that keep goods here: the carrier's warehouse, and the farm's, which is a warehouse in these tests. */
const sites: Readonly<Partial<Record<Slug, string>>> = { carrier: 'urn:epc:id:sgln:9524004.00100.0', farm: 'urn:epc:id:sgln:9524001.00300.0', processor: 'urn:epc:id:sgln:9524002.00200.0', regulator: 'urn:epc:id:sgln:9524004.00100.0' };

/** Ids of one lot that goes into store. */
export interface Stored {
  readonly lot: string;
  /** The warehouse's receiving event. */
  readonly eventId: string;
  readonly receiptId: string;
}

let lots = 0;
export function newLot(): string {
  lots += 1;
  return canonicalId(`urn:epc:class:lgtin:9524002.050001.W-${process.pid}-${lots}`);
}

/** One event over a lot, reported by an organisation at its own place; returns its id. */
export async function report(network: TestNetwork, slug: Slug, lot: string, bizStep: string, hoursAgo: number, more: object = {}): Promise<string> {
  const { captured } = await (await network.as(slug)).trace.capture(document([{ ...event(lot, sites[slug] ?? '', bizStep, hoursAgo), ...more }]));
  return captured[0]!.eventId;
}

/** A lot of which the carrier's warehouse received 100 kg. */
export async function bring(network: TestNetwork, lot = newLot()): Promise<Stored> {
  const eventId = await report(network, 'carrier', lot, 'receiving', 5);
  return { lot, eventId, receiptId: `WR-${lot.slice(lot.lastIndexOf('/') + 1)}` };
}

/** The terms of a receipt for the processor. */
export function receiptOf(network: TestNetwork, { lot, eventId, receiptId }: Stored, quantity = BROUGHT) {
  return { receiptId, lot, eventId, depositor: network.mspId('processor'), quantity, unit: 'KGM' };
}

/** How a receipt into store differs from 100 kg without limits. */
export interface StoreOptions {
  readonly quantity?: string;
  readonly goodsExpireAt?: Date;
  readonly temperature?: { readonly min: number; readonly max: number };
}

/** From nothing to active receipts of the processor, one for each options; each step of all of them at once. */
export async function storeAll(network: TestNetwork, options: readonly StoreOptions[]): Promise<Stored[]> {
  const [maker, checker, processor] = [await network.as('carrier'), await network.as('carrier', 'checker'), await network.as('processor')];
  const stored = await Promise.all(options.map(() => bring(network)));
  await Promise.all(stored.map(async (each, index) => {
    const { quantity, ...limits } = options[index]!;
    await maker.receipts.draftReceipt({ ...receiptOf(network, each, quantity), ...limits });
    await checker.receipts.issueReceipt({ receiptId: each.receiptId });
  }));
  await network.inStep();
  await Promise.all(stored.map(({ receiptId }) => processor.receipts.acceptReceipt({ receiptId })));
  await network.inStep();
  return stored;
}

/** The inspection that a loan against goods needs. */
export async function inspect(network: TestNetwork, { lot, receiptId }: Stored): Promise<void> {
  await (await network.as('regulator')).attestations.attest({ attestationId: `AT-${receiptId}`, subject: { type: 'lot', id: lot }, claim: 'inspected', evidenceHash: sha256Hex(receiptId) });
}

/** What one kilogram is worth, and what is lent on 100 kg of it at 60 %. */
export const UNIT_VALUE = 10_007n;
export const PRINCIPAL = 600_001n;

/** The terms of a loan of the bank against the processor's receipt. */
export function loanOf(network: TestNetwork, { receiptId }: Stored, change: { readonly expiresInMs?: number; readonly dueInMs?: number; readonly cureHours?: number; readonly name?: string } = {}) {
  const { expiresInMs = HOUR, dueInMs = 24 * HOUR, cureHours = 0, name = '' } = change;
  return { pledgeId: `PL-${receiptId}${name}`, receiptId, financier: network.mspId('bank'), settler: network.mspId('clearing'), expiresAt: ahead(expiresInMs), dueAt: ahead(dueInMs), cureHours, currency: 'CNY', principal: PRINCIPAL, rateBps: 480, advanceBps: 6_000, unitValue: UNIT_VALUE };
}

/** Locks the receipt for a loan of the bank; returns its id. */
export async function propose(network: TestNetwork, stored: Stored, change: Parameters<typeof loanOf>[2] = {}): Promise<string> {
  const pledgeId = await draftAndPropose(network, stored, change);
  await network.inStep();
  return pledgeId;
}

/** Receipts with loans that were paid out; each step of all of them at once. */
export async function pledgeAll(network: TestNetwork, stored: readonly Stored[], changes: readonly Parameters<typeof loanOf>[2][]): Promise<(Stored & { readonly pledgeId: string })[]> {
  const [bank, carrier, clearing] = [await network.as('bank'), await network.as('carrier'), await network.as('clearing')];
  await Promise.all(stored.map((each) => inspect(network, each)));
  const ids = await Promise.all(stored.map((each, index) => draftAndPropose(network, each, changes[index])));
  await network.inStep();
  await Promise.all(ids.map((pledgeId) => bank.receiptPledges.acceptReceiptPledge({ pledgeId })));
  await network.inStep();
  await Promise.all(ids.map((pledgeId) => carrier.receiptPledges.confirmReceiptPledge({ pledgeId })));
  await network.inStep();
  await Promise.all(ids.map((pledgeId) => clearing.receiptPledges.payReceiptLoan({ pledgeId, paymentReference: `PAY-${pledgeId}` })));
  await network.inStep();
  return stored.map((each, index) => ({ ...each, pledgeId: ids[index]! }));
}

async function draftAndPropose(network: TestNetwork, stored: Stored, change: Parameters<typeof loanOf>[2] = {}): Promise<string> {
  const processor = await network.as('processor');
  const loan = loanOf(network, stored, change);
  await processor.receiptPledges.draftReceiptPledge(loan);
  await processor.receiptPledges.proposeReceiptPledge({ pledgeId: loan.pledgeId });
  return loan.pledgeId;
}

/** Sealed figures that must stay between those who may read them. */
export function watch(network: TestNetwork): void {
  const readers = ['processor', 'bank', 'clearing'].map((slug) => network.mspId(slug as Slug));
  network.markers.push({ value: `"principal":"${PRINCIPAL}"`, label: 'principal of the loans', readers }, { value: `"unitValue":"${UNIT_VALUE}"`, label: 'value of a kilogram', readers });
}
