import { DualchainError, liveHoldingStates } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, HoldingTerms } from '@dualchain/model';
import { rowOf as holdingRow } from '../holding/holding';
import { rangeOf, requireCover } from '../holding/ranges';
import { rowOf } from './certificate';

/** The obligor may open these holdings to the settler. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT. */
export function requirePresentable(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[], caller: string): void {
  rowOf(certificate, 'presentForSettlement', caller);
  requireHoldingsOf(certificate, holdings);
  const gone = holdings.find(({ state }) => !liveHoldingStates.includes(state));
  if (gone !== undefined) throw new DualchainError('WRONG_STATE', `The holding ${gone.id} is ${gone.state}; only live holdings are settled.`, { details: { object: 'holding', id: gone.id, state: gone.state } });
}

/**
 * The settler paid one owner for its holdings; they are redeemed, and a proposal that was still open ends with them: it
 * never keeps the present owner from its money. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT.
 */
export function settleHoldings(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[], digest: string, caller: string): HoldingSkeleton[] {
  const { settler } = certificate;
  requireHoldingsOf(certificate, holdings);
  const redeemed = holdings.map((holding) => {
    const { to } = holdingRow(holding, 'settleHoldings', caller, { settler });
    const { proposal: _ended, ...rest } = holding;
    return { ...rest, state: to, redeemedBy: digest };
  });
  if (certificate.state !== 'due') throw new DualchainError('WRONG_STATE', `The certificate ${certificate.id} is ${certificate.state}; it must be due before its holders are paid.`, { details: { object: 'certificate', id: certificate.id, state: certificate.state } });
  const owners = [...new Set(holdings.map(({ owner }) => owner))];
  if (owners.length > 1) throw new DualchainError('INVALID_INPUT', `The holdings belong to ${owners.join(' and ')}; settle each owner by itself, so that they do not learn of one another.`, { details: { owners } });
  return redeemed;
}

/** Throws NOT_A_PARTY, WRONG_STATE. */
export function requireClosable(certificate: CertificateSkeleton, caller: string): void {
  rowOf(certificate, 'closeCertificate', caller);
}

/** All units were paid. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, AMOUNT_MISMATCH. */
export function closeCertificate(certificate: CertificateSkeleton, face: bigint, holdings: readonly { readonly holding: HoldingSkeleton; readonly terms: HoldingTerms }[], caller: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'closeCertificate', caller);
  const skeletons = holdings.map(({ holding }) => holding);
  requireHoldingsOf(certificate, skeletons);
  const open = skeletons.find(({ state }) => state !== 'redeemed');
  if (open !== undefined) throw new DualchainError('WRONG_STATE', `The holding ${open.id} is ${open.state}; settle it first.`, { details: { object: 'holding', id: open.id, state: open.state } });
  requireCover(holdings.map(({ terms }) => rangeOf(terms)), face);
  return { ...certificate, state: to };
}

function requireHoldingsOf(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[]): void {
  const ids = holdings.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${twice} is named twice.`, { details: { holdingId: twice } });
  const foreign = holdings.find(({ certificateId }) => certificateId !== certificate.id);
  if (foreign !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${foreign.id} belongs to the certificate ${foreign.certificateId}, not to ${certificate.id}.`, { details: { holdingId: foreign.id, certificateId: foreign.certificateId } });
}
