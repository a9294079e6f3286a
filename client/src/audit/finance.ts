import type { CertificateSkeleton, FinanceKind, HoldingSkeleton, PaymentSkeleton, ReceiptPledgeSkeleton, Role } from '@dualchain/model';
import { memberOf, standsBehind } from './anchors';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { standingRecalls } from './recalls';
import { assets } from './rules';
import { changesOf } from './step';
import type { Step } from './step';

export const financeRests = stepInvariant('8', "Nothing is financed without the obligor's acceptance, the policy's evidence, a registration and a money reference", (step, state, find) => {
  for (const { before, after: pledge } of changesOf(step, 'receiptPledge')) if (before?.state === 'secured' && pledge?.state === 'live') requireReceiptLoan(pledge, step, state, find);
  for (const { before, after: holding } of changesOf(step, 'holding')) {
    if (holding === undefined || before === undefined || before.state === holding.state) continue;
    const certificate = state.get('certificate', holding.certificateId);
    // What ends by a refusal or an expiry is as it was before, in the hands of the same owner (invariant 12).
    const restored = before.owner === holding.owner && before.proposal?.prior === holding.state && holding.proposal === undefined;
    if (holding.state === 'finance locked') requireEvidence(holding, holding.proposal?.recourse === 'with' || before.proposal?.recourse === 'with' ? 'with recourse' : 'without recourse', certificate, step, state, find);
    if (holding.state === 'pledge locked') requireEvidence(holding, 'pledge', certificate, step, state, find);
    if (holding.state === 'pledged') requireLoan(before, holding, certificate, step, state, find);
    if (holding.state === 'bought back' && !restored) requireBoughtBack(before, holding, step, find);
    if (holding.state !== 'financed' || restored) continue;
    if (before.state === 'finance locked') requirePaidOut(before, holding, certificate, step, state, find);
    else if (before.state === 'pledged') requireEnforced(before, holding, step, state, find);
    else find.require(false, step, () => `holding ${holding.id} is financed without a pay-out`);
  }
});

/** Owner, financier and warehouse agreed to a loan against goods, each by its anchor, and it was paid out. */
function requireReceiptLoan(pledge: ReceiptPledgeSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { id, receiptId, receiptRoot, warehouse, owner, financier, settler, expiresAt, dueAt, cureHours, root } = pledge;
  const fact = { id, receiptId, receiptRoot, warehouse, owner, financier, settler, expiresAt, dueAt, cureHours, root };
  for (const party of [owner, financier, warehouse]) find.require(standsBehind(state, party, 'receiptPledge', [id], fact), step, () => `the loan ${id} was paid out, but ${party} did not agree to it`);
  const payments = changesOf(step, 'payment').flatMap(({ after }) => (after?.purpose === 'receipt loan' && after.pledgeId === id ? [after] : []));
  find.require(payments.length === 1 && payments[0]?.paidTo === owner, step, () => `the loan ${id} is live without a pay-out to ${owner}`);
}

export const operatorSignsNothing = stepInvariant('9', 'An organisation that only operates never signs a change of an asset', (step, state, find) => {
  if (!step.changes.some(({ type }) => assets.includes(type))) return;
  for (const mspId of new Set([step.creator, ...step.endorsers])) {
    const roles = memberOf(state, mspId)?.roles;
    find.require(roles !== undefined && roles.some((role) => role !== 'operator'), step, () => `${mspId}, ${roles === undefined ? 'no member' : 'an operator'}, signed ${step.verb}`);
  }
});

/** Witnesses of the right role, other than the parties to the deal, when the holding is locked for a financier. */
function requireEvidence(holding: HoldingSkeleton, finance: FinanceKind, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  const rules = (state.get('channelPolicy', 'current')?.policy.evidenceForFinance ?? []).filter((rule) => rule.finance.includes(finance));
  const parties = [holding.owner, holding.obligor, certificate?.supplier, certificate?.settler, holding.proposal?.financier];
  const of = (type: string, ids: readonly string[] = []) => ids.map((id) => `${type}/${id}`);
  // A witness vouches for the certificate itself, or for all of its shipments, invoices or lots: one inspected lot says nothing about the others.
  const groups = [of('certificate', [holding.certificateId]), of('shipment', certificate?.shipmentIds), of('invoice', certificate?.invoiceIds), of('lot', certificate?.lots)].filter((group) => group.length > 0);
  for (const { claim, role, count } of rules) {
    const witnesses = groups.flatMap((group) => {
      const [first = [], ...others] = group.map((subject) => witnessesOf(subject, claim, step, state));
      return first.filter((author) => others.every((each) => each.includes(author)));
    });
    const independent = new Set(witnesses.filter((author) => !parties.includes(author) && isActive(author, role, state)));
    find.require(independent.size >= count, step, () => `holding ${holding.id} was locked for finance without ${count} × ${claim} by a member with the role ${role}`);
  }
  find.require(holding.proposal?.financier !== undefined, step, () => `holding ${holding.id} is locked for no financier`);
  requireNoRecall(holding, certificate, step, state, find);
}

