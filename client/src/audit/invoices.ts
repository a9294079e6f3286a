import type { CertificateSkeleton } from '@dualchain/model';
import { invariant, stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { endedCertificateStates } from './rules';
import { changesOf } from './step';
import type { Step } from './step';

export const oneClaimPerFingerprint = invariant('4', 'There is one live claim for each invoice fingerprint', () => {
  const owners = new Map<string, string>();
  return { step(step, state, find) {
    for (const { attributes, before, after } of changesOf(step, 'fingerprint')) {
      find.require(after !== undefined && (before === undefined || before.invoiceId === after.invoiceId), step, () => `the fingerprint ${attributes.join('/')} was taken from invoice ${before?.invoiceId ?? ''}`);
    }
    for (const { before, after: invoice } of changesOf(step, 'invoice')) {
      if (invoice === undefined || before !== undefined) continue;
      for (const { kind, digest } of invoice.fingerprints) {
        const registered = state.get('fingerprint', kind, digest)?.invoiceId;
        if (kind === 'document') {
          const other = owners.get(digest);
          find.require(other === undefined && registered === invoice.id, step, () => `invoice ${invoice.id} claims what ${other ?? registered ?? 'nobody'} has the fingerprint of`);
          owners.set(digest, invoice.id);
        } else {
          find.require(registered === invoice.id || (registered !== undefined && invoice.resembles.includes(registered)), step, () => `invoice ${invoice.id} does not say that it resembles ${registered ?? 'another'}`);
        }
      }
    }
  } };
});

export const oneCertificatePerInvoice = stepInvariant('5', 'An invoice backs at most one certificate, and certificates never exceed accepted amounts', (step, state, find) => {
  for (const { after } of changesOf(step, 'certificate')) if (after !== undefined) requireBacked(after, step, state, find);
});

function requireBacked(certificate: CertificateSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { id, invoiceIds, obligor, supplier } = certificate;
  if (endedCertificateStates.includes(certificate.state)) {
    for (const invoiceId of invoiceIds) find.require(state.get('invoice', invoiceId)?.certificateId !== id, step, () => `invoice ${invoiceId} still backs the cancelled certificate ${id}`);
    return;
  }
  find.require(new Set(invoiceIds).size === invoiceIds.length, step, () => `certificate ${id} names an invoice twice`);
  for (const invoiceId of invoiceIds) {
    const others = [...state.find('certificatesOfInvoice', invoiceId)].filter((other) => other.id !== id && !endedCertificateStates.includes(other.state));
    find.require(others.length === 0, step, () => `invoice ${invoiceId} backs both ${others[0]?.id ?? ''} and ${id}`);
  }
  let total: bigint | undefined = 0n;
  for (const invoiceId of invoiceIds) {
    const invoice = state.get('invoice', invoiceId);
    find.require(invoice?.state === 'certified' && invoice.certificateId === id && invoice.acceptedAt !== undefined, step, () => `certificate ${id} rests on invoice ${invoiceId}, which is ${invoice?.state ?? 'not there'}`);
    find.require(invoice?.obligor === obligor && invoice.supplier === supplier, step, () => `invoice ${invoiceId} is of other parties than certificate ${id}`);
    const amount = state.record('invoice', invoiceId)?.['total'];
    total = total === undefined || typeof amount !== 'string' ? undefined : total + BigInt(amount);
  }
  const face = state.record('certificate', id)?.['face'];
  if (total === undefined || typeof face !== 'string') find.hide();
  else find.require(BigInt(face) === total, step, () => `the face of ${id} is not the sum of its invoices`);
}
