import { DualchainError, formatQuantity, invoiceTable, parseMinorUnits, parseQuantity } from '@dualchain/model';
import type { InvoiceDisputeTerms, InvoiceSkeleton, InvoiceTerms } from '@dualchain/model';
import { outcomeOf } from '../transition';
import { waive } from './correction';
import { standingOf } from './invoice';
import type { MatchException } from './matching';
import { propose, requireTimely, rowOf } from './proposal';
import type { Offer } from './proposal';

/** Most parts that may be taken out of one invoice. */
const MAX_PARTS = 20;

type Exceptions = readonly { readonly line: number; readonly code: MatchException }[];

/** The whole invoice is blocked until both agree. Throws NOT_A_PARTY, WRONG_STATE. */
export function disputeWhole(invoice: InvoiceSkeleton, disputeId: string, caller: string, at: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'disputeInvoice', caller);
  const { approvedBy: _void, ...rest } = invoice;
  return { ...rest, state: row.to, dispute: { id: disputeId, by: caller, at } };
}

/** An invoice in two: what is not disputed, and the part that is. */
export interface Divided {
  readonly rest: InvoiceTerms;
  readonly part: InvoiceTerms;
}

/** Takes the disputed quantities and amounts off the lines; both totals add up to the old one, and neither is nothing. Throws INVALID_INPUT, AMOUNT_MISMATCH; none names a figure. */
export function divideTerms(terms: InvoiceTerms, disputed: NonNullable<InvoiceDisputeTerms['lines']>): Divided {
  const asked = new Map<number, { quantity: bigint; amount: bigint }>();
  for (const { line, quantity, amount } of disputed) {
    const found = terms.lines.find((each) => each.line === line);
    if (found === undefined || asked.has(line)) throw new DualchainError('INVALID_INPUT', `A dispute names each line of the invoice at most once; line ${line} is not so.`, { details: { line } });
    const part = { quantity: parseQuantity(quantity), amount: parseMinorUnits(amount) };
    if (part.amount > parseMinorUnits(found.amount) || part.quantity > parseQuantity(found.quantity)) throw new DualchainError('AMOUNT_MISMATCH', `More of line ${line} is disputed than the invoice has.`, { details: { line } });
    asked.set(line, part);
  }
  const part = totalled(terms, terms.lines.flatMap((line) => {
    const taken = asked.get(line.line);
    return taken === undefined ? [] : [{ ...line, quantity: formatQuantity(taken.quantity), amount: taken.amount.toString() }];
  }));
  const rest = totalled(terms, terms.lines.flatMap((line) => {
    const taken = asked.get(line.line) ?? { quantity: 0n, amount: 0n };
    const left = { quantity: parseQuantity(line.quantity) - taken.quantity, amount: parseMinorUnits(line.amount) - taken.amount };
    return left.quantity === 0n && left.amount === 0n ? [] : [{ ...line, quantity: formatQuantity(left.quantity), amount: left.amount.toString() }];
  }));
  if (part.total === '0') throw new DualchainError('AMOUNT_MISMATCH', 'The dispute names no amount.');
  if (rest.total === '0') throw new DualchainError('AMOUNT_MISMATCH', 'Nothing is left beside the disputed part; dispute the whole invoice instead, without lines.');
  return { rest, part };
}

export interface PartOfInvoice {
  readonly partId: string;
  readonly disputeId: string;
  readonly divided: Divided;
  /** What differs in the rest, compared anew; of an invoice that matched: nothing. */
  readonly exceptions: Exceptions;
}

/** A part becomes an invoice of its own, disputed; the rest goes on, to be approved anew. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, TOO_LARGE. */
export function disputePart(invoice: InvoiceSkeleton, { partId, disputeId, divided, exceptions }: PartOfInvoice, caller: string, at: string): { rest: Omit<InvoiceSkeleton, 'root'>; part: Omit<InvoiceSkeleton, 'root'> } {
  const row = rowOf(invoiceTable, invoice, 'disputeInvoice', caller);
  requireDivisible(invoice);
  const { approvedBy: _void, root: _replaced, ...standing } = invoice;
  const parts = [...(invoice.parts ?? []), partId];
  const rest = { ...standing, version: invoice.version + 1, exceptions, parts };
  const lines = new Set(divided.part.lines.map(({ line }) => line));
  // What both let pass of these lines they let pass in the part as well.
  const waived = (invoice.waived ?? []).filter(({ line }) => lines.has(line));
  const { id, orderId, shipmentIds, supplier, obligor, submittedAt, acceptanceDueAt } = invoice;
  return {
    rest: { ...rest, state: outcomeOf(row, standingOf(rest)) },
    part: {
      id: partId, orderId, shipmentIds, supplier, obligor, state: row.to, version: 1, exceptions: invoice.exceptions.filter(({ line }) => lines.has(line)), fingerprints: [], resembles: [],
      submittedAt, acceptanceDueAt, dispute: { id: disputeId, by: caller, at }, partOf: id, ...(waived.length > 0 && { waived }),
    },
  };
}

/** Throws INVALID_INPUT for a part, TOO_LARGE for an invoice of too many. */
export function requireDivisible({ id, partOf, parts = [] }: InvoiceSkeleton): void {
  if (partOf !== undefined) throw new DualchainError('INVALID_INPUT', `The invoice ${id} is a part of ${partOf}; a part is disputed as a whole.`, { details: { invoiceId: id, partOf } });
  if (parts.length >= MAX_PARTS) throw new DualchainError('TOO_LARGE', `The invoice ${id} has ${MAX_PARTS} disputed parts already; dispute what is left as a whole.`, { details: { invoiceId: id } });
}

/** One side proposes how the dispute ends. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function proposeResolution(invoice: InvoiceSkeleton, outcome: 'matched' | 'cancelled', offer: Offer, caller: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'proposeResolution', caller);
  const proposed = propose(invoice, row, 'resolution' as const, offer, caller);
  return { ...invoice, state: proposed.state, proposal: { ...proposed.proposal, outcome } };
}

/** The other side agrees: matched, with what did not match let pass by both, or cancelled. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function acceptResolution(invoice: InvoiceSkeleton, caller: string, at: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'acceptResolution', caller);
  requireTimely(invoice, at);
  if (invoice.proposal?.outcome !== 'cancelled') return waive(invoice, row);
  const { proposal: _accepted, ...rest } = invoice;
  return { ...rest, state: outcomeOf(row, 'cancelled') };
}

/** The supplier takes its invoice back. Throws NOT_A_PARTY, WRONG_STATE. */
export function withdrawInvoice(invoice: InvoiceSkeleton, caller: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'withdrawInvoice', caller);
  const { approvedBy: _void, ...rest } = invoice;
  return { ...rest, state: row.to };
}

function totalled(terms: InvoiceTerms, lines: InvoiceTerms['lines']): InvoiceTerms {
  return { ...terms, lines, total: lines.reduce((sum, { amount }) => sum + parseMinorUnits(amount), 0n).toString() };
}