/** Authors of attestations that count: by their own anchor, neither taken back nor expired, and not replaced by a later word of theirs. */
function witnessesOf(subject: string, claim: string, step: Step, state: LedgerState): string[] {
  const said = [...state.find('attestationsOfSubject', subject)].filter((attestation) => attestation.claim === claim && standsBehind(state, attestation.author, 'attestation', [attestation.id], attestation));
  const replaced = new Set(said.map(({ supersedes }) => supersedes));
  return said.filter(({ id, revoked, expiresAt }) => revoked !== true && (expiresAt === undefined || expiresAt > step.at) && !replaced.has(id)).map(({ author }) => author);
}

function isActive(mspId: string, role: Role, state: LedgerState): boolean {
  const member = memberOf(state, mspId);
  return member?.state === 'active' && member.roles.includes(role);
}

function requirePaidOut(before: HoldingSkeleton, holding: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  requireAccepted(holding, certificate, step, state, find);
  requirePayment('payout', before, holding, step, find);
  const last = holding.assignments.at(-1);
  find.require(last?.from === before.owner && last.to === holding.owner && last.registrationReference !== undefined, step, () => `holding ${holding.id} was financed without a registered assignment`);
  find.require(before.proposal?.financier === holding.owner, step, () => `holding ${holding.id} went to ${holding.owner}, which is not its financier`);
  requireNoRecall(holding, certificate, step, state, find);
}

/** A loan is paid out against a pledge; the owner stays. */
function requireLoan(before: HoldingSkeleton, holding: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  requireAccepted(holding, certificate, step, state, find);
  requirePayment('loan', before, holding, step, find);
  find.require(before.owner === holding.owner && holding.proposal?.registrationReference !== undefined, step, () => `holding ${holding.id} was pledged without a registration`);
  requireNoRecall(holding, certificate, step, state, find);
}

/** The pledge of a loan that was paid out and is due passes to its financier, with the registration of the pledge. */
function requireEnforced(before: HoldingSkeleton, holding: HoldingSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { proposal } = before;
  const paid = [...state.find('paymentsOfHolding', holding.id)].some(({ purpose, loanId }) => purpose === 'loan' && loanId === proposal?.loanId);
  find.require(paid && proposal?.loanDueAt !== undefined && step.at >= proposal.loanDueAt, step, () => `the pledge of holding ${holding.id} was enforced without a loan that is due`);
  const last = holding.assignments.at(-1);
  find.require(proposal?.financier === holding.owner && last?.to === holding.owner && last.registrationReference === proposal.registrationReference, step, () => `holding ${holding.id} went to ${holding.owner}, for which its pledge is not registered`);
}

function requireBoughtBack(before: HoldingSkeleton, holding: HoldingSkeleton, step: Step, find: Findings): void {
  requirePayment('buy-back', before, holding, step, find);
  find.require(before.proposal?.seller === holding.owner, step, () => `holding ${holding.id} went to ${holding.owner}, on which no recourse was claimed`);
}

function requireAccepted({ id, certificateId }: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  const accepted = (certificate?.invoiceIds ?? []).map((invoiceId) => state.get('invoice', invoiceId));
  find.require(accepted.length > 0 && accepted.every((invoice) => invoice?.acceptedAt !== undefined), step, () => `holding ${id} was financed, but the obligor did not accept every invoice of ${certificateId}`);
}

function requirePayment(purpose: PaymentSkeleton['purpose'], before: HoldingSkeleton, { id }: HoldingSkeleton, step: Step, find: Findings): void {
  const payments = changesOf(step, 'payment').flatMap(({ after }) => (after?.purpose === purpose && after.holdingIds.includes(id) ? [after] : []));
  find.require(payments.length === 1 && payments[0]?.paidTo === before.owner, step, () => `holding ${id} was financed without a pay-out to ${before.owner}`);
}

function requireNoRecall(holding: HoldingSkeleton, certificate: CertificateSkeleton | undefined, step: Step, state: LedgerState, find: Findings): void {
  for (const lot of certificate?.lots ?? []) {
    const standing = standingRecalls(state, lot);
    find.require(standing.length === 0, step, () => `${step.verb} of ${holding.id} passed although ${lot} is under recall ${standing.join(', ')}`);
  }
}
