import { DualchainError } from '../../model/src';
import type { AuditedNetwork } from '../support/audited-network';
import type { YearClock } from './clock';
import type { Script, Step } from './plan/step';
import type { YearPlan } from './plan/year-plan';

/** A year did not go as planned; the message names script, week, step and reason. */
export class YearError extends Error {}

export interface PlayOptions {
  /** Scripts that are under way at once. */
  readonly lanes: number;
  /** Told when a week is over and audited. */
  readonly onWeek?: (week: number) => void;
}

/**
 * Plays a plan week by week: within a week scripts run beside each other, then every organisation audits what came, then
 * the clock moves on. Throws YearError at the first step that does not go as planned and at the first broken invariant.
 */
export async function playYear(network: AuditedNetwork, clock: YearClock, { calendar, weeks, preludes, scripts }: YearPlan, { lanes, onWeek }: PlayOptions): Promise<void> {
  for (let week = 0; week < weeks; week += 1) {
    if (week > 0) clock.moveTo(calendar.dateOf(week));
    for (const script of preludes) await playScript(network, script, week);
    const busy = scripts.map((script) => ({ script, steps: script.steps.filter((step) => step.week === week).length })).filter(({ steps }) => steps > 0);
    // The longest first, so that none is left alone at the end of the week.
    busy.sort((a, b) => b.steps - a.steps);
    const queue = busy.values();
    let failure: unknown;
    const lane = async () => {
      // One failure is enough: what is under way ends, and nothing else is begun.
      for (const { script } of queue) if (failure === undefined) await playScript(network, script, week).catch((error: unknown) => (failure ??= error));
    };
    await Promise.all(Array.from({ length: Math.min(lanes, busy.length) }, lane));
    if (failure !== undefined) throw failure;
    const [breach] = await network.audit();
    if (breach !== undefined) throw new YearError(`Invariant ${breach.invariant} is broken on the ledger of ${breach.mspId}, block ${breach.block}, transaction ${breach.transactionId}: ${breach.message}`);
    onWeek?.(week);
  }
}

async function playScript(network: AuditedNetwork, script: Script, week: number): Promise<void> {
  for (const step of script.steps) if (step.week === week) await take(network, script, step);
}

async function take(network: AuditedNetwork, script: Script, step: Step): Promise<void> {
  const { by, verb, what, call, refused, week } = step;
  const fail = (why: string, cause?: unknown) => new YearError(`${script.name}, week ${week}: ${by.slug}/${by.user} ${verb} ${what} ${why}\nThe script so far:\n${told(script, step)}`, { cause });
  await network.inStep();
  try {
    await call(await network.as(by));
  } catch (error) {
    const code = error instanceof DualchainError ? error.code : undefined;
    if (code === undefined || code !== refused) throw fail(`failed: ${error instanceof Error ? error.message : String(error)} (${code ?? 'no code'}${refused === undefined ? '' : `, expected ${refused}`})`, error);
    return;
  }
  if (refused !== undefined) throw fail(`succeeded; it had to be refused with ${refused}.`);
}

function told({ steps }: Script, until: Step): string {
  return steps
    .slice(0, steps.indexOf(until) + 1)
    .map(({ week, by, verb, what }) => `  week ${week} ${by.slug}/${by.user} ${verb} ${what}`)
    .join('\n');
}
