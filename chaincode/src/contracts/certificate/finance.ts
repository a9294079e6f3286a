import type { certificateVerbs, CertificateSkeleton, Created, HoldingSkeleton, QuoteSkeleton } from '@dualchain/model';
import { requireMember, requireNoRecall, requireNotFrozen, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { cancelFinance, confirmPayout, lockForFinance, requestQuotes, requirePayoutOpenable, withdrawQuotes } from '../../rules/finance/finance';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { declineQuote, requireQuoteTerms, submitQuote, withdrawQuote } from '../../rules/finance/quote';
import { requireHop } from '../../rules/holding/hop';
import { expireProposal } from '../../rules/holding/proposal';
import { requireUndisputed } from '../../rules/protection/dispute';
import { requireEvidence } from './evidence';
import { acceptedQuotePolicy, holdingPolicy, lockedHoldingPolicy, openQuotePolicy } from './policies';
import { proveTerms, requireAnotherHop, requireHolding, requireSharedTerms, shareTerms } from './records';

type Verbs = typeof certificateVerbs;

/** Id of the sealed record of a quote. */
export function quoteRecordId(holdingId: string, quoteId: string): string {
  return `${holdingId}/${quoteId}`;
}

/** The owner asks financiers, who get the terms. */
export async function request(call: CallOf<Verbs['requestQuotes']>): Promise<HoldingSkeleton> {
  const { input, caller, at, transactionId } = call;
  const { holdingId, ...wanted } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const holding = requestQuotes(before, { id: transactionId, ...wanted, at }, certificate, caller.mspId);
  for (const financier of wanted.financiers) await requireMember(call, financier, 'financier');
  await requireAnotherHop(call, before, certificate);
  await requireNotFrozen(call, certificate, [before]);
  requireUndisputed(certificate, at);
  await requireCleanGoods(call, certificate);
  await proveTerms(call, before);
  await shareTerms(call, holdingId, wanted.financiers);
  await store(call, before, holding);
  return holding;
}

/** The owner stops asking. */
export async function withdraw(call: CallOf<Verbs['withdrawQuotes']>): Promise<HoldingSkeleton> {
  const before = await call.state.require('holding', call.input.holdingId);
  const holding = withdrawQuotes(before, call.caller.mspId);
  await requireSharedTerms(call, before);
  await store(call, before, holding);
  return holding;
}

/** A financier quotes; obligor and other financiers neither see the quote nor endorse it. */
export async function quote(call: CallOf<Verbs['submitQuote']>): Promise<Created<QuoteSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { holdingId, quoteId, expiresAt } = input;
  const { holding, certificate } = await requireHolding(call, holdingId);
  const recordId = quoteRecordId(holdingId, quoteId);
  const fieldsFor = (requestId: string, owner: string) => ({ holdingId, certificateId: holding.certificateId, requestId, owner, financier: caller.mspId, ...content });
  const standing = await state.get('quote', holdingId, quoteId);
  if (standing !== undefined) {
    const same = standing.financier === caller.mspId && (await sealed.holdsSame('quote', recordId, fieldsFor(standing.requestId, standing.owner), [standing.owner, standing.financier]));
    requireSameContent('quote', [holdingId, quoteId], standing.expiresAt, expiresAt, same);
    return { ...standing, already: true };
  }
  const offered = submitQuote(holding, { quoteId, expiresAt, at }, caller.mspId);
  await requireNotFrozen(call, certificate, [holding]);
  requireUndisputed(certificate, at);
  const terms = await proveTerms(call, holding);
  requireQuoteTerms(content, terms);
  const { root } = await sealed.seal('quote', recordId, fieldsFor(offered.requestId, offered.owner), [offered.owner, offered.financier]);
  await state.create('quote', [holdingId, quoteId], { ...offered, root }, openQuotePolicy(offered.owner, offered.financier));
  call.emit({ ids: { quote: quoteId, holding: holdingId, certificate: holding.certificateId }, from: null, to: offered.state });
  return { ...offered, root };
}

/** A financier that was asked will not quote. It says so by its own anchor, so that nobody can say it for it. */
export async function decline(call: CallOf<Verbs['declineQuote']>): Promise<Created<QuoteSkeleton>> {
  const { state, anchors, input, caller, at } = call;
  const { holdingId, quoteId } = input;
  const holding = await state.require('holding', holdingId);
  const standing = await state.get('quote', holdingId, quoteId);
  if (standing !== undefined) {
    requireSameContent('quote', [holdingId, quoteId], [standing.financier, standing.state], [caller.mspId, 'declined']);
    return { ...standing, already: true };
  }
  const declined = { ...declineQuote(holding, quoteId, caller.mspId, at), root: '' };
  await state.create('quote', [holdingId, quoteId], declined, openQuotePolicy(declined.owner, declined.financier));
  await anchors.put('quote', [holdingId, quoteId], declined, caller.mspId);
  call.emit({ ids: { quote: quoteId, holding: holdingId, certificate: holding.certificateId }, from: null, to: declined.state });
  return declined;
}

/** A financier takes its own quote back. */
export async function takeBack(call: CallOf<Verbs['withdrawQuote']>): Promise<QuoteSkeleton> {
  const { state, input, caller, at } = call;
  const { holdingId, quoteId } = input;
  const holding = await state.require('holding', holdingId);
  const before = await state.require('quote', holdingId, quoteId);
  const withdrawn = withdrawQuote(before, holding, caller.mspId, at);
  await state.update('quote', [holdingId, quoteId], withdrawn);
  call.emit({ ids: { quote: quoteId, holding: holdingId, certificate: holding.certificateId }, from: before.state, to: withdrawn.state });
  return withdrawn;
}

