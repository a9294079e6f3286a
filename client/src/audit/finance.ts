import type { CertificateSkeleton, HoldingSkeleton, PaymentSkeleton } from '@dualchain/model';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { standingRecalls } from './recalls';
import { assets } from './rules';
import { changesOf } from './step';
import type { Step } from './step';

const DAY = 86_400_000;

export const financeRests = stepInvariant('8', "Nothing is financed without the obligor's acceptance, the policy's evidence, a registration and a money reference", (step, state, find) => {
  for (const { before, after: holding } of changesOf(step, 'holding')) {
    if (holding === undefined || before === undefined || before.state === holding.state) continue;
    const certificate = state.get('certificate', holding.certificateId);
    if (holding.state === 'finance locked' && before.state === 'quotes open') requireEvidence(holding, certificate, step, state, find);
    // A re-discount that was cancelled is financed as before, by the same owner.
    const restored = before.owner === holding.owner && snapshotOf(before) === 'financed';
    if (holding.state === 'financed' && before.state === 'finance locked' && !restored) requirePaidOut(before, holding, certificate, step, state, find);
    if (holding.state === 'financed') find.require(before.state === 'finance locked' || snapshotOf(before) === 'financed', step, () => `holding ${holding.id} is financed without a pay-out`);
  }
});

export const operatorSignsNothing = stepInvariant('9', 'An organisation that only operates never signs a change of an asset', (step, state, find) => {
  if (!step.changes.some(({ type }) => assets.includes(type))) return;
  for (const mspId of new Set([step.creator, ...step.endorsers])) {
    const roles = state.get('member', mspId)?.roles;
    find.require(roles !== undefined && roles.some((role) => role !== 'operator'), step, () => `${mspId}, ${roles === undefined ? 'no member' : 'an operator'}, signed ${step.verb}`);
  }
});

export const paymentOnce = stepInvariant('10', 'A payment reference is used once', (step, state, find) => {
  for (const { attributes, before, after: payment } of changesOf(step, 'payment')) {
    if (!find.require(before === undefined && payment !== undefined, step, () => `the payment ${attributes.join('/')} was used before`) || payment === undefined) continue;
    find.require(payment.settler === step.creator && settledBy(payment, state) === payment.settler, step, () => `the payment ${payment.digest} is not by the settler of ${payment.certificateId ?? payment.pledgeId ?? ''}`);
    for (const holdingId of payment.holdingIds) find.require(changesOf(step, 'holding').some(({ attributes: [id] }) => id === holdingId), step, () => `the payment ${payment.digest} names ${holdingId}, which it did not move`);
  }
});

export const tenorWithinLimit = stepInvariant('17', 'A certificate is due within the tenor limit of the consortium', (step, state, find) => {
  for (const { before, after: certificate } of changesOf(step, 'certificate')) {
    const limit = state.get('channelPolicy', 'current')?.policy.tenorLimitDays;
    if (certificate === undefined || before !== undefined || limit === undefined) continue;
    const tenor = Date.parse(certificate.dueDate) - Date.parse(step.at);
    find.require(tenor > 0 && tenor <= limit * DAY, step, () => `certificate ${certificate.id} is due at ${certificate.dueDate}, beyond ${limit} days`);
  }
});

/** Witnesses of the right role, other than the parties to the deal, when the quote is accepted. */
function requireEvidence(holding: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  const kind = holding.proposal?.recourse === 'with' ? 'with recourse' : 'without recourse';
  const rules = (state.get('channelPolicy', 'current')?.policy.evidenceForFinance ?? []).filter(({ finance }) => finance.includes(kind));
  const subjects = new Set([`certificate/${certificate?.id ?? ''}`, ...(certificate?.invoiceIds ?? []).map((id) => `invoice/${id}`), ...(certificate?.shipmentIds ?? []).map((id) => `shipment/${id}`), ...(certificate?.lots ?? []).map((id) => `lot/${id}`)]);
  const parties = [holding.owner, holding.obligor, certificate?.supplier, holding.proposal?.financier];
  for (const { claim, role, count } of rules) {
    const witnesses = [...subjects]
      .flatMap((subject) => [...state.find('attestationsOfSubject', subject)])
      .filter((attestation) => attestation.claim === claim && attestation.revoked !== true && (attestation.expiresAt === undefined || attestation.expiresAt > step.at))
      .map(({ author }) => author)
      .filter((author) => !parties.includes(author) && state.get('member', author)?.roles.includes(role) === true);
    find.require(new Set(witnesses).size >= count, step, () => `holding ${holding.id} was locked for finance without ${count} × ${claim} by a member with the role ${role}`);
  }
  requireNoRecall(holding, certificate, step, state, find);
}

function requirePaidOut(before: HoldingSkeleton, holding: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  const accepted = (certificate?.invoiceIds ?? []).map((id) => state.get('invoice', id));
  find.require(accepted.length > 0 && accepted.every((invoice) => invoice?.acceptedAt !== undefined), step, () => `holding ${holding.id} was financed, but the obligor did not accept every invoice of ${holding.certificateId}`);
  const payments = changesOf(step, 'payment').flatMap(({ after }) => (after?.purpose === 'payout' && after.holdingIds.includes(holding.id) ? [after] : []));
  find.require(payments.length === 1 && payments[0]?.paidTo === before.owner, step, () => `holding ${holding.id} was financed without a pay-out to ${before.owner}`);
  const last = holding.assignments.at(-1);
  find.require(last?.from === before.owner && last.to === holding.owner && last.registrationReference !== undefined, step, () => `holding ${holding.id} was financed without a registered assignment`);
  find.require(before.proposal?.financier === holding.owner, step, () => `holding ${holding.id} went to ${holding.owner}, which is not its financier`);
  requireNoRecall(holding, certificate, step, state, find);
}

function requireNoRecall(holding: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  for (const lot of certificate?.lots ?? []) {
    const standing = standingRecalls(state, lot);
    find.require(standing.length === 0, step, () => `${step.verb} of ${holding.id} passed although ${lot} is under recall ${standing.join(', ')}`);
  }
}

function snapshotOf({ proposal }: HoldingSkeleton): string | undefined {
  return proposal?.prior;
}

/** Who settles what a payment pays: a certificate, or a loan against a warehouse receipt. */
function settledBy({ certificateId, pledgeId }: PaymentSkeleton, state: LedgerState): string | undefined {
  return pledgeId === undefined ? state.get('certificate', certificateId ?? '')?.settler : state.get('receiptPledge', pledgeId)?.settler;
}
