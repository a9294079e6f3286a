import { invoiceTable } from '@dualchain/model';
import type { CreditNoteTerms, InvoiceSkeleton, InvoiceTerms, OrderQuantities, OrderTerms, SealedRecord, tradeVerbs } from '@dualchain/model';
import type { Call, CallOf } from '../../ledger';
import { acceptCreditNote, acceptWaiver, creditedTerms, endInvoiceChange, proposeCreditNote, proposeWaiver, rematchInvoice } from '../../rules/trade/correction';
import { isCounted } from '../../rules/trade/invoice';
import { matchInvoice } from '../../rules/trade/matching';
import type { MatchException } from '../../rules/trade/matching';
import { requireLiveOrder } from '../../rules/trade/order';
import { requireTimely, rowOf } from '../../rules/trade/proposal';
import { recount } from '../../rules/trade/quantities';
import { change } from './invoices';
import { keepVersion, proposalRecordId } from './versions';

type Verbs = typeof tradeVerbs;
type InvoiceCall = Call<{ invoiceId: string }>;

/** An invoice with its terms and its order's progress, from their openings. */
export interface ProvedInvoice {
  readonly before: InvoiceSkeleton;
  readonly terms: InvoiceTerms & SealedRecord;
  readonly quantities: OrderQuantities;
  readonly parties: readonly string[];
}

/** Compared anew with the order and the receipts of now. */
export async function rematch(call: CallOf<Verbs['rematchInvoice']>): Promise<InvoiceSkeleton> {
  const proved = await prove(call);
  const invoice = rematchInvoice(proved.before, await differences(call, proved, proved.terms), call.caller.mspId);
  await writeCounts(call, proved, [{ invoice, terms: proved.terms }]);
  return write(call, proved.before, invoice);
}

/** The supplier's credit note, sealed under the id of the proposal. */
export async function proposeCredit(call: CallOf<Verbs['proposeCreditNote']>): Promise<InvoiceSkeleton> {
  const { state, sealed, input, content, caller, at, transactionId } = call;
  const { invoiceId: id, creditNoteId, expiresAt } = input;
  const before = await state.require('invoice', id);
  const parties = [before.supplier, before.obligor];
  rowOf(invoiceTable, before, 'proposeCreditNote', caller.mspId);
  const terms = await sealed.requireGenuine<InvoiceTerms>('invoice', id, parties);
  const invoice = proposeCreditNote(before, terms, content, creditNoteId, { id: transactionId, expiresAt, at }, caller.mspId);
  await sealed.seal('creditNote', proposalRecordId(id, transactionId), { invoiceId: id, creditNoteId, supplier: before.supplier, obligor: before.obligor, ...content }, parties);
  return write(call, before, invoice);
}

/** The invoice less the credit note; the old terms are kept as an earlier version. */
export async function acceptCredit(call: CallOf<Verbs['acceptCreditNote']>): Promise<InvoiceSkeleton> {
  const { sealed, caller, at } = call;
  const proved = await prove(call);
  const { before, terms, parties } = proved;
  requireTimely(before, at);
  const note = await sealed.requireGenuine<CreditNoteTerms>('creditNote', proposalRecordId(before.id, before.proposal?.id ?? ''), parties);
  const credited = creditedTerms(before, terms, note);
  const invoice = acceptCreditNote(before, await differences(call, proved, credited), caller.mspId, at);
  const root = await replaceTerms(call, proved, credited);
  await writeCounts(call, proved, [{ invoice, terms: credited }]);
  return write(call, before, { ...invoice, root });
}

/** The checker's reason, sealed under the id of the proposal. */
export async function proposeToWaive(call: CallOf<Verbs['proposeWaiver']>): Promise<InvoiceSkeleton> {
  const { sealed, input, content, caller, at, transactionId } = call;
  const invoice = await change(call, (before) => proposeWaiver(before, { id: transactionId, expiresAt: input.expiresAt, at }, caller.mspId));
  await sealed.seal('waiver', proposalRecordId(invoice.id, transactionId), { invoiceId: invoice.id, exceptions: invoice.exceptions, ...content }, [invoice.supplier, invoice.obligor]);
  return invoice;
}

