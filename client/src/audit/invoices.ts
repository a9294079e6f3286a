import { endedInvoiceStates } from '@dualchain/model';
import type { CertificateSkeleton, FingerprintRecord, InvoiceSkeleton } from '@dualchain/model';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { numberIn } from './numbers';
import { changesOf } from './step';
import type { Change, Step } from './step';

export const oneClaimPerFingerprint = stepInvariant('4', 'There is one live claim for each invoice fingerprint', (step, state, find) => {
  for (const { attributes, before, after } of changesOf(step, 'fingerprint')) {
    if (before === undefined || (after !== undefined && after.invoiceId === before.invoiceId)) continue;
    requireFreed(attributes, before, after, step, state, find);
  }
  for (const { before, after: invoice } of changesOf(step, 'invoice')) {
    if (invoice === undefined || before !== undefined) continue;
    for (const { kind, digest } of invoice.fingerprints) {
      const registered = state.get('fingerprint', kind, digest)?.invoiceId;
      if (kind === 'document') find.require(registered === invoice.id, step, () => `invoice ${invoice.id} claims what ${registered ?? 'nobody'} has the fingerprint of`);
      else find.require(registered === invoice.id || (registered !== undefined && invoice.resembles.includes(registered)), step, () => `invoice ${invoice.id} does not say that it resembles ${registered ?? 'another'}`);
    }
  }
});

export const oneCertificatePerInvoice = stepInvariant('5', 'An invoice backs at most one certificate, certificates never exceed accepted amounts, and these change only by credit note and dispute', (step, state, find) => {
  for (const { after } of changesOf(step, 'certificate')) if (after !== undefined) requireBacked(after, step, state, find);
  for (const change of changesOf(step, 'invoice')) requireAmountKept(change, step, state, find);
});

/** A fingerprint leaves an invoice when it and all its parts have ended, and goes to the first look-alike behind it. */
function requireFreed(attributes: readonly string[], before: FingerprintRecord, after: FingerprintRecord | undefined, step: Step, state: LedgerState, find: Findings): void {
  const name = `the fingerprint ${attributes.join('/')}`;
  const holder = state.get('invoice', before.invoiceId);
  const origin = holder?.partOf ?? before.invoiceId;
  const family = [state.get('invoice', origin), ...state.find('partsOfInvoice', origin)];
  const live = family.find((invoice) => invoice !== undefined && !endedInvoiceStates.includes(invoice.state));
  find.require(holder !== undefined && live === undefined, step, () => `${name} was taken from invoice ${live?.id ?? before.invoiceId}, which is a live claim`);
  find.require(after?.invoiceId === before.others?.[0], step, () => `${name} went to ${after?.invoiceId ?? 'nobody'} and not to ${before.others?.[0] ?? 'nobody'}, which stood behind ${before.invoiceId}`);
}

/** Whether the certificate uses its invoices up: until it ended before it was a claim; one that a dispute cancelled does for good. */
function usesUp({ state, dispute }: CertificateSkeleton): boolean {
  return state !== 'cancelled' || dispute !== undefined;
}

function requireBacked(certificate: CertificateSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { id, invoiceIds, obligor, supplier } = certificate;
  if (!usesUp(certificate)) {
    for (const invoiceId of invoiceIds) find.require(state.get('invoice', invoiceId)?.certificateId !== id, step, () => `invoice ${invoiceId} still backs the cancelled certificate ${id}`);
    return;
  }
  find.require(new Set(invoiceIds).size === invoiceIds.length, step, () => `certificate ${id} names an invoice twice`);
  let total: bigint | undefined = 0n;
  for (const invoiceId of invoiceIds) {
    const others = [...state.find('certificatesOfInvoice', invoiceId)].filter((other) => other.id !== id && usesUp(other));
    find.require(others.length === 0, step, () => `invoice ${invoiceId} backs both ${others[0]?.id ?? ''} and ${id}`);
    const invoice = state.get('invoice', invoiceId);
    find.require(invoice?.state === 'certified' && invoice.certificateId === id && invoice.acceptedAt !== undefined, step, () => `certificate ${id} rests on invoice ${invoiceId}, which is ${invoice?.state ?? 'not there'}`);
    find.require(invoice?.obligor === obligor && invoice.supplier === supplier, step, () => `invoice ${invoiceId} is of other parties than certificate ${id}`);
    const amount = numberIn(state.record('invoice', invoiceId), 'total');
    total = total === undefined || amount === undefined ? undefined : total + amount;
  }
  const face = numberIn(state.record('certificate', id), 'face');
  if (total === undefined || face === undefined) find.hide();
  else find.require(face === total, step, () => `the face of ${id} is not the sum of its invoices`);
}

function requireAmountKept({ before, after }: Change<'invoice'>, step: Step, state: LedgerState, find: Findings): void {
  if (before === undefined || after === undefined) return;
  const record = step.records.find((change) => change.after?.type === 'invoice' && change.after.id === after.id);
  if (record === undefined) {
    if (before.root !== after.root) find.hide();
    return;
  }
  const [was, is] = [numberIn(record.before, 'total'), numberIn(record.after, 'total')];
  if (was === undefined || is === undefined) return find.hide();
  const parts = changesOf(step, 'invoice').flatMap((change) => (change.before === undefined && change.after?.partOf === after.id ? [change.after] : []));
  const taken = parts.reduce<bigint | undefined>((sum, { id }) => addTo(sum, numberIn(state.record('invoice', id), 'total')), 0n);
  if (step.verb === 'acceptCreditNote') find.require(is >= 1n && is < was, step, () => `the credit note did not reduce invoice ${after.id}`);
  else if (taken === undefined) find.hide();
  else find.require(is + taken === was, step, () => `${step.verb} changed the amount of invoice ${after.id}${parts.length === 0 ? '' : ' and its parts'}`);
}

function addTo(sum: bigint | undefined, amount: bigint | undefined): bigint | undefined {
  return sum === undefined || amount === undefined ? undefined : sum + amount;
}

/** Whether an invoice is a claim. */
export function isLiveInvoice({ state }: InvoiceSkeleton): boolean {
  return !endedInvoiceStates.includes(state);
}
