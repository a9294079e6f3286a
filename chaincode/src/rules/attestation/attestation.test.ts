import type { AttestationSkeleton } from '@dualchain/model';
import { codeOf } from '../testing/refusal';
import { attest, counts, revoke } from './attestation';
import type { AttestInput } from './attestation';

const now = '2026-11-24T08:00:00.000Z';
const later = '2026-11-25T08:00:00.000Z';
const input: AttestInput = { attestationId: 'AT-1', subject: { type: 'certificate', id: 'C-1' }, claim: 'inspected', evidenceHash: 'e' };
const standing: AttestationSkeleton = { id: 'AT-1', author: 'A', subject: input.subject, claim: 'inspected', evidenceHash: 'e', attestedAt: now };

test('says who witnessed what, and until when', () => {
  expect(attest(input, 'A', now)).toEqual(standing);
  expect(attest({ ...input, expiresAt: later }, 'A', now)).toEqual({ ...standing, expiresAt: later });
  expect(codeOf(() => attest({ ...input, expiresAt: now }, 'A', now))).toBe('EXPIRED');
});

test.each<[string, Partial<AttestationSkeleton>, boolean]>([
  ['the same word', {}, true],
  ['one that was taken back', { revoked: true }, true],
  ["another member's", { author: 'B' }, false],
  ['another claim', { claim: 'weighed' }, false],
  ['another subject', { subject: { type: 'certificate', id: 'C-2' } }, false],
  ['another kind of subject', { subject: { type: 'invoice', id: 'C-1' } }, false],
])('takes the place of %s: %j %s', (_, change, superseding) => {
  expect('supersedes' in attest({ ...input, attestationId: 'AT-2' }, 'A', later, { ...standing, ...change })).toBe(superseding);
});

test('is taken back by its author, once, and stays to be read', () => {
  const revoked = revoke(standing, 'A', later, 'a wrong lot');
  expect(revoked).toEqual({ ...standing, revoked: true, revokedAt: later, revokedBecause: 'a wrong lot' });
  expect(revoke(standing, 'A', later)).not.toHaveProperty('revokedBecause');
  expect(codeOf(() => revoke(standing, 'B', later))).toBe('NOT_A_PARTY');
  expect(codeOf(() => revoke(revoked, 'A', later))).toBe('WRONG_STATE');
  expect(revoke({ ...standing, expiresAt: now }, 'A', later).revoked).toBe(true);
});

test('counts until it expires or is taken back', () => {
  expect(counts(standing, later)).toBe(true);
  expect(counts({ ...standing, expiresAt: later }, now)).toBe(true);
  expect(counts({ ...standing, expiresAt: later }, later)).toBe(false);
  expect(counts({ ...standing, revoked: true }, now)).toBe(false);
});
