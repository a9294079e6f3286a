import type { certificateVerbs, Created, HoldingSkeleton, LoanSkeleton, Opened } from '@dualchain/model';
import { opened, requireMember, requireNoRecall, requireNotFrozen, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { acceptPledge, confirmLoan, draftLoan, endPledge, enforcePledge, loanStateNow, offerPledge, requireSecured } from '../../rules/finance/pledge';
import { expireProposal } from '../../rules/holding/proposal';
import { requireUndisputed } from '../../rules/protection/dispute';
import { requireEvidence } from './evidence';
import { acceptedQuotePolicy, holdingPolicy, lockedHoldingPolicy, pledgedHoldingPolicy } from './policies';
import { proveTerms, requireAnotherHop, requireHolding, requireSharedTerms, shareTerms } from './records';

type Verbs = typeof certificateVerbs;

/** Handlers of loans and pledges (docs/claims.md, "Pledge"). */
export const pledgingHandlers = {
  /** Reads 9; writes 8: loan terms and holding terms for those who may read them, skeleton with its policy. */
  draftLoan: draft,
  /** Reads 10; writes 2. */
  offerPledge: offer,
  /** Reads 12, a lot's flags, and the attestations that the policy asks for; writes 2. */
  acceptPledge: accept,
  /** Reads 4; writes 2. */
  refusePledge: (call: CallOf<Verbs['refusePledge']>) => end(call, (holding) => endPledge(holding, 'refusePledge', call.caller.mspId)),
  /** Reads 4; writes 2. */
  withdrawPledge: (call: CallOf<Verbs['withdrawPledge']>) => end(call, (holding) => endPledge(holding, 'withdrawPledge', call.caller.mspId)),
  /** Reads 4; writes 2. */
  expirePledge: (call: CallOf<Verbs['expirePledge']>) => end(call, (holding) => expireProposal(holding, 'expirePledge', call.caller.mspId, call.at)),
  /** Reads 12 and a lot's flags; writes 6: holding with its policy, loan, payment with its policy and anchor. */
  confirmLoan: payOut,
  /** Reads 4; writes 2. */
  releasePledge: (call: CallOf<Verbs['releasePledge']>) => end(call, (holding) => endPledge(holding, 'releasePledge', call.caller.mspId)),
  /** Reads 7; writes 5: terms for three, skeleton with its policy. */
  enforcePledge: enforce,
  openLoan: open,
};

/** Terms go to owner, financier and settler, who alone endorse; so does the holding that is to be pledged. */
async function draft(call: CallOf<Verbs['draftLoan']>): Promise<Created<LoanSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { loanId: id, holdingId, financier, loanDueAt } = input;
  const { holding, certificate } = await requireHolding(call, holdingId);
  const fields = { holdingId, certificateId: certificate.id, owner: caller.mspId, financier, loanDueAt, ...content };
  const readers = [caller.mspId, financier, certificate.settler];
  const standing = await state.get('loan', id);
  if (standing !== undefined) {
    const { owner, settler } = standing;
    const same = owner === caller.mspId && standing.financier === financier && (await sealed.holdsSame('claimLoan', id, fields, [owner, financier, settler]));
    requireSameContent('loan', [id], [standing.holdingId, standing.loanDueAt], [holdingId, loanDueAt], same);
    return { ...standing, already: true };
  }
  const drafted = draftLoan(holding, { id, financier, loanDueAt, at }, certificate, caller.mspId);
  await requireMember(call, financier, 'financier');
  requireSecured(content, await proveTerms(call, holding));
  await shareTerms(call, holdingId, [financier, certificate.settler]);
  const { root } = await sealed.seal('claimLoan', id, fields, readers);
  const loan = { ...drafted, root };
  await state.create('loan', [id], loan, acceptedQuotePolicy(caller.mspId, financier, certificate.settler));
  call.emit({ ids: { loan: id, holding: holdingId, certificate: certificate.id }, from: null, to: loan.state });
  return loan;
}

