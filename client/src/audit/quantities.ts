import { countOf, formatQuantity, liveReceiptStates, movementsOf, parseQuantity } from '@dualchain/model';
import type { EventRecord, ReceiptSkeleton, SealedRecord } from '@dualchain/model';
import { standsBehind } from './anchors';
import { Containers } from './containers';
import { linksIn, linksOf } from './event-links';
import { invariant } from './invariant';
import type { Findings, Where } from './invariant';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Change, Step } from './step';
import { StockBooks } from './stock-book';
import type { Entry } from './stock-book';

interface Line extends Entry {
  readonly lot: string;
  readonly quantity: bigint;
}

/**
 * Two things in one. What rules enforce is a break: shipments and warehouse receipts are over no more than the events that
 * they name. What members report is their word, captured in any order, some of it never: where it does not add up, it is a
 * discrepancy, said of the ledger as far as it was read.
 */
export const quantitiesAddUp = invariant('16', 'No more of a lot is shipped than is on hand, or used than is available; shipments and receipts are over what events say', () => {
  const onHand = new StockBooks();
  const dispatched = new StockBooks();
  const made = new StockBooks();
  const containers = new Containers();
  const stored = new Map<string, Line>();
  /** Enters an event; `sign` -1n takes it out, when it was declared an error. */
  const enter = ({ reporter, declarations = [], ...record }: EventRecord, sign: 1n | -1n, where: Where) => {
    if (declarations.length > 0) return;
    const links = linksIn({ reporter, ...record });
    if (sign === 1n) containers.add(reporter, links);
    for (const { lot, way, ...entry } of movementsOf(links)) {
      const book = `${reporter} ${lot}`;
      if (way === 'shipped' || way === 'used') onHand.go(book, entry, sign, where);
      else onHand.come(book, entry, sign, where);
      if (way === 'shipped') dispatched.come(book, entry, sign, where);
      if (way === 'produced') made.come(lot, entry, sign, where);
      if (way === 'used') made.go(lot, entry, sign, where);
    }
  };
  return {
    step(step, state, find) {
      const authored = new Map<string, ReadonlySet<string>>();
      for (const { attributes: [id = ''], before, after } of changesOf(step, 'event')) {
        const event = before ?? after;
        if (event === undefined) continue;
        // Who wrote an event in the name of somebody else moved nothing of his.
        if (!batchOf(event, state, authored).has(id)) {
          find.hide();
          continue;
        }
        if (before !== undefined) enter(before, -1n, step);
        if (after !== undefined) enter(after, 1n, step);
      }
      for (const { before, after } of changesOf(step, 'shipment')) {
        if (before !== undefined || after === undefined) continue;
        const carried = linesIn(state.record('shipment', after.id));
        if (carried === undefined) find.hide();
        for (const line of carried ?? []) dispatched.go(`${after.supplier} ${line.lot}`, line, 1n, step);
        requireLeft(`shipment ${after.id} carries`, carried ?? [], after.shippingEvents, step, state, find);
      }
      for (const change of changesOf(step, 'receipt')) requireTransit(change, step, state, find);
      for (const id of receiptsTouched(step)) {
        const [before, after] = [stored.get(id), storedNow(id, state)];
        if (before !== undefined) made.go(before.lot, before, -1n, step);
        if (after === undefined) stored.delete(id);
        else {
          stored.set(id, after);
          made.go(after.lot, after, 1n, step);
        }
      }
      for (const { before, after } of changesOf(step, 'deposit')) if (before === undefined && after !== undefined) requireDelivered(after, step, state, find);
    },
    asOfNow(state, find) {
      const tolerance = BigInt(state.get('channelPolicy', 'current')?.policy.quantityToleranceBps ?? 0);
      const doubted = new Set<string>();
      for (const { name, unit, incoming, outgoing, where } of onHand.overdrawn(find, tolerance)) {
        const [who, lot] = partsOf(name);
        if (containers.mayHaveBrought(lot, who)) find.hide();
        else {
          doubted.add(lot);
          find.doubt(where, `${who} reports that it shipped or used ${formatQuantity(outgoing)} ${unit} of ${lot}, of which ${formatQuantity(incoming)} ${unit} were made there or came in`);
        }
      }
      // What is sealed is told without figures: reports are passed on.
      for (const { name, where } of dispatched.overdrawn(find, tolerance)) find.doubt(where, `the shipments of ${partsOf(name)[0]} carry more of ${partsOf(name)[1]} than its shipping events say, all of them together`);
      for (const { name: lot, where } of made.overdrawn(find, tolerance)) if (!doubted.has(lot)) find.doubt(where, `more of ${lot} was used or lies in live warehouse receipts than was made`);
    },
  };
});

