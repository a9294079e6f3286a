import type { certificateVerbs, CertificateSkeleton, CertificateTerms, HoldingSkeleton } from '@dualchain/model';
import { requireNotFrozen } from '../../ledger';
import type { Call, CallOf, Handlers } from '../../ledger';
import { agreeToReplacement, endReplacementAgreement, proposeReplacement, replaceCertificate, requireReplaceable, withdrawReplacement } from '../../rules/certificate/replacement';
import { changeCertificate } from './issue';
import { holdingPolicy, replaceableHoldingPolicy } from './policies';
import { proveAll, requireHolding, requireHoldings, requireSharedTerms } from './records';

type Verbs = typeof certificateVerbs;

/** A certificate leaves for another registry: proposed once, agreed to holding by holding, carried out in one transaction. */
export const replacingHandlers = {
  /** Reads 4; writes 1. */
  proposeReplacement: (call) => {
    const { registry, documentHash, expiresAt } = call.input;
    return changeCertificate(call, (certificate) => proposeReplacement(certificate, { id: call.transactionId, registry, documentHash, proposedAt: call.at, expiresAt }, call.caller.mspId));
  },
  /** Reads 4; writes 1. */
  withdrawReplacement: (call) => changeCertificate(call, (certificate) => withdrawReplacement(certificate, call.caller.mspId)),
  /** Reads 7; writes 2. */
  agreeToReplacement: agree,
  /** Reads 5; writes 2. */
  endReplacementAgreement: endAgreement,
  /** Reads 5 and four a holding; writes 1, two a holding and one a lot. */
  replaceCertificate: replace,
} satisfies Partial<Handlers<Verbs>>;

async function agree(call: CallOf<Verbs['agreeToReplacement']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at, transactionId } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const holding = agreeToReplacement(transactionId, certificate, before, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  await state.update('holding', [holding.id], holding, replaceableHoldingPolicy(holding, certificate.settler));
  announce(call, before, holding);
  return holding;
}

async function endAgreement(call: CallOf<Verbs['endReplacementAgreement']>): Promise<HoldingSkeleton> {
  const { holding: before, certificate } = await requireHolding(call, call.input.holdingId);
  const holding = endReplacementAgreement(certificate, before, call.caller.mspId, call.at);
  await requireSharedTerms(call, before);
  await call.state.update('holding', [holding.id], holding, holdingPolicy(holding));
  announce(call, before, holding);
  return holding;
}

/** The settler endorses in the place of the owners, who agreed: they do not learn of one another's ranges. */
async function replace(call: CallOf<Verbs['replaceCertificate']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller, at } = call;
  const before = await state.require('certificate', input.certificateId);
  requireReplaceable(before, caller.mspId, at);
  const holdings = await requireHoldings(call, input.holdingIds);
  await requireNotFrozen(call, before, holdings);
  const { face } = await sealed.requireGenuine<CertificateTerms>('certificate', before.id, [before.obligor, before.supplier]);
  const { certificate, replaced } = replaceCertificate(before, BigInt(face), await proveAll(call, holdings), caller.mspId, at);
  await state.update('certificate', [certificate.id], certificate);
  for (const holding of replaced) await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  for (const lot of certificate.lots) await state.remove('lotCertificate', lot, certificate.id);
  call.emit({ ids: { certificate: certificate.id, holding: input.holdingIds }, from: before.state, to: certificate.state });
  return certificate;
}

function announce(call: Pick<Call, 'emit'>, before: HoldingSkeleton, after: HoldingSkeleton): void {
  call.emit({ ids: { holding: after.id, certificate: after.certificateId }, from: before.state, to: after.state });
}
