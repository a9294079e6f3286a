import { DualchainError, endedInvoiceStates } from '@dualchain/model';
import type { FingerprintRecord, InvoiceSkeleton } from '@dualchain/model';

/** Whether the last of an invoice and its parts has ended: only then are its fingerprints free, because a copy of the whole would claim the live part twice. */
export function hasEnded(family: readonly InvoiceSkeleton[]): boolean {
  return family.every(({ state }) => endedInvoiceStates.includes(state));
}

/** Most look-alikes that one fingerprint remembers. */
const MAX_OTHERS = 50;

/** The fingerprint with a look-alike behind its holder. Throws TOO_LARGE. */
export function standBehind(record: FingerprintRecord, invoiceId: string): FingerprintRecord {
  const others = [...(record.others ?? []), invoiceId];
  if (others.length > MAX_OTHERS) throw new DualchainError('TOO_LARGE', `More than ${MAX_OTHERS} live invoices look like ${record.invoiceId}; end some of them first.`, { details: { invoiceId: record.invoiceId } });
  return { ...record, others };
}

/** The fingerprint without the invoice: the first look-alike behind it takes it over; undefined if there is none. */
export function freeFingerprint(record: FingerprintRecord, invoiceId: string): FingerprintRecord | undefined {
  const { others = [], ...fingerprint } = record;
  const left = others.filter((other) => other !== invoiceId);
  const [first, ...behind] = record.invoiceId === invoiceId ? left : [record.invoiceId, ...left];
  if (first === undefined) return undefined;
  return { ...fingerprint, invoiceId: first, ...(behind.length === 0 ? {} : { others: behind }) };
}
