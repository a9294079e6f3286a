import { DualchainError, invoiceTable, parseMinorUnits, parseQuantity } from '@dualchain/model';
import type { CreditNoteTerms, InvoiceSkeleton, InvoiceState, InvoiceTerms, Transition } from '@dualchain/model';
import { outcomeOf } from '../transition';
import { standingOf } from './invoice';
import { requireExactAmounts } from './matching';
import type { MatchException } from './matching';
import { propose, requireTimely, restore, rowOf } from './proposal';
import type { Offer } from './proposal';

type Exceptions = readonly { readonly line: number; readonly code: MatchException }[];

/** Most versions of one invoice. */
const MAX_VERSIONS = 99;

/** Compared anew; `exceptions` is what differs now. Throws NOT_A_PARTY, WRONG_STATE. */
export function rematchInvoice(invoice: InvoiceSkeleton, exceptions: Exceptions, caller: string): InvoiceSkeleton {
  return settle(invoice, rowOf(invoiceTable, invoice, 'rematchInvoice', caller), exceptions);
}

/** The supplier offers a credit note. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, INVALID_INPUT, AMOUNT_MISMATCH. */
export function proposeCreditNote(invoice: InvoiceSkeleton, terms: InvoiceTerms, note: CreditNoteTerms, creditNoteId: string, offer: Offer, caller: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'proposeCreditNote', caller);
  creditedTerms(invoice, terms, note);
  const proposed = propose(invoice, row, 'credit note' as const, offer, caller);
  return { ...invoice, state: proposed.state, proposal: { ...proposed.proposal, creditNoteId } };
}

/** The buyer accepts: the invoice reduced, in its next version. `exceptions` is what still differs. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function acceptCreditNote(invoice: InvoiceSkeleton, exceptions: Exceptions, caller: string, at: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'acceptCreditNote', caller);
  requireTimely(invoice, at);
  return settle({ ...withoutProposal(invoice), version: invoice.version + 1 }, row, exceptions);
}

/**
 * What is left of an invoice after a credit note: the same lines or fewer, none with more, the total less by exactly the
 * credited amount, and never nothing. Throws INVALID_INPUT, AMOUNT_MISMATCH, TOO_LARGE; none names a figure.
 */
export function creditedTerms(invoice: InvoiceSkeleton, terms: InvoiceTerms, note: CreditNoteTerms): InvoiceTerms {
  if (invoice.version >= MAX_VERSIONS) throw new DualchainError('TOO_LARGE', `The invoice ${invoice.id} was corrected too often; withdraw it and submit it anew.`, { details: { invoiceId: invoice.id } });
  const left = note.lines.reduce((sum, line) => sum + parseMinorUnits(line.amount), 0n);
  if (left < 1n || left + parseMinorUnits(note.amount) !== parseMinorUnits(terms.total)) throw new DualchainError('AMOUNT_MISMATCH', 'What the credit note leaves and what it credits do not add up to the invoice; to credit everything, cancel or withdraw the invoice.');
  const credited = { ...terms, lines: note.lines, total: left.toString() };
  const seen = new Set<number>();
  for (const { line, quantity, unit, amount } of note.lines) {
    const before = terms.lines.find((each) => each.line === line);
    if (before === undefined || seen.has(line)) throw new DualchainError('INVALID_INPUT', `The credit note must leave each line of the invoice at most once; line ${line} is not so.`, { details: { line } });
    seen.add(line);
    if (parseMinorUnits(amount) > parseMinorUnits(before.amount) || (before.unit === unit && parseQuantity(quantity) > parseQuantity(before.quantity))) throw new DualchainError('AMOUNT_MISMATCH', `A credit note only reduces; line ${line} would have more.`, { details: { line } });
  }
  // The dispute of a part takes amounts off without regard to the price; only whole invoices are quantity times price.
  if (invoice.partOf === undefined && invoice.parts === undefined) requireExactAmounts(credited);
  return credited;
}

/** The buyer's checker offers to let the exceptions pass. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function proposeWaiver(invoice: InvoiceSkeleton, offer: Offer, caller: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'proposeWaiver', caller);
  return { ...invoice, ...propose(invoice, row, 'waiver' as const, offer, caller) };
}

/** The supplier agrees: the invoice is matched. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function acceptWaiver(invoice: InvoiceSkeleton, caller: string, at: string): InvoiceSkeleton {
  const row = rowOf(invoiceTable, invoice, 'acceptWaiver', caller);
  requireTimely(invoice, at);
  return waive(invoice, row);
}

/** The invoice exactly as it was before the proposal. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endInvoiceChange(invoice: InvoiceSkeleton, verb: 'refuseInvoiceChange' | 'withdrawInvoiceChange' | 'expireInvoiceChange', caller: string, at: string): InvoiceSkeleton {
  return restore(invoiceTable, invoice, verb, caller, at);
}

/** The invoice without its proposal and its exceptions, which both let pass. */
export function waive(invoice: InvoiceSkeleton, row: Transition<InvoiceState>): InvoiceSkeleton {
  const { exceptions } = invoice;
  const waived = exceptions.length === 0 ? {} : { waived: [...(invoice.waived ?? []), ...exceptions] };
  return settle({ ...withoutProposal(invoice), ...waived }, row, []);
}

function settle(invoice: InvoiceSkeleton, row: Transition<InvoiceState>, exceptions: InvoiceSkeleton['exceptions']): InvoiceSkeleton {
  return { ...invoice, exceptions, state: outcomeOf(row, standingOf({ ...invoice, exceptions })) };
}

function withoutProposal({ proposal: _ended, ...rest }: InvoiceSkeleton): InvoiceSkeleton {
  return rest;
}
