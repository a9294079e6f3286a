import { creditLineTable, creditReservationTable, DualchainError, fieldRoot } from '@dualchain/model';
import type { CertificateSkeleton, CreditLineSkeleton, CreditLineTerms, CreditReservationSkeleton, CreditReservationTerms, SealedRecord } from '@dualchain/model';
import { outcomeOf, requireTransition } from '../transition';

/** States in which a certificate takes up no room any more. */
const ended: readonly string[] = ['settled', 'cancelled', 'replaced'];

/** A line with what is sealed of it. */
export interface OpenLine {
  readonly line: CreditLineSkeleton;
  readonly terms: CreditLineTerms;
}

/** The opened record is the present one of this line. Throws NOT_GENUINE. */
export function requireBoundLine(line: CreditLineSkeleton, record: SealedRecord & CreditLineTerms): OpenLine {
  const { id, financier, obligor, root } = line;
  if (record.id !== id || record.financier !== financier || record.obligor !== obligor || fieldRoot(record) !== root) throw new DualchainError('NOT_GENUINE', `The sealed record of the credit line ${id} is not the present one; read it at your own peer and try again.`, { details: { id } });
  const { currency, limit, used } = record;
  return { line, terms: { financier, obligor, currency, limit, used } };
}

/** A financier opens a line for an obligor. Throws INVALID_INPUT. */
export function setCreditLine(id: string, obligor: string, { limit, currency }: Pick<CreditLineTerms, 'limit' | 'currency'>, caller: string, at: string): { readonly line: Omit<CreditLineSkeleton, 'root'>; readonly terms: CreditLineTerms } {
  const { to } = requireTransition(creditLineTable, 'setCreditLine', { id, state: null, parties: { financier: caller } }, caller);
  if (obligor === caller) throw new DualchainError('INVALID_INPUT', 'A financier sets a line for another organisation, not for itself.', { details: { obligor } });
  return { line: { id, financier: caller, obligor, state: to, setAt: at }, terms: { financier: caller, obligor, currency, limit, used: '0' } };
}

/** Another limit. What is reserved already must fit. Throws NOT_A_PARTY, WRONG_STATE, CREDIT_LINE_EXCEEDED. */
export function changeCreditLine({ line, terms }: OpenLine, limit: string, caller: string): OpenLine {
  const { to } = rowOf(line, 'changeCreditLine', caller);
  if (BigInt(limit) < BigInt(terms.used)) throw new DualchainError('CREDIT_LINE_EXCEEDED', `More of the credit line ${line.id} is reserved than the new limit; choose a higher one, or close the line, which keeps what is reserved.`, { details: { creditLineId: line.id } });
  return { line: { ...line, state: to }, terms: { ...terms, limit } };
}

/** No new reservations. Throws NOT_A_PARTY, WRONG_STATE. */
export function closeCreditLine(line: CreditLineSkeleton, caller: string): CreditLineSkeleton {
  return { ...line, state: rowOf(line, 'closeCreditLine', caller).to };
}

/**
 * The obligor reserves room for one certificate that is not there yet. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED,
 * CREDIT_LINE_EXCEEDED; it names no figure.
 */
export function reserveCredit({ line, terms }: OpenLine, wanted: { readonly certificateId: string; readonly expiresAt: string; readonly amount: string; readonly at: string }, certificate: CertificateSkeleton | undefined, caller: string): OpenLine & { readonly reservation: Omit<CreditReservationSkeleton, 'root'>; readonly reserved: CreditReservationTerms } {
  const { to } = rowOf(line, 'reserveCredit', caller);
  const { id: creditLineId, financier, obligor } = line;
  const { certificateId, expiresAt, amount, at } = wanted;
  const row = requireTransition(creditReservationTable, 'reserveCredit', { id: certificateId, state: null, parties: { obligor } }, caller);
  if (certificate !== undefined) throw new DualchainError('WRONG_STATE', `The certificate ${certificateId} is issued already; room is reserved before.`, { details: { object: 'certificate', id: certificateId, state: certificate.state } });
  if (expiresAt <= at) throw new DualchainError('EXPIRED', `The reservation would expire at ${expiresAt}, which is past.`, { details: { expiresAt, at } });
  const used = BigInt(terms.used) + BigInt(amount);
  if (used > BigInt(terms.limit)) throw new DualchainError('CREDIT_LINE_EXCEEDED', `The credit line ${creditLineId} has no room for the certificate ${certificateId}; release what has ended, or ask ${financier} for a higher limit.`, { details: { creditLineId, certificateId } });
  return {
    line: { ...line, state: to },
    terms: { ...terms, used: used.toString() },
    reservation: { creditLineId, certificateId, financier, obligor, state: row.to, expiresAt, reservedAt: at },
    reserved: { creditLineId, certificateId, financier, obligor, currency: terms.currency, amount },
  };
}

