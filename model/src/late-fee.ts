import type { CertificateSkeleton } from './skeletons';

const DAY = 86_400_000;
/** Days of a year in money markets, times the basis points of a whole. */
const YEAR = 360n * 10_000n;

/** When the grace days of a certificate end: from then on it may be declared overdue, and paying costs a fee. */
export function graceEndsAt({ dueDate, lateness: { graceDays } }: Pick<CertificateSkeleton, 'dueDate' | 'lateness'>): string {
  return new Date(Date.parse(dueDate) + graceDays * DAY).toISOString();
}

/** When a holder may declare an overdue certificate defaulted. */
export function defaultFrom({ dueDate, lateness: { graceDays, defaultAfterDays } }: Pick<CertificateSkeleton, 'dueDate' | 'lateness'>): string {
  return new Date(Date.parse(dueDate) + (graceDays + defaultAfterDays) * DAY).toISOString();
}

/**
 * Interest on what is paid after the grace days, in minor units: for every day begun since the due date, actual/360,
 * rounded half up; nothing within the grace days. It is owed on top of `amount` and changes no range.
 */
export function lateFeeOf(certificate: Pick<CertificateSkeleton, 'dueDate' | 'lateness'>, amount: bigint, at: string): bigint {
  if (at <= graceEndsAt(certificate)) return 0n;
  const days = Math.ceil((Date.parse(at) - Date.parse(certificate.dueDate)) / DAY);
  return (2n * amount * BigInt(certificate.lateness.lateFeeBps) * BigInt(days) + YEAR) / (2n * YEAR);
}
