import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, HoldingTerms, Replacement } from '@dualchain/model';
import { requireActive, rowOf as holdingRow } from '../holding/holding';
import { openProposal, restore } from '../holding/proposal';
import { rangeOf, requireCover } from '../holding/ranges';
import { requireNotExpired } from '../transition';
import { rowOf } from './certificate';
import { requireHoldingsOf } from './settlement';

/** The obligor proposes that a certificate leaves for another registry; an expired proposal gives way to a new one. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function proposeReplacement(certificate: CertificateSkeleton, replacement: Replacement, caller: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'proposeReplacement', caller);
  const { id, replacement: open } = certificate;
  if (open !== undefined && replacement.proposedAt < open.expiresAt) throw new DualchainError('WRONG_STATE', `A replacement of ${id} is proposed already and stands until ${open.expiresAt}; withdraw it first.`, { details: { id, expiresAt: open.expiresAt } });
  requireNotExpired('The proposal', replacement.expiresAt, replacement.proposedAt);
  return { ...certificate, state: to, replacement };
}

/** The obligor takes it back; owners may free what they agreed to. Throws NOT_A_PARTY, WRONG_STATE. */
export function withdrawReplacement(certificate: CertificateSkeleton, caller: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'withdrawReplacement', caller);
  requireProposed(certificate);
  const { replacement: _withdrawn, ...rest } = certificate;
  return { ...rest, state: to };
}

/** An owner agrees with one holding, which is locked. `id` is the id of the transaction. Throws NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, WRONG_STATE, EXPIRED. */
export function agreeToReplacement(id: string, certificate: CertificateSkeleton, holding: HoldingSkeleton, caller: string, at: string): HoldingSkeleton {
  const row = holdingRow(holding, 'agreeToReplacement', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  const { id: replacementId, expiresAt } = requireProposed(certificate);
  requireNotExpired(`The replacement of ${certificate.id}`, expiresAt, at);
  return openProposal(holding, row, { id, kind: 'replacement', replacementId, expiresAt, offeredAt: at });
}

/** The owner takes its agreement back, or anyone does once the proposal is over: the holding is as it was. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endReplacementAgreement(certificate: CertificateSkeleton, holding: HoldingSkeleton, caller: string, at: string): HoldingSkeleton {
  const row = holdingRow(holding, 'endReplacementAgreement', caller);
  const { replacement, state } = certificate;
  const standing = state === 'active' && replacement !== undefined && replacement.id === holding.proposal?.replacementId && at < replacement.expiresAt;
  if (standing && caller !== holding.owner) throw new DualchainError('NOT_YET', `The replacement of ${certificate.id} stands until ${replacement.expiresAt}; until then only ${holding.owner} can take its agreement back.`, { details: { expiresAt: replacement.expiresAt, at } });
  return restore(holding, row);
}

/** Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function requireReplaceable(certificate: CertificateSkeleton, caller: string, at: string): void {
  rowOf(certificate, 'replaceCertificate', caller);
  requireNotExpired(`The replacement of ${certificate.id}`, requireProposed(certificate).expiresAt, at);
}

/**
 * Every owner agreed to this very proposal with every live unit; together with what was redeemed or netted these cover
 * the face. All claims end with the certificate. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, INVALID_INPUT, AMOUNT_MISMATCH.
 */
export function replaceCertificate(certificate: CertificateSkeleton, face: bigint, holdings: readonly { readonly holding: HoldingSkeleton; readonly terms: HoldingTerms }[], caller: string, at: string): { certificate: CertificateSkeleton; replaced: HoldingSkeleton[] } {
  requireReplaceable(certificate, caller, at);
  const { to } = rowOf(certificate, 'replaceCertificate', caller);
  const replacementId = certificate.replacement?.id;
  const skeletons = holdings.map(({ holding }) => holding);
  requireHoldingsOf(certificate, skeletons);
  const replaced: HoldingSkeleton[] = [];
  for (const holding of skeletons) {
    if (holding.state === 'redeemed' || holding.state === 'netted') continue;
    const row = holdingRow(holding, 'replaceCertificate', caller);
    if (holding.proposal?.replacementId !== replacementId) throw new DualchainError('WRONG_STATE', `The owner of ${holding.id} agreed to an earlier proposal, not to the present one.`, { details: { holdingId: holding.id } });
    const { proposal: _ended, ...rest } = holding;
    replaced.push({ ...rest, state: row.to });
  }
  requireCover(holdings.map(({ terms }) => rangeOf(terms)), face);
  return { certificate: { ...certificate, state: to }, replaced };
}

function requireProposed({ id, replacement }: CertificateSkeleton): Replacement {
  if (replacement === undefined) throw new DualchainError('WRONG_STATE', `No replacement of the certificate ${id} is proposed.`, { details: { object: 'certificate', id } });
  return replacement;
}