/** The events that stand in the batch of this one by the anchor of their reporter. */
function batchOf({ reporter, batch: id }: EventRecord, state: LedgerState, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const name = `${reporter} ${id}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const batch = state.get('batch', id);
  const events = batch?.reporter === reporter && standsBehind(state, reporter, 'batch', [id], batch) ? new Set(batch.events) : new Set<string>();
  known.set(name, events);
  return events;
}

/** No more leaves than the shipping events say, where they count it in the same unit. */
function requireLeft(what: string, lines: readonly Line[], eventIds: readonly string[], step: Step, state: LedgerState, find: Findings): void {
  for (const { lot, unit } of lines) {
    const events = eventIds.flatMap((id) => linksOf(state, id) ?? []).filter(({ subjects }) => subjects.includes(lot));
    const counts = events.map((event) => countOf(event, lot)?.get(unit));
    if (events.length === 0 || counts.includes(undefined)) {
      find.hide();
      continue;
    }
    const left = counts.reduce<bigint>((sum, count = 0n) => sum + count, 0n);
    const carried = lines.reduce((sum, line) => (line.lot === lot && line.unit === unit ? sum + line.quantity : sum), 0n);
    find.require(carried <= left, step, () => `${what} more of ${lot} than its shipping events say`);
  }
}

/** What goes from one warehouse to another. */
function requireTransit({ before, after }: Change<'receipt'>, step: Step, state: LedgerState, find: Findings): void {
  if (after?.transit === undefined || before?.transit !== undefined) return;
  const line = lineOf(after, state);
  if (line === undefined) find.hide();
  else requireLeft(`receipt ${after.id} is over`, [line], after.transit.shippingEvents, step, state, find);
}

/** What a warehouse says that came in is what its event says. */
function requireDelivered({ id, eventId, lot, warehouse }: { readonly id: string; readonly eventId: string; readonly lot: string; readonly warehouse: string }, step: Step, state: LedgerState, find: Findings): void {
  const stock = state.record('stock', id);
  const [received, unit] = [stock?.['received'], stock?.['unit']];
  if (typeof received !== 'string' || typeof unit !== 'string') {
    find.hide();
    return;
  }
  const links = linksOf(state, eventId);
  const brought = links === undefined || state.get('event', eventId)?.reporter !== warehouse ? undefined : countOf(links, lot)?.get(unit);
  find.require(brought === parseQuantity(received), step, () => `the delivery ${id} is over another quantity of ${lot} than the event ${eventId} of ${warehouse} says`);
}

function receiptsTouched(step: Step): ReadonlySet<string> {
  const records = step.records.flatMap(({ before, after }) => (after ?? before)?.type === 'receiptTerms' ? [String((after ?? before)?.id)] : []);
  return new Set([...changesOf(step, 'receipt').flatMap(({ attributes: [id] }) => id ?? []), ...records]);
}

/** The goods of a receipt while it is live; undefined where its terms are sealed to others. */
function storedNow(id: string, state: LedgerState): Line | undefined {
  const receipt = state.get('receipt', id);
  return receipt !== undefined && liveReceiptStates.includes(receipt.state) ? lineOf(receipt, state) : undefined;
}

function lineOf({ id, lot }: Pick<ReceiptSkeleton, 'id' | 'lot'>, state: LedgerState): Line | undefined {
  const terms = state.record('receiptTerms', id);
  return terms === undefined ? undefined : readLine({ ...terms, lot });
}

/** The lines of a sealed shipment; undefined where it is sealed to others. */
function linesIn(record: SealedRecord | undefined): Line[] | undefined {
  const lines = record?.['lines'];
  return Array.isArray(lines) ? lines.flatMap((line) => readLine(line as Record<string, unknown>) ?? []) : undefined;
}

function readLine({ lot, quantity, unit }: Readonly<Record<string, unknown>>): Line | undefined {
  return typeof lot === 'string' && typeof quantity === 'string' && typeof unit === 'string' ? { lot, unit, quantity: parseQuantity(quantity) } : undefined;
}

function partsOf(name: string): [string, string] {
  const space = name.indexOf(' ');
  return [name.slice(0, space), name.slice(space + 1)];
}
