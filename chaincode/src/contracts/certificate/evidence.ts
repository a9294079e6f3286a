import type { AttestationSkeleton, ChannelPolicy, CertificateSkeleton, FinanceKind, MemberRecord, Subject } from '@dualchain/model';
import { memberOf } from '../../ledger';
import type { Call } from '../../ledger';
import { counts } from '../../rules/attestation/attestation';
import { inAll, independent, requireWitnesses, subjectsBehind } from '../../rules/finance/evidence';
import type { EvidenceRule } from '../../rules/finance/evidence';

/** Members that are looked at for one claim about one subject. */
const MAX_WITNESSES = 100;

type Reader = Pick<Call, 'state' | 'anchors' | 'at'>;
/** What a witness may vouch for: a certificate, or goods that are pledged without one. */
type Vouched = Pick<CertificateSkeleton, 'id' | 'shipmentIds' | 'invoiceIds' | 'lots'>;

/**
 * The evidence that the channel asks for before this kind of finance: attestations that are neither expired nor taken back, each with
 * its author's anchor, by members of the right role that are no party. For each rule: a range over the attestations of
 * one claim about one subject, which is the object itself, and three reads a witness; the search ends with the first
 * group of subjects that suffices. Throws EVIDENCE_MISSING.
 */
export async function requireEvidence(reader: Reader, { evidenceForFinance }: ChannelPolicy, finance: FinanceKind, certificate: Vouched, parties: readonly string[]): Promise<void> {
  for (const rule of evidenceForFinance.filter(({ finance: kinds }) => kinds.includes(finance))) {
    const witnesses: string[] = [];
    for (const group of subjectsBehind(certificate)) {
      if (independent(witnesses, parties).length >= rule.count) break;
      witnesses.push(...(await witnessesOfAll(reader, rule, group)));
    }
    requireWitnesses(rule, witnesses, parties, certificate.id);
  }
}

/** Members whose word on one claim counts for a certificate by this rule, parties included. Reads as {@link requireEvidence}, of every group. */
export async function witnessesBehind(reader: Reader, rule: EvidenceRule, certificate: CertificateSkeleton): Promise<string[]> {
  const witnesses: string[] = [];
  for (const group of subjectsBehind(certificate)) witnesses.push(...(await witnessesOfAll(reader, rule, group)));
  return [...new Set(witnesses)];
}

async function witnessesOfAll(reader: Reader, rule: EvidenceRule, group: readonly Subject[]): Promise<string[]> {
  const witnesses: string[][] = [];
  for (const subject of group) {
    witnesses.push(await witnessesOf(reader, rule, subject));
    if (inAll(witnesses).length === 0) return [];
  }
  return inAll(witnesses);
}

async function witnessesOf(reader: Reader, { claim, role }: EvidenceRule, subject: Subject): Promise<string[]> {
  return (await standingAttestations(reader, claim, subject)).filter(({ roles }) => roles.includes(role)).map(({ attestation }) => attestation.author);
}

/** Attestations of one claim about one subject that count now: by active members, with their anchors, neither expired nor taken back. */
export async function standingAttestations({ state, anchors, at }: Reader, claim: string, { type, id }: Subject): Promise<{ readonly attestation: AttestationSkeleton; readonly roles: MemberRecord['roles'] }[]> {
  const standing: { attestation: AttestationSkeleton; roles: MemberRecord['roles'] }[] = [];
  for (const { value } of await state.scan('attested', [type, id, claim], MAX_WITNESSES)) {
    const attestation = await state.get('attestation', value.attestationId);
    if (attestation === undefined || attestation.subject.type !== type || attestation.subject.id !== id || attestation.claim !== claim || !counts(attestation, at)) continue;
    const member = await memberOf(state, attestation.author);
    if (member?.state !== 'active') continue;
    if (await anchors.stands('attestation', [attestation.id], attestation, attestation.author)) standing.push({ attestation, roles: member.roles });
  }
  return standing;
}