/** Anyone ends a request or a lock after its expiry: exactly as before. Nothing private is written, so that no absent party can prevent it. */
export async function expire(call: Call<{ holdingId: string }>, verb: 'expireQuotes' | 'expireFinance'): Promise<HoldingSkeleton> {
  const before = await call.state.require('holding', call.input.holdingId);
  const holding = expireProposal(before, verb, call.caller.mspId, call.at);
  await requireSharedTerms(call, before);
  await store(call, before, holding);
  return holding;
}

/** The owner accepts a quote. The obligor endorses the lock and compares the hashes of the quote without seeing it. */
export async function acceptOne(call: CallOf<Verbs['acceptQuote']>): Promise<HoldingSkeleton> {
  const { state, sealed, input, caller, at, transactionId } = call;
  const { holdingId, quoteId } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const offered = await state.require('quote', holdingId, quoteId);
  const next = lockForFinance(transactionId, before, offered, certificate, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  requireUndisputed(certificate, at);
  await proveTerms(call, before);
  await sealed.requireShared('quote', quoteRecordId(holdingId, quoteId), [offered.owner, offered.financier]);
  const { owner, obligor } = before;
  const { financier } = offered;
  const { settler, supplier } = certificate;
  await requireMember(call, financier, 'financier');
  await requireCleanGoods(call, certificate);
  const { policy } = await state.require('channelPolicy', 'current');
  requireHop(before, certificate, policy, at);
  await requireEvidence(call, policy, before.proposal?.recourse === 'with' ? 'with recourse' : 'without recourse', certificate, [owner, obligor, supplier, financier, settler]);
  await state.update('holding', [holdingId], next.holding, lockedHoldingPolicy(next.holding, financier, settler));
  await state.update('quote', [holdingId, quoteId], next.quote, acceptedQuotePolicy(owner, financier, settler));
  announce(call, before, next.holding, quoteId);
  return next.holding;
}

/** Owner or financier shows the deal to the settler. Nothing public changes; the hash with the settler tells that it was shown. */
export async function openPayout(call: CallOf<Verbs['openPayout']>): Promise<HoldingSkeleton> {
  const { state, sealed, input, caller, at } = call;
  const { holdingId, quoteId } = input;
  const { holding, certificate } = await requireHolding(call, holdingId);
  const accepted = await state.require('quote', holdingId, quoteId);
  requirePayoutOpenable(holding, accepted, caller.mspId, at);
  await requireNotFrozen(call, certificate, [holding]);
  await proveTerms(call, holding);
  const record = await sealed.requireGenuine('quote', quoteRecordId(holdingId, quoteId), [accepted.owner, accepted.financier]);
  await requireCleanGoods(call, certificate);
  await shareTerms(call, holdingId, [certificate.settler]);
  await sealed.share(record, [certificate.settler]);
  announce(call, holding, holding, quoteId);
  return holding;
}

/** The settler confirms the pay-out: the financier is the owner, with terms sealed anew. */
export async function payOut(call: CallOf<Verbs['confirmPayout']>): Promise<Created<HoldingSkeleton>> {
  const { state, sealed, anchors, input, caller, at } = call;
  const { holdingId, quoteId, paymentReference, registrationReference } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'payout', holdingIds: [holdingId], certificateId: certificate.id, quoteId, registrationReference } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { ...before, already: true };
  }
  const accepted = await state.require('quote', holdingId, quoteId);
  const next = confirmPayout(before, accepted, certificate, registrationReference, caller.mspId, at);
  // Money that was paid all the same is booked once the order ends, unless owner or financier cancelled meanwhile.
  await requireNotFrozen(call, certificate, [before]);
  const terms = await proveTerms(call, before);
  await sealed.requireShared('quote', quoteRecordId(holdingId, quoteId), [accepted.financier, certificate.settler]);
  await requireCleanGoods(call, certificate);
  const { obligor, owner } = next.holding;
  const { root } = await sealed.seal('holding', holdingId, { ...terms, owner }, [obligor, owner, certificate.settler]);
  const holding = { ...next.holding, root };
  const paid = { ...payment, paidTo: before.owner, at };
  await state.update('holding', [holdingId], holding, holdingPolicy(holding));
  await state.update('quote', [holdingId, quoteId], next.quote);
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
  announce(call, before, holding, quoteId);
  return holding;
}

/** Owner or financier ends a finance that was not paid out. The quote lapses by itself, so that no absent party can prevent it. */
export async function cancel(call: CallOf<Verbs['cancelFinance']>): Promise<HoldingSkeleton> {
  const { sealed, input, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const quoteId = before.proposal?.quoteId;
  const shown = quoteId !== undefined && (await sealed.hashAt('quote', quoteRecordId(before.id, quoteId), certificate.settler)) !== undefined;
  const holding = cancelFinance(before, shown, caller.mspId, at);
  await requireSharedTerms(call, before);
  await store(call, before, holding);
  return holding;
}

async function store(call: Pick<Call, 'state' | 'emit'>, before: HoldingSkeleton, after: HoldingSkeleton): Promise<void> {
  await call.state.update('holding', [after.id], after, holdingPolicy(after));
  announce(call, before, after);
}

function announce(call: Pick<Call, 'emit'>, before: HoldingSkeleton, after: HoldingSkeleton, quoteId?: string): void {
  call.emit({ ids: { holding: after.id, certificate: after.certificateId, ...(quoteId === undefined ? {} : { quote: quoteId }) }, from: before.state, to: after.state });
}

async function requireCleanGoods(call: Pick<Call, 'state' | 'anchors'>, { id, lots }: CertificateSkeleton): Promise<void> {
  await requireNoRecall(call, lots, `the certificate ${id} cannot be financed until it is lifted`);
}
