import type { ClockReading } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import { listOf } from '../results/pages';
import { toWire, typed } from '../results/typed';
import type { Typed } from '../results/typed';
import { checkFields } from '../submission/plan';
import type { CallOptions, Session } from '../session';

export interface FairnessParameters {
  /** Whose answers and payments are looked at. */
  readonly obligor: string;
  /** Only invoices submitted at or after this time. */
  readonly since?: Date | string;
  /** Only invoices submitted before this time. */
  readonly until?: Date | string;
}

/** How an obligor answers and pays: numbers of invoices, and days. Everything comes from public times on the ledger. */
export interface FairnessReport {
  readonly obligor: string;
  /** When the report was made: what is still open is measured against it. */
  readonly at: Date;
  readonly invoices: number;
  readonly accepted: { readonly inTime: number; readonly late: number };
  /** Neither accepted nor disputed, withdrawn or cancelled. */
  readonly open: { readonly inTime: number; readonly beyondDeadline: number };
  /** Disputed now; what was accepted later counts as accepted. */
  readonly disputed: number;
  readonly ended: number;
  /** From submission to acceptance; undefined if nothing was accepted. */
  readonly acceptanceDays: { readonly mean: number; readonly median: number } | undefined;
  /** Certificates behind the invoices, each once: paid in full by the end of the grace days, or after it. */
  readonly paid: { readonly inTime: number; readonly late: number };
  readonly unpaid: { readonly inTime: number; readonly late: number };
  /** Settled, but without a payment of its own to date it by: netted, or of too many holdings. */
  readonly paidUndated: number;
}

const DAY = 86_400_000;
const ended: readonly string[] = ['withdrawn', 'cancelled'];
/** States of a certificate that is not owed: not yet, or no more. */
const notOwed: readonly string[] = ['proposed', 'issued', 'settled', 'cancelled', 'replaced'];
const disputed: readonly string[] = ['disputed', 'resolution proposed'];

/**
 * Who accepts and pays late: reads all invoices to an obligor in order of time, page by page, at the own peer. Any member
 * may ask about any obligor. Throws INVALID_INPUT.
 */
export async function fairnessReport(session: Session, parameters: FairnessParameters, options?: CallOptions): Promise<FairnessReport> {
  const wire = toWire(checkFields(parameters, ['obligor', 'since', 'until'])) as { obligor: string; since?: string; until?: string };
  const readings: Typed<ClockReading>[] = [];
  for await (const reading of listOf(session, tradeVerbs.acceptanceClock, wire, (item): Typed<ClockReading> => typed(item), options)) readings.push(reading);
  return summarise(parameters.obligor, readings, new Date());
}

/** The report of these readings at a time. */
export function summarise(obligor: string, readings: readonly Typed<ClockReading>[], at: Date): FairnessReport {
  const accepted = readings.filter(({ acceptedAt }) => acceptedAt !== undefined);
  const waiting = readings.filter(({ acceptedAt, state }) => acceptedAt === undefined && !ended.includes(state) && !disputed.includes(state));
  const certificates = [...new Map(readings.flatMap(({ certificate }) => (certificate === undefined ? [] : [[certificate.id, certificate] as const]))).values()];
  const settled = certificates.filter(({ state }) => state === 'settled');
  const live = certificates.filter(({ state }) => !notOwed.includes(state));
  return {
    obligor,
    at,
    invoices: readings.length,
    accepted: { inTime: count(accepted, ({ acceptedAt, acceptanceDueAt }) => acceptedAt !== undefined && acceptedAt <= acceptanceDueAt), late: count(accepted, ({ acceptedAt, acceptanceDueAt }) => acceptedAt !== undefined && acceptedAt > acceptanceDueAt) },
    open: { inTime: count(waiting, ({ acceptanceDueAt }) => at <= acceptanceDueAt), beyondDeadline: count(waiting, ({ acceptanceDueAt }) => at > acceptanceDueAt) },
    disputed: count(readings, ({ state }) => disputed.includes(state)),
    ended: count(readings, ({ state }) => ended.includes(state)),
    acceptanceDays: daysOf(accepted.map(({ submittedAt, acceptedAt }) => ((acceptedAt?.getTime() ?? 0) - submittedAt.getTime()) / DAY)),
    paid: { inTime: count(settled, ({ lastPaidAt, graceEndsAt }) => lastPaidAt !== undefined && lastPaidAt <= graceEndsAt), late: count(settled, ({ lastPaidAt, graceEndsAt }) => lastPaidAt !== undefined && lastPaidAt > graceEndsAt) },
    unpaid: { inTime: count(live, ({ graceEndsAt }) => at <= graceEndsAt), late: count(live, ({ graceEndsAt }) => at > graceEndsAt) },
    paidUndated: count(settled, ({ lastPaidAt }) => lastPaidAt === undefined),
  };
}

function count<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length;
}

function daysOf(days: readonly number[]): FairnessReport['acceptanceDays'] {
  const sorted = [...days].sort((one, other) => one - other);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (lower === undefined || upper === undefined) return undefined;
  return { mean: days.reduce((sum, each) => sum + each, 0) / days.length, median: (lower + upper) / 2 };
}
