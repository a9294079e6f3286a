import { eventLinks, parseContext, parseQuantity } from '@dualchain/model';
import type { EventLinks, RecallFlag, SealedRecord } from '@dualchain/model';
import { invariant } from './invariant';
import type { Findings } from './invariant';
import { changesOf, walk } from './ledger';
import type { LedgerState, Step } from './ledger';

const FULL = 10_000n;

interface Line {
  readonly line: number;
  readonly [field: string]: unknown;
}

/**
 * Pledges and warehouse receipts have no keys on this ledger yet: a key of theirs would be unknown and counts as unseen.
 * What claims goods so far are shipments and goods receipts.
 */
export const goodsClaimedOnce = invariant('6', 'A lot quantity is shipped, received and invoiced at most once', (ledger, find) => {
  find.hide(ledger.unknownKeys.length);
  for (const { step, state } of walk(ledger)) {
    const tolerance = BigInt(state.get('channelPolicy', 'current')?.policy.quantityToleranceBps ?? 0);
    for (const { key, before, after } of step.records) {
      if (after?.type === 'receipt') {
        find.require(before === undefined, step, () => `${key} was written again`);
        requireReceipt(after, tolerance, step, state, find);
      }
      if (after?.type === 'quantities') requireQuantities(after, tolerance, step, state, find);
    }
    for (const { after: shipment } of changesOf(step, 'shipment')) {
      if (shipment === undefined) continue;
      if (state.record('shipment', shipment.id) === undefined) find.hide();
      for (const lot of shipment.lots) {
        const shipped = shipment.shippingEvents.some((id) => linksOf(state, id)?.subjects.includes(lot) === true && state.get('event', id)?.reporter === shipment.supplier);
        find.require(shipped, step, () => `shipment ${shipment.id} rests on no shipping event of ${shipment.supplier} over ${lot}`);
      }
    }
  }
});

export const recallIsClosure = invariant('15', 'Recall flags follow the goods from the recalled lot, and clearing is exact', (ledger, find) => {
  for (const { step, state } of walk(ledger)) {
    for (const { attributes, before, after } of changesOf(step, 'recallFlag')) {
      const [lot = '', recallId = ''] = attributes;
      if (after === undefined) find.require(step.verb === 'closeRecall' && before !== undefined && changesOf(step, 'recall').some((change) => change.after?.id === recallId), step, () => `${step.verb} cleared ${lot} of ${recallId}`);
      else requireInherited(after, step, state, find);
    }
    for (const { after: recall } of changesOf(step, 'recall')) {
      if (recall === undefined) continue;
      const flags = state.all('recallFlag').filter(({ recallId }) => recallId === recall.id);
      if (recall.state === 'closed') find.require(flags.length === 0, step, () => `recall ${recall.id} is closed and still flags ${flags[0]?.lot ?? ''}`);
      else find.require(flags.some(({ lot }) => lot === recall.lot) || recall.state === 'closing', step, () => `recall ${recall.id} does not flag its own lot`);
    }
  }
});

function requireInherited({ lot, recallId, from, eventId, sourceEventId }: RecallFlag, step: Step, state: LedgerState, find: Findings): void {
  const recall = state.get('recall', recallId);
  find.require(recall !== undefined && recall.state !== 'closed', step, () => `${lot} is flagged by ${recallId}, which is ${recall?.state ?? 'not there'}`);
  if (from === undefined) {
    find.require(recall?.lot === lot, step, () => `${lot} is flagged by ${recallId}, which recalls another lot`);
    return;
  }
  find.require(state.all('recallFlag').some((flag) => flag.lot === from && flag.recallId === recallId), step, () => `${lot} inherits a flag of ${recallId} from ${from}, which has none`);
  const [into, outOf] = [eventId, sourceEventId ?? eventId].map((id) => (id === undefined ? undefined : linksOf(state, id)?.subjects));
  const linked = into?.includes(lot) === true && outOf?.includes(from) === true;
  find.require(linked, step, () => `${lot} inherits a flag of ${recallId} from ${from}, but the event that it names does not link the two`);
}

function requireReceipt(receipt: SealedRecord, tolerance: bigint, step: Step, state: LedgerState, find: Findings): void {
  const carried = linesOf(state.record('shipment', receipt.id));
  for (const { line, lot, accepted, rejected } of linesOf(receipt)) {
    const shipped = carried.find((each) => each.line === line && each['lot'] === lot);
    find.require(shipped !== undefined && within(quantityOf(accepted) + quantityOf(rejected), quantityOf(shipped['quantity']), tolerance), step, () => `the receipt of ${receipt.id} takes in more on line ${line} than was shipped`);
  }
}

function requireQuantities(quantities: SealedRecord, tolerance: bigint, step: Step, state: LedgerState, find: Findings): void {
  const shipments = state.all('shipment').filter(({ orderId }) => orderId === quantities.id);
  const invoices = state.all('invoice').filter(({ orderId, state: invoiceState }) => orderId === quantities.id && invoiceState !== 'exception');
  for (const { line, ordered, shipped, accepted, invoiced } of linesOf(quantities)) {
    const where = `line ${line} of order ${quantities.id}`;
    find.require(quantityOf(shipped) <= quantityOf(ordered) && quantityOf(invoiced) <= quantityOf(ordered), step, () => `more is shipped or invoiced than ordered on ${where}`);
    find.require(within(quantityOf(accepted), quantityOf(shipped), tolerance), step, () => `more is accepted than shipped on ${where}`);
    const [sent, billed] = [sumOf(shipments.map(({ id }) => state.record('shipment', id)), line), sumOf(invoices.map(({ id }) => state.record('invoice', id)), line)];
    if (sent === undefined || billed === undefined) find.hide();
    else find.require(sent === quantityOf(shipped) && billed === quantityOf(invoiced), step, () => `what is shipped and invoiced on ${where} is not the sum of its shipments and invoices`);
  }
}

function linesOf(record: SealedRecord | undefined): readonly Line[] {
  const lines = record?.['lines'];
  return Array.isArray(lines) ? (lines as readonly Line[]) : [];
}

/** Sum of the quantities of one line; undefined where a record is sealed to others. */
function sumOf(records: readonly (SealedRecord | undefined)[], line: number): bigint | undefined {
  let sum = 0n;
  for (const record of records) {
    if (record === undefined) return undefined;
    for (const each of linesOf(record)) if (each.line === line) sum += quantityOf(each['quantity']);
  }
  return sum;
}

function quantityOf(value: unknown): bigint {
  return typeof value === 'string' ? parseQuantity(value) : 0n;
}

function within(value: bigint, limit: bigint, toleranceBps: bigint): boolean {
  return value * FULL <= limit * (FULL + toleranceBps);
}

function linksOf(state: LedgerState, eventId: string): EventLinks | undefined {
  const record = state.get('event', eventId);
  return record === undefined ? undefined : eventLinks(record.event, parseContext(record.context));
}
