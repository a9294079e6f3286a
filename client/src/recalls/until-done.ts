import type { InputOf, RecallProgress, traceVerbs } from '@dualchain/model';
import type { Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { withWitness } from '../submission/parties';
import { checkParameters } from '../submission/plan';
import { submit } from '../submission/submit';

type Step = typeof traceVerbs.advanceRecall | typeof traceVerbs.closeRecall;

export type StepParameters = InputOf<Step> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};

/** Runs a step of a recall, one transaction after the other, until nothing is left; `flagged` and `cleared` of all of them together. */
export async function untilDone(session: Session, verb: Step, parameters: StepParameters, options: CallOptions = {}): Promise<Typed<RecallProgress>> {
  const { witness, ...input } = checkParameters(parameters);
  const flagged: string[] = [];
  const cleared: string[] = [];
  for (;;) {
    const progress = await submit(session, { verb, input: toWire(input), prepare: () => ({ parties: withWitness(session, witness) }), decode: (answer) => typed(answer as RecallProgress) }, options);
    flagged.push(...progress.flagged);
    cleared.push(...progress.cleared);
    if (progress.done) return { ...progress, flagged, cleared };
  }
}