/**
 * Gives room back once the certificate has ended, or was not issued before the reservation expired.
 * Throws NOT_A_PARTY, WRONG_STATE, NOT_YET.
 */
export function releaseCredit({ line, terms }: OpenLine, reservation: CreditReservationSkeleton, amount: string, certificate: CertificateSkeleton | undefined, caller: string, at: string): OpenLine & { readonly reservation: CreditReservationSkeleton } {
  const row = rowOf(line, 'releaseCredit', caller);
  const { certificateId, expiresAt } = reservation;
  const { to } = requireTransition(creditReservationTable, 'releaseCredit', { id: certificateId, state: reservation.state, parties: reservation }, caller);
  // A certificate of this id that names no line, or another one, never used this room.
  const uses = certificate !== undefined && certificate.creditLineId === line.id && certificate.obligor === line.obligor;
  if (uses && !ended.includes(certificate.state)) throw new DualchainError('NOT_YET', `The certificate ${certificateId} is ${certificate.state}; its room on the credit line ${line.id} is free once it is settled or cancelled.`, { details: { certificateId, state: certificate.state } });
  if (certificate === undefined && at < expiresAt) throw new DualchainError('NOT_YET', `The certificate ${certificateId} may still be issued until ${expiresAt}.`, { details: { expiresAt, at } });
  return { line: { ...line, state: outcomeOf(row, line.state) }, terms: { ...terms, used: (BigInt(terms.used) - BigInt(amount)).toString() }, reservation: { ...reservation, state: to, releasedAt: at } };
}

/**
 * Room for exactly this certificate is reserved. The reservation is the opened record of this line and certificate;
 * its amount is the face, so that it tells the endorsers nothing new. Throws WRONG_STATE, NOT_A_PARTY, EXPIRED,
 * NOT_GENUINE, CREDIT_LINE_EXCEEDED.
 */
export function requireReserved(reservation: CreditReservationSkeleton, record: SealedRecord & CreditReservationTerms, issue: { readonly obligor: string; readonly face: bigint; readonly currency: string; readonly at: string }): void {
  const { creditLineId, certificateId, state, expiresAt, obligor, root } = reservation;
  if (obligor !== issue.obligor) throw new DualchainError('NOT_A_PARTY', `The credit line ${creditLineId} is for ${obligor}, not for ${issue.obligor}.`, { details: { creditLineId, obligor } });
  if (state !== 'reserved') throw new DualchainError('WRONG_STATE', `The reservation of ${certificateId} on the credit line ${creditLineId} is ${state}; reserve again under another certificate id.`, { details: { object: 'creditReservation', id: certificateId, state } });
  if (issue.at >= expiresAt) throw new DualchainError('EXPIRED', `The reservation of ${certificateId} on the credit line ${creditLineId} expired at ${expiresAt}.`, { details: { expiresAt, at: issue.at } });
  if (record.creditLineId !== creditLineId || record.certificateId !== certificateId || fieldRoot(record) !== root) throw new DualchainError('NOT_GENUINE', `The sealed record is not that of the reservation of ${certificateId} on ${creditLineId}.`, { details: { creditLineId, certificateId } });
  if (record.currency !== issue.currency || BigInt(record.amount) !== issue.face) throw new DualchainError('CREDIT_LINE_EXCEEDED', `What is reserved on the credit line ${creditLineId} is not the face of the certificate ${certificateId}; reserve exactly that.`, { details: { creditLineId, certificateId } });
}

function rowOf(line: CreditLineSkeleton, verb: string, caller: string) {
  const { id, state, financier, obligor } = line;
  return requireTransition(creditLineTable, verb, { id, state, parties: { financier, obligor } }, caller);
}