/** The lock. The obligor endorses it and compares hashes; it never sees the loan. */
async function offer(call: CallOf<Verbs['offerPledge']>): Promise<HoldingSkeleton> {
  const { state, sealed, input, caller, at, transactionId } = call;
  const { holdingId, loanId, expiresAt } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const loan = await state.require('loan', loanId);
  const holding = offerPledge(transactionId, before, loan, certificate, expiresAt, caller.mspId, at);
  await requireAnotherHop(call, before, certificate);
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  // The copies that were opened with the draft must be the present ones: with them the settler and the financier go on.
  await sealed.requireShared('holding', holdingId, [before.owner, loan.financier, loan.settler]);
  await sealed.requireShared('claimLoan', loanId, [loan.owner, loan.financier, loan.settler]);
  await store(call, before, holding, lockedHoldingPolicy(holding, loan.financier, loan.settler));
  return holding;
}

async function accept(call: CallOf<Verbs['acceptPledge']>): Promise<HoldingSkeleton> {
  const { state, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, call.input.holdingId);
  const holding = acceptPledge(before, certificate, caller.mspId, at);
  await requireAnotherHop(call, before, certificate);
  await requireNotFrozen(call, certificate, [before]);
  requireUndisputed(certificate, at);
  await requireSharedTerms(call, before);
  await requireNoRecall(call, certificate.lots, `the certificate ${certificate.id} cannot secure a new loan until it is lifted`);
  const { policy } = await state.require('channelPolicy', 'current');
  const { obligor, supplier, settler } = certificate;
  await requireEvidence(call, policy, 'pledge', certificate, [before.owner, obligor, supplier, caller.mspId, settler]);
  await store(call, before, holding, lockedHoldingPolicy(holding, caller.mspId, settler));
  return holding;
}

/** Refused, withdrawn, expired or repaid: exactly as before, and nothing private is written. */
async function end(call: Call<{ holdingId: string }>, decide: (holding: HoldingSkeleton) => HoldingSkeleton): Promise<HoldingSkeleton> {
  const before = await call.state.require('holding', call.input.holdingId);
  const holding = decide(before);
  await requireSharedTerms(call, before);
  await store(call, before, holding, holdingPolicy(holding));
  return holding;
}

async function payOut(call: CallOf<Verbs['confirmLoan']>): Promise<Created<HoldingSkeleton>> {
  const { state, sealed, anchors, input, caller, at } = call;
  const { holdingId, loanId, paymentReference, registrationReference } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'loan', holdingIds: [holdingId], certificateId: certificate.id, loanId, registrationReference } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { ...before, already: true };
  }
  const next = confirmLoan(before, await state.require('loan', loanId), certificate, registrationReference, caller.mspId, at);
  const { financier } = next.loan;
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  await sealed.requireShared('claimLoan', loanId, [financier, certificate.settler]);
  await requireNoRecall(call, certificate.lots, `the certificate ${certificate.id} cannot secure a new loan until it is lifted`);
  const paid = { ...payment, paidTo: before.owner, at };
  await state.update('loan', [loanId], next.loan);
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
  await store(call, before, next.holding, pledgedHoldingPolicy(next.holding, financier));
  return next.holding;
}

/** The financier is the owner, with terms sealed anew. */
async function enforce(call: CallOf<Verbs['enforcePledge']>): Promise<HoldingSkeleton> {
  const { sealed, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, call.input.holdingId);
  const next = enforcePledge(before, certificate, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  const terms = await proveTerms(call, before);
  const { root } = await sealed.seal('holding', before.id, { ...terms, owner: next.owner }, [next.obligor, next.owner, certificate.settler]);
  const holding = { ...next, root };
  await store(call, before, holding, holdingPolicy(holding));
  return holding;
}

async function open({ state, sealed, input }: CallOf<Verbs['openLoan']>): Promise<Opened<LoanSkeleton>> {
  const loan = await state.require('loan', input.id);
  const record = await sealed.own('claimLoan', loan.id);
  const skeleton = { ...loan, state: loanStateNow(loan, await state.require('holding', loan.holdingId)) };
  return opened(skeleton, record);
}

async function store(call: Pick<Call, 'state' | 'emit'>, before: HoldingSkeleton, after: HoldingSkeleton, policy: Parameters<Call['state']['create']>[3]): Promise<void> {
  await call.state.update('holding', [after.id], after, policy);
  const loanId = (after.proposal ?? before.proposal)?.loanId;
  call.emit({ ids: { holding: after.id, certificate: after.certificateId, ...(loanId === undefined ? {} : { loan: loanId }) }, from: before.state, to: after.state });
}
