import type { AuditedLedger, SealedMarker } from '../../client/src/audit/audit';
import { implicitCollection } from '../../model/src';
import type { SealedRecord } from '../../model/src';
import type { Shown } from './reach';

/** Fields of sealed records that say what skeletons and arguments say too: names, parties, times, units. */
const openly: readonly string[] = [
  'type', 'id', 'certificateId', 'holdingId', 'orderId', 'invoiceId', 'shipmentId', 'receiptId', 'pledgeId', 'creditLineId', 'lot', 'eventId', 'gtin', 'unit', 'currency', 'line', 'warehouse', 'depositor', 'owner', 'obligor', 'supplier', 'financier', 'settler', 'buyer', 'carrier', 'paidTo', 'by', 'root', 'matchPolicy', 'code',
  'dueDate', 'loanDueAt', 'firstHoldingId', 'holdingIds', 'depositId', 'requestId', 'creditNoteId',
];
/** Shortest text and fewest digits by which a value is recognised. */
const [TELLING_TEXT, TELLING_DIGITS] = [8, 4];

/** A sealed value of a record's field. */
export interface SealedValue {
  readonly type: string;
  readonly field: string;
  readonly value: string | number;
}

/** Every sealed value that any organisation holds, as the private data of its own blocks say. */
export function sealedValues(ledgers: readonly AuditedLedger[]): SealedValue[] {
  const values = new Map<string, SealedValue>();
  for (const { mspId, chaincode, blocks } of ledgers) {
    for (const { namespace, collection, key, isDelete, value } of blocks.flatMap(({ transactions }) => transactions.flatMap(({ privateWrites }) => privateWrites))) {
      if (isDelete || namespace !== chaincode || key.startsWith('anchor:') || collection !== implicitCollection(mspId)) continue;
      const record = JSON.parse(value.toString('utf8')) as SealedRecord;
      for (const leaf of leavesOf(record.type, '', record)) values.set(`${leaf.type} ${leaf.field} ${leaf.value}`, leaf);
    }
  }
  return [...values.values()];
}

function leavesOf(type: string, field: string, value: unknown): SealedValue[] {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(type, field, each));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, each]) => (openly.includes(name) ? [] : leavesOf(type, name, each)));
  return typeof value === 'string' || typeof value === 'number' ? [{ type, field, value }] : [];
}

/** Whether a value can be told from others by itself. */
function isTelling({ value }: SealedValue): boolean {
  const text = String(value);
  return /^[\d.]+$/.test(text) ? text.replace('.', '').length >= TELLING_DIGITS : text.length >= TELLING_TEXT;
}

/** What to look for where nobody may find a sealed value, in all encodings: some values of each field of each kind of record. */
export function markersOf(values: readonly SealedValue[], each = 1): SealedMarker[] {
  const found = new Map<string, SealedMarker[]>();
  for (const one of values.filter(isTelling)) {
    const label = `${one.field} of ${one.type}`;
    const markers = found.get(label) ?? [];
    found.set(label, markers);
    if (markers.length < each) markers.push({ label, value: typeof one.value === 'number' || /^[\d.]+$/.test(one.value) ? `"${one.field}":${JSON.stringify(one.value)}` : one.value, readers: [] });
  }
  return [...found.values()].flat();
}

/** Figures that stand in words: in messages, details and logs every sealed figure is looked for, under any name. */
export function figuresIn(values: readonly SealedValue[], places: Iterable<Shown>): string[] {
  const figures = new Map(values.filter((each) => isTelling(each) && /^[\d.]+$/.test(String(each.value))).map(({ type, field, value }) => [String(value), `${field} of ${type}`]));
  const found = new Set<string>();
  for (const { where, bytes } of places) {
    for (const [figure] of bytes.toString('utf8').matchAll(/(?<![\w.:-])\d+(?:\.\d+)?(?![\w:-])/g)) {
      const label = figures.get(figure);
      if (label !== undefined) found.add(`${label} in ${where}`);
    }
  }
  return [...found];
}
