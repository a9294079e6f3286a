import { DualchainError, invoiceTable, parseMinorUnits } from '@dualchain/model';
import type { CertificateTerms, InvoiceSkeleton, InvoiceTerms, ShipmentSkeleton } from '@dualchain/model';
import { requireTransition } from '../transition';

/** Most lots and shipments behind one certificate: a recall is looked up for each lot whenever it is financed. */
const MAX_LOTS = 200;
const MAX_SHIPMENTS = 100;

/** An accepted invoice backs a certificate, and no other. Throws NOT_A_PARTY, INVOICE_ALREADY_USED, WRONG_STATE, INVALID_INPUT. */
export function certifyInvoice(invoice: InvoiceSkeleton, certificateId: string, supplier: string, caller: string): InvoiceSkeleton {
  const { id, state } = invoice;
  const used = invoice.certificateId !== undefined;
  const row = requireTransition(invoiceTable, 'issueCertificate', { id, state: used ? 'certified' : state, parties: invoice }, caller, used ? 'INVOICE_ALREADY_USED' : 'WRONG_STATE');
  if (invoice.supplier !== supplier) throw new DualchainError('INVALID_INPUT', `The invoice ${id} is of ${invoice.supplier}, not of ${supplier}; a certificate rests on invoices of one supplier.`, { details: { invoiceId: id, supplier: invoice.supplier } });
  return { ...invoice, state: row.to, certificateId };
}

/** The invoice as it was before the certificate, whose own row said who may end it. Throws WRONG_STATE. */
export function releaseInvoice(invoice: InvoiceSkeleton, certificateId: string, caller: string): InvoiceSkeleton {
  const { certificateId: usedBy, ...rest } = invoice;
  const row = requireTransition(invoiceTable, 'releaseInvoice', { id: invoice.id, state: invoice.state, parties: invoice }, caller);
  if (usedBy !== certificateId) throw new DualchainError('WRONG_STATE', `The invoice ${invoice.id} does not back the certificate ${certificateId}.`, { details: { invoiceId: invoice.id, certificateId } });
  return { ...rest, state: row.to };
}

/** The terms name exactly these invoices with their totals in their currency, and the face is their sum. Returns the face. Throws AMOUNT_MISMATCH; it names no figure. */
export function requireFace(terms: CertificateTerms, invoices: readonly { readonly id: string; readonly terms: InvoiceTerms }[]): bigint {
  if (terms.invoices.length !== invoices.length) throw new DualchainError('AMOUNT_MISMATCH', 'The sealed terms must name each invoice of the certificate once.');
  let sum = 0n;
  for (const [index, invoice] of invoices.entries()) {
    const named = terms.invoices[index];
    if (named?.id !== invoice.id) throw new DualchainError('AMOUNT_MISMATCH', 'The sealed terms must name the invoices of the certificate in the same order.', { details: { invoiceId: invoice.id } });
    if (invoice.terms.currency !== terms.currency) throw new DualchainError('AMOUNT_MISMATCH', `The invoice ${invoice.id} is in another currency than the certificate; issue one for each currency.`, { details: { invoiceId: invoice.id } });
    const total = parseMinorUnits(invoice.terms.total);
    if (BigInt(named.amount) !== total) throw new DualchainError('AMOUNT_MISMATCH', `The sealed terms give another amount for the invoice ${invoice.id} than the invoice itself.`, { details: { invoiceId: invoice.id } });
    sum += total;
  }
  if (BigInt(terms.face) !== sum) throw new DualchainError('AMOUNT_MISMATCH', 'The face is not the sum of the invoices.');
  return sum;
}

/** Ids of the shipments behind these invoices, each once. Throws TOO_LARGE. */
export function shipmentsBehind(invoices: readonly InvoiceSkeleton[]): string[] {
  return bounded(invoices.flatMap(({ shipmentIds }) => shipmentIds), MAX_SHIPMENTS, 'shipments');
}

/** Lots of these shipments, each once. Throws TOO_LARGE. */
export function lotsBehind(shipments: readonly ShipmentSkeleton[]): string[] {
  return bounded(shipments.flatMap(({ lots }) => lots), MAX_LOTS, 'lots');
}

function bounded(ids: readonly string[], most: number, what: string): string[] {
  const distinct = [...new Set(ids)];
  if (distinct.length > most) throw new DualchainError('TOO_LARGE', `A certificate may rest on at most ${most} ${what}; issue several over fewer invoices.`, { details: { most } });
  return distinct;
}
