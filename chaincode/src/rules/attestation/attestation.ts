import { canonicalId, DualchainError } from '@dualchain/model';
import type { attestationVerbs, AttestationSkeleton, InputOf, Subject } from '@dualchain/model';
import { requireNotExpired } from '../transition';

export type AttestInput = InputOf<typeof attestationVerbs.attest>;

/** A subject with its identifier in the one form in which identifiers are compared. Throws INVALID_INPUT. */
export function subjectOf(subject: Subject): Subject {
  return subject.type === 'lot' ? { type: 'lot', id: canonicalId(subject.id) } : subject;
}

/** A member witnesses a subject (finance.md, "Attestations"). Throws EXPIRED, INVALID_INPUT. */
export function attest(input: AttestInput, author: string, at: string): AttestationSkeleton {
  const { attestationId, subject, claim, evidenceHash, expiresAt } = input;
  if (expiresAt !== undefined) requireNotExpired(`The attestation ${attestationId}`, expiresAt, at);
  return { id: attestationId, author, subject: subjectOf(subject), claim, evidenceHash, attestedAt: at, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** What creation fixes of an attestation. */
export function attestedContent({ author, subject, claim, evidenceHash, expiresAt }: AttestationSkeleton): Record<string, unknown> {
  return { author, subject, claim, evidenceHash, expiresAt };
}

/** Only the author takes an attestation back, once. Throws NOT_A_PARTY, WRONG_STATE. */
export function revoke(attestation: AttestationSkeleton, caller: string): AttestationSkeleton {
  if (attestation.author !== caller) throw new DualchainError('NOT_A_PARTY', `The attestation ${attestation.id} is of ${attestation.author}; only its author can take it back.`, { details: { id: attestation.id, author: attestation.author } });
  if (attestation.revoked === true) throw new DualchainError('WRONG_STATE', `The attestation ${attestation.id} was taken back before.`, { details: { id: attestation.id } });
  return { ...attestation, revoked: true };
}

/** Whether an attestation counts at a time: not taken back, not expired. */
export function counts(attestation: AttestationSkeleton, at: string): boolean {
  return attestation.revoked !== true && (attestation.expiresAt === undefined || at < attestation.expiresAt);
}
