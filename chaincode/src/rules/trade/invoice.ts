import { DualchainError, endedInvoiceStates, invoiceTable } from '@dualchain/model';
import type { InvoiceSkeleton, InvoiceState, OrderSkeleton, ShipmentSkeleton } from '@dualchain/model';
import { outcomeOf, requireTransition } from '../transition';
import type { Fingerprint } from './fingerprint';
import type { MatchException } from './matching';
import { requireOpenOrder } from './order';

const DAY = 86_400_000;

export interface Submission {
  /** The supplier invoices, or the buyer bills itself. */
  readonly verb: 'submitInvoice' | 'selfBillInvoice';
  readonly id: string;
  readonly order: OrderSkeleton;
  readonly shipments: readonly ShipmentSkeleton[];
  readonly exceptions: readonly { readonly line: number; readonly code: MatchException }[];
  readonly fingerprints: readonly Fingerprint[];
  /** Invoices that hold the same fingerprints already. */
  readonly taken: readonly { readonly kind: string; readonly invoiceId: string }[];
  /** Days that the policy gives the obligor to answer. */
  readonly acceptanceDeadlineDays: number;
  readonly caller: string;
  readonly at: string;
}

/**
 * A new invoice: matched, an exception, or blocked because it resembles a live one. Throws DUPLICATE_INVOICE for the
 * same document, NOT_A_PARTY, WRONG_STATE, INVALID_INPUT.
 */
export function submitInvoice(submission: Submission): Omit<InvoiceSkeleton, 'root'> {
  const { verb, id, order, shipments, exceptions, fingerprints, taken, acceptanceDeadlineDays, caller, at } = submission;
  const { supplier, obligor } = order;
  const row = requireTransition(invoiceTable, verb, { id, state: null, parties: { supplier, obligor } }, caller);
  requireOpenOrder(order, caller, verb === 'submitInvoice' ? 'supplier' : 'obligor');
  const foreign = shipments.find(({ orderId }) => orderId !== order.id);
  if (foreign !== undefined) throw new DualchainError('INVALID_INPUT', `The shipment ${foreign.id} belongs to the order ${foreign.orderId}.`, { details: { shipmentId: foreign.id } });
  const same = taken.find(({ kind }) => kind === 'document');
  if (same !== undefined) throw new DualchainError('DUPLICATE_INVOICE', `This invoice is on the ledger already as ${same.invoiceId}.`, { details: { invoiceId: same.invoiceId } });
  const resembles = [...new Set(taken.map(({ invoiceId }) => invoiceId))].sort();
  const state = outcomeOf(row, standingOf({ exceptions, resembles }));
  const acceptanceDueAt = new Date(Date.parse(at) + acceptanceDeadlineDays * DAY).toISOString();
  return { id, orderId: order.id, shipmentIds: shipments.map((shipment) => shipment.id), supplier, obligor, state, version: 1, exceptions, fingerprints, resembles, submittedAt: at, acceptanceDueAt };
}

/** The state of an invoice that nobody approved, disputed or proposed to change: what does not match, or looks like another, cannot be approved. */
export function standingOf({ exceptions, resembles, overrideReason }: Pick<InvoiceSkeleton, 'exceptions' | 'resembles' | 'overrideReason'>): InvoiceState {
  if (exceptions.length > 0) return 'exception';
  return resembles.length > 0 && overrideReason === undefined ? 'blocked' : 'matched';
}

/** Whether its quantities count in the order: it matches, or was let pass, and is still there. */
export function isCounted({ state, exceptions }: Pick<InvoiceSkeleton, 'state' | 'exceptions'>): boolean {
  return exceptions.length === 0 && !endedInvoiceStates.includes(state);
}

/** The buyer's checker says that a look-alike is a new invoice. Throws NOT_A_PARTY, WRONG_STATE. */
export function overrideNearDuplicate(invoice: InvoiceSkeleton, reason: string, caller: string): InvoiceSkeleton {
  return { ...invoice, state: step(invoice, 'overrideNearDuplicate', caller), overrideReason: reason };
}

/** The buyer's maker proposes to accept. Throws NOT_A_PARTY, NEAR_DUPLICATE, INVOICE_ALREADY_ACCEPTED, WRONG_STATE. */
export function approveInvoice(invoice: InvoiceSkeleton, caller: string, identity: string): InvoiceSkeleton {
  return { ...invoice, state: step(invoice, 'approveInvoice', caller), approvedBy: identity };
}

/** The buyer's checker accepts; the obligation is unconditional. Throws as `approveInvoice`, and SAME_IDENTITY where its organisation asks for two people. */
export function acceptInvoice(invoice: InvoiceSkeleton, caller: string, identity: string, at: string, twoPeople = true): InvoiceSkeleton {
  const state = step(invoice, 'acceptInvoice', caller);
  if (twoPeople && invoice.approvedBy === identity) throw new DualchainError('SAME_IDENTITY', `The invoice ${invoice.id} was approved by this very identity; another person must accept it.`, { details: { id: invoice.id } });
  return { ...invoice, state, acceptedAt: at };
}

function step(invoice: InvoiceSkeleton, verb: string, caller: string): InvoiceState {
  const { id, state } = invoice;
  const accepted = state === 'accepted' || state === 'certified';
  const code = accepted ? 'INVOICE_ALREADY_ACCEPTED' : state === 'blocked' ? 'NEAR_DUPLICATE' : 'WRONG_STATE';
  return requireTransition<InvoiceState>(invoiceTable, verb, { id, state, parties: invoice }, caller, code).to;
}
