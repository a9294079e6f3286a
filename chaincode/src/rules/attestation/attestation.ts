import { attestationTable, canonicalId } from '@dualchain/model';
import type { attestationVerbs, AttestationSkeleton, InputOf, Subject } from '@dualchain/model';
import { requireNotExpired, requireTransition } from '../transition';

export type AttestInput = InputOf<typeof attestationVerbs.attest>;

/** A subject with its identifier in the one form in which identifiers are compared. Throws INVALID_INPUT. */
export function subjectOf(subject: Subject): Subject {
  return subject.type === 'lot' ? { type: 'lot', id: canonicalId(subject.id) } : subject;
}

/** A member witnesses a subject (finance.md, "Attestations"); `earlier`: what it said of the same before. Throws EXPIRED, INVALID_INPUT. */
export function attest(input: AttestInput, author: string, at: string, earlier?: AttestationSkeleton): AttestationSkeleton {
  const { attestationId: id, subject, claim, evidenceHash, expiresAt } = input;
  requireTransition(attestationTable, 'attest', { id, state: null, parties: {} }, author);
  if (expiresAt !== undefined) requireNotExpired(`The attestation ${id}`, expiresAt, at);
  const attestation: AttestationSkeleton = { id, author, subject: subjectOf(subject), claim, evidenceHash, attestedAt: at, ...(expiresAt === undefined ? {} : { expiresAt }) };
  return earlier !== undefined && saysTheSame(earlier, attestation) ? { ...attestation, supersedes: earlier.id } : attestation;
}

/** Whether two attestations are the word of one member on one claim about one subject: then only the later counts. */
export function saysTheSame(one: AttestationSkeleton, other: AttestationSkeleton): boolean {
  return one.author === other.author && one.claim === other.claim && one.subject.type === other.subject.type && one.subject.id === other.subject.id;
}

/** What creation fixes of an attestation. */
export function attestedContent({ author, subject, claim, evidenceHash, expiresAt }: AttestationSkeleton): Record<string, unknown> {
  return { author, subject, claim, evidenceHash, expiresAt };
}

/** Only the author takes an attestation back, once; an expired one too. Throws NOT_A_PARTY, WRONG_STATE. */
export function revoke(attestation: AttestationSkeleton, caller: string, at: string, reason?: string): AttestationSkeleton {
  const { id, author, revoked } = attestation;
  requireTransition(attestationTable, 'revoke', { id, state: revoked === true ? 'revoked' : 'standing', parties: { self: author } }, caller);
  return { ...attestation, revoked: true, revokedAt: at, ...(reason === undefined ? {} : { revokedBecause: reason }) };
}

/** Whether an attestation counts at a time: not taken back, not expired. */
export function counts(attestation: AttestationSkeleton, at: string): boolean {
  return attestation.revoked !== true && (attestation.expiresAt === undefined || at < attestation.expiresAt);
}
