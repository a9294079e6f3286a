import { DualchainError } from '@dualchain/model';
import type { InvoiceSkeleton, tradeVerbs } from '@dualchain/model';
import { allOf } from '../../ledger';
import type { CallOf } from '../../ledger';
import { acceptResolution, disputePart, disputeWhole, divideTerms, proposeResolution, requireDivisible, withdrawInvoice } from '../../rules/trade/dispute';
import { freeFingerprint, hasEnded } from '../../rules/trade/ending';
import { requireLiveOrder } from '../../rules/trade/order';
import { differences, prove, replaceTerms, write, writeCounts } from './corrections';
import type { ProvedInvoice } from './corrections';
import { change } from './invoices';
import { proposalRecordId } from './versions';

type Verbs = typeof tradeVerbs;

/** The whole invoice or a part of it is blocked, the reason sealed. */
export async function dispute(call: CallOf<Verbs['disputeInvoice']>): Promise<InvoiceSkeleton> {
  const { input, content, sealed, caller, at, transactionId } = call;
  const { invoiceId, partId } = input;
  const { lines } = content;
  if ((partId === undefined) !== (lines === undefined)) throw new DualchainError('INVALID_INPUT', 'A part is disputed by its own new id and its lines, the whole invoice by neither.', { details: { invoiceId } });
  const disputed = partId === undefined ? await change(call, (invoice) => disputeWhole(invoice, transactionId, caller.mspId, at)) : await divide(call, partId, lines ?? []);
  await sealed.seal('invoiceDispute', proposalRecordId(disputed.id, transactionId), { invoiceId: disputed.id, by: caller.mspId, ...content }, [disputed.supplier, disputed.obligor]);
  return disputed;
}

/** The part becomes an invoice of its own; what is left goes on. Answers the part. */
async function divide(call: CallOf<Verbs['disputeInvoice']>, partId: string, lines: NonNullable<CallOf<Verbs['disputeInvoice']>['content']['lines']>): Promise<InvoiceSkeleton> {
  const { state, sealed, caller, at, transactionId } = call;
  const proved = await prove(call);
  const { before, terms, parties } = proved;
  requireDivisible(before);
  if ((await state.get('invoice', partId)) !== undefined) throw new DualchainError('ALREADY_EXISTS', `There is an invoice ${partId} already; choose another id for the part.`, { details: { type: 'invoice', id: partId } });
  const divided = divideTerms(terms, lines);
  const exceptions = before.exceptions.length === 0 ? [] : await differences(call, proved, divided.rest);
  const { rest, part } = disputePart(before, { partId, disputeId: transactionId, divided, exceptions }, caller.mspId, at);
  const root = await replaceTerms(call, proved, divided.rest);
  const { number, issueDate, currency, total } = divided.part;
  const sealing = await sealed.seal('invoice', partId, { orderId: part.orderId, supplier: part.supplier, obligor: part.obligor, partOf: before.id, number, issueDate, currency, lines: divided.part.lines, total }, parties);
  await writeCounts(call, proved, [{ invoice: rest, terms: divided.rest }, { invoice: part, terms: divided.part }]);
  const skeleton = { ...part, root: sealing.root };
  await state.update('invoice', [before.id], { ...rest, root });
  await state.create('invoice', [partId], skeleton, allOf(parties));
  await state.index('obligorInvoice', [part.obligor, part.submittedAt, partId]);
  call.emit({ ids: { invoice: [before.id, partId], order: part.orderId }, from: before.state, to: part.state });
  return skeleton;
}

/** How the dispute is to end. */
export function proposeToResolve(call: CallOf<Verbs['proposeResolution']>): Promise<InvoiceSkeleton> {
  const { input, caller, at, transactionId } = call;
  return change(call, (invoice) => proposeResolution(invoice, input.outcome, { id: transactionId, expiresAt: input.expiresAt, at }, caller.mspId));
}

/** Matched, or cancelled with its fingerprints free again. */
export async function resolve(call: CallOf<Verbs['acceptResolution']>): Promise<InvoiceSkeleton> {
  const proved = await prove(call);
  const invoice = acceptResolution(proved.before, call.caller.mspId, call.at);
  if (invoice.state === 'cancelled') return end(call, proved, invoice);
  requireLiveOrder(await call.state.require('order', invoice.orderId));
  await writeCounts(call, proved, [{ invoice, terms: proved.terms }]);
  return write(call, proved.before, invoice);
}

/** The supplier takes its invoice back. */
export async function withdraw(call: CallOf<Verbs['withdrawInvoice']>): Promise<InvoiceSkeleton> {
  const proved = await prove(call);
  return end(call, proved, withdrawInvoice(proved.before, call.caller.mspId));
}

/** The invoice ends: its quantities are open again, and with the last of its family its fingerprints are free. */
async function end(call: CallOf<Verbs['withdrawInvoice']>, proved: ProvedInvoice, invoice: InvoiceSkeleton): Promise<InvoiceSkeleton> {
  const { state } = call;
  const origin = invoice.partOf === undefined ? invoice : await state.require('invoice', invoice.partOf);
  const family = [invoice];
  if (origin.id !== invoice.id) family.push(origin);
  for (const id of origin.parts ?? []) if (id !== invoice.id) family.push(await state.require('invoice', id));
  if (hasEnded(family)) {
    for (const { kind, digest } of origin.fingerprints) {
      const record = await state.require('fingerprint', kind, digest);
      const left = freeFingerprint(record, origin.id);
      if (left === undefined) await state.remove('fingerprint', kind, digest);
      else await state.update('fingerprint', [kind, digest], left);
    }
  }
  await writeCounts(call, proved, [{ invoice, terms: proved.terms }]);
  return write(call, proved.before, invoice);
}
