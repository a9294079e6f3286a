import type { certificateVerbs, CertificateSkeleton, CertificateTerms, Created, DisputeResult, DisputeSkeleton, HoldingSkeleton, Opened, Page } from '@dualchain/model';
import { opened, requireNotFrozen, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { agreeCancellation, cancelDisputed, disputeCertificate, endAgreement, openedContent, orderCancellation, resolveDispute, suspendCertificate } from '../../rules/protection/dispute';
import type { Disputed } from '../../rules/protection/dispute';
import { agreedHoldingPolicy, certificatePolicy, holdingPolicy } from './policies';
import { proveAll, requireHolding, requireHoldings, requireSharedTerms } from './records';

type Verbs = typeof certificateVerbs;

/** Disputes of certificates. */
export const disputingHandlers = {
  /** Reads 5 and three a holding; writes 5: claim for obligor and supplier, dispute with its policy, certificate. */
  disputeCertificate: dispute,
  /** Reads 3; writes 3. Nothing private. */
  suspendCertificate: async (call: CallOf<Verbs['suspendCertificate']>): Promise<Created<DisputeResult>> => {
    const { state, input, caller, at } = call;
    const { certificateId, orderId, reason, endsAt } = input;
    const certificate = await state.require('certificate', certificateId);
    const standing = await state.get('dispute', certificateId, orderId);
    if (standing !== undefined) {
      requireSameContent('dispute', [certificateId, orderId], openedContent(standing), { id: orderId, certificateId, author: caller.mspId, effect: 'suspends', reason, endsAt });
      return { dispute: standing, certificate, already: true };
    }
    return write(call, certificate, undefined, suspendCertificate(certificate, { id: orderId, reason, endsAt, at }, caller.mspId));
  },
  /** Reads 3; writes 2. Nothing private, so that no absent party can prevent it. */
  resolveDispute: async (call: CallOf<Verbs['resolveDispute']>): Promise<DisputeResult> => {
    const { input, caller, at } = call;
    const before = await requireDispute(call, input.certificateId, input.disputeId);
    return write(call, before.certificate, before.dispute, resolveDispute(before, input.orderId, caller.mspId, at));
  },
  /** Reads 6; writes 2. */
  agreeCancellation: async (call: CallOf<Verbs['agreeCancellation']>): Promise<HoldingSkeleton> => {
    const { state, input, caller, at, transactionId } = call;
    const { holding: before, certificate } = await requireHolding(call, input.holdingId);
    const holding = agreeCancellation(certificate, before, transactionId, caller.mspId, at);
    await requireNotFrozen(call, certificate, [before]);
    await requireSharedTerms(call, before);
    await state.update('holding', [holding.id], holding, agreedHoldingPolicy(holding, certificate.settler));
    call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
    return holding;
  },
  /** Reads 5; writes 2. */
  endAgreement: async (call: CallOf<Verbs['endAgreement']>): Promise<HoldingSkeleton> => {
    const { state, input, caller, at } = call;
    const { holding: before, certificate } = await requireHolding(call, input.holdingId);
    const holding = endAgreement(certificate, before, caller.mspId, at);
    await requireSharedTerms(call, before);
    await state.update('holding', [holding.id], holding, holdingPolicy(holding));
    call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
    return holding;
  },
  /** Reads 6 and four a holding; writes 2, two a holding, and one a lot. */
  cancelCertificate: (call: CallOf<Verbs['cancelCertificate']>): Promise<DisputeResult> => cancel(call, 'cancelCertificate'),
  /** Reads 3; writes 2. */
  orderCancellation: async (call: CallOf<Verbs['orderCancellation']>): Promise<DisputeResult> => {
    const { state, input, caller } = call;
    const certificate = await state.require('certificate', input.certificateId);
    const before = await requireDispute(call, certificate.id, certificate.dispute?.id ?? 'none');
    return write(call, certificate, before.dispute, orderCancellation(before, input.orderId, caller.mspId));
  },
  /** Reads 6 and four a holding; writes 2, two a holding, and one a lot. */
  executeCancellation: (call: CallOf<Verbs['executeCancellation']>): Promise<DisputeResult> => cancel(call, 'executeCancellation'),
  dispute: ({ state, input }: CallOf<Verbs['dispute']>): Promise<DisputeSkeleton> => state.require('dispute', input.certificateId, input.disputeId),
  disputesOf: async ({ state, input }: CallOf<Verbs['disputesOf']>): Promise<Page<DisputeSkeleton>> => {
    const { items, bookmark } = await state.page('dispute', [input.certificateId], input);
    return { items: items.map(({ value }) => value), bookmark };
  },
  openDispute: async ({ state, sealed, input }: CallOf<Verbs['openDispute']>): Promise<Opened<DisputeSkeleton>> => {
    const skeleton = await state.require('dispute', input.certificateId, input.disputeId);
    return opened(skeleton, await sealed.own('dispute', claimId(input.certificateId, input.disputeId)));
  },
} as const;

/** Id of the sealed claim of a dispute. */
function claimId(certificateId: string, disputeId: string): string {
  return `${certificateId}/${disputeId}`;
}

/** The obligor disputes; what it claims of the first supplier is sealed between the two. */
async function dispute(call: CallOf<Verbs['disputeCertificate']>): Promise<Created<DisputeResult>> {
  const { state, sealed, input, content, caller, at } = call;
  const { certificateId, disputeId, reason, endsAt, holdingIds } = input;
  const certificate = await state.require('certificate', certificateId);
  const { obligor, supplier } = certificate;
  const parties = [obligor, supplier];
  const fields = { certificateId, obligor, supplier, ...content };
  const standing = await state.get('dispute', certificateId, disputeId);
  if (standing !== undefined) {
    const wanted = { id: disputeId, certificateId, author: caller.mspId, effect: holdingIds.length === 0 ? 'flags' : 'suspends', reason, endsAt };
    const same = standing.author === obligor && (await sealed.holdsSame('dispute', claimId(certificateId, disputeId), fields, parties));
    requireSameContent('dispute', [certificateId, disputeId], openedContent(standing), wanted, same);
    return { dispute: standing, certificate, already: true };
  }
  const { face } = await sealed.requireGenuine<CertificateTerms>('certificate', certificateId, parties);
  const proved = await proveAll(call, await requireHoldings(call, holdingIds));
  const after = disputeCertificate(certificate, { id: disputeId, reason, endsAt, at }, { face: BigInt(face), amount: content.amount }, proved, caller.mspId);
  const { root } = await sealed.seal('dispute', claimId(certificateId, disputeId), fields, parties);
  return write(call, certificate, undefined, { ...after, dispute: { ...after.dispute, root } });
}

/** Certificate, dispute and all holdings together; invoices stay used up, because the debt that they were is gone. */
async function cancel(call: CallOf<Verbs['cancelCertificate']>, verb: 'cancelCertificate' | 'executeCancellation'): Promise<DisputeResult> {
  const { state, sealed, input, caller, at } = call;
  const certificate = await state.require('certificate', input.certificateId);
  const before = await requireDispute(call, certificate.id, certificate.dispute?.id ?? 'none');
  const { face } = await sealed.requireGenuine<CertificateTerms>('certificate', certificate.id, [certificate.obligor, certificate.supplier]);
  const holdings = await requireHoldings(call, input.holdingIds);
  await requireNotFrozen(call, certificate, holdings);
  const after = cancelDisputed(before, verb, BigInt(face), await proveAll(call, holdings), caller.mspId, at);
  for (const holding of after.holdings) await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  for (const lot of certificate.lots) await state.remove('lotCertificate', lot, certificate.id);
  return write(call, certificate, before.dispute, after, input.holdingIds);
}

async function requireDispute({ state }: Pick<Call, 'state'>, certificateId: string, disputeId: string): Promise<Disputed> {
  return { certificate: await state.require('certificate', certificateId), dispute: await state.require('dispute', certificateId, disputeId) };
}

async function write(call: Pick<Call, 'state' | 'emit'>, certificateBefore: CertificateSkeleton, before: DisputeSkeleton | undefined, { certificate, dispute: after }: Disputed, holdingIds: readonly string[] = []): Promise<DisputeResult> {
  const { id } = certificate;
  await call.state.update('certificate', [id], certificate);
  if (before === undefined) await call.state.create('dispute', [id, after.id], after, certificatePolicy(certificate));
  else await call.state.update('dispute', [id, after.id], after);
  call.emit({ ids: { certificate: id, dispute: after.id, ...(holdingIds.length === 0 ? {} : { holding: holdingIds }) }, from: certificateBefore.state, to: certificate.state });
  return { dispute: after, certificate };
}
