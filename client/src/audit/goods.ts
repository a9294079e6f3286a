import { parseQuantity } from '@dualchain/model';
import type { SealedRecord } from '@dualchain/model';
import { beginCollateral } from './collateral';
import { linksOf } from './event-links';
import { invariant } from './invariant';
import { isLiveInvoice } from './invoices';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Step } from './step';

const FULL = 10_000n;

interface Line {
  readonly line: number;
  readonly [field: string]: unknown;
}

export const goodsClaimedOnce = invariant('6', 'A lot quantity is shipped, received and invoiced at most once, and in one live receipt and one live pledge', () => {
  const collateral = beginCollateral();
  return {
    step(step, state, find) {
      find.hide(step.unknownKeys.length);
      requireTrade(step, state, find);
      collateral.step(step, state, find);
    },
  };
});

function requireTrade(step: Step, state: LedgerState, find: Findings): void {
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

function requireReceipt(receipt: SealedRecord, tolerance: bigint, step: Step, state: LedgerState, find: Findings): void {
  const carried = linesOf(state.record('shipment', receipt.id));
  for (const { line, lot, accepted, rejected } of linesOf(receipt)) {
    const shipped = carried.find((each) => each.line === line && each['lot'] === lot);
    find.require(shipped !== undefined && within(quantityOf(accepted) + quantityOf(rejected), quantityOf(shipped['quantity']), tolerance), step, () => `the receipt of ${receipt.id} takes in more on line ${line} than was shipped`);
  }
}

function requireQuantities(quantities: SealedRecord, tolerance: bigint, step: Step, state: LedgerState, find: Findings): void {
  const shipments = [...state.find('shipmentsOfOrder', quantities.id)];
  // What both let pass by a waiver may be more than was ordered.
  const invoices = [...state.find('invoicesOfOrder', quantities.id)].filter((invoice) => invoice.exceptions.length === 0 && isLiveInvoice(invoice));
  const waived = invoices.some((invoice) => invoice.waived !== undefined);
  for (const { line, ordered, shipped, returned, accepted, invoiced } of linesOf(quantities)) {
    const where = `line ${line} of order ${quantities.id}`;
    find.require(quantityOf(shipped) - quantityOf(returned) <= quantityOf(ordered) && (waived || within(quantityOf(invoiced), quantityOf(ordered), tolerance)), step, () => `more is shipped or invoiced than ordered on ${where}`);
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