/** What did not match is let pass. */
export async function acceptWaived(call: CallOf<Verbs['acceptWaiver']>): Promise<InvoiceSkeleton> {
  const proved = await prove(call);
  requireLiveOrder(await call.state.require('order', proved.before.orderId));
  const invoice = acceptWaiver(proved.before, call.caller.mspId, call.at);
  await writeCounts(call, proved, [{ invoice, terms: proved.terms }]);
  return write(call, proved.before, invoice);
}

/** The other side refuses, the proposer withdraws, or anyone ends a proposal that expired. */
export function endChange(call: InvoiceCall, verb: 'refuseInvoiceChange' | 'withdrawInvoiceChange' | 'expireInvoiceChange'): Promise<InvoiceSkeleton> {
  return change(call, (invoice) => endInvoiceChange(invoice, verb, call.caller.mspId, call.at));
}

/** Invoice, terms and quantities from their openings; first whether the caller may do it at all. Five reads. Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, OPENING_REQUIRED, NOT_GENUINE. */
export async function prove({ state, sealed, input, caller, verb }: Pick<InvoiceCall, 'state' | 'sealed' | 'input' | 'caller'> & { readonly verb: { readonly name: string } }): Promise<ProvedInvoice> {
  const before = await state.require('invoice', input.invoiceId);
  rowOf(invoiceTable, before, verb.name, caller.mspId);
  const parties = [before.supplier, before.obligor];
  const terms = await sealed.requireGenuine<InvoiceTerms>('invoice', before.id, parties);
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', before.orderId, parties);
  return { before, terms, quantities, parties };
}

/** What `terms` differ in from the order of now, apart from what the invoice itself counts already. Four reads. Throws WRONG_STATE, OPENING_REQUIRED, NOT_GENUINE. */
export async function differences({ state, sealed }: Pick<Call, 'state' | 'sealed'>, { before, terms: own, quantities, parties }: ProvedInvoice, terms: InvoiceTerms): Promise<{ line: number; code: MatchException }[]> {
  requireLiveOrder(await state.require('order', before.orderId));
  const order = await sealed.requireGenuine<OrderTerms>('order', before.orderId, parties);
  const { policy } = await state.require('channelPolicy', 'current');
  return matchInvoice(terms, order, recount(quantities, isCounted(before) ? [own] : [], []), policy);
}

/** Seals new terms of the invoice and keeps the old ones. Returns the new root. Six writes. */
export async function replaceTerms(call: Pick<Call, 'state' | 'sealed' | 'at'>, { before, terms, parties }: ProvedInvoice, next: InvoiceTerms): Promise<string> {
  await keepVersion(call, 'invoice', before, terms, parties);
  const { number, issueDate, currency, lines, total } = next;
  const { root } = await call.sealed.seal('invoice', before.id, { orderId: before.orderId, supplier: before.supplier, obligor: before.obligor, number, issueDate, currency, lines, total }, parties);
  return root;
}

/** Writes the order's quantities if what is invoiced changes with these invoices in place of the old one. Two writes. */
export async function writeCounts({ sealed }: Pick<Call, 'sealed'>, { before, terms, quantities, parties }: ProvedInvoice, after: readonly { readonly invoice: Pick<InvoiceSkeleton, 'state' | 'exceptions'>; readonly terms: InvoiceTerms }[]): Promise<void> {
  const next = recount(quantities, isCounted(before) ? [terms] : [], after.filter(({ invoice }) => isCounted(invoice)).map((each) => each.terms));
  if (next === quantities) return;
  await sealed.seal('quantities', before.orderId, { obligor: before.obligor, supplier: before.supplier, lines: next.lines }, parties);
}

/** Stores and announces. */
export async function write(call: Pick<Call, 'state' | 'emit'>, before: InvoiceSkeleton, invoice: InvoiceSkeleton): Promise<InvoiceSkeleton> {
  await call.state.update('invoice', [invoice.id], invoice);
  call.emit({ ids: { invoice: invoice.id, order: invoice.orderId }, from: before.state, to: invoice.state });
  return invoice;
}
