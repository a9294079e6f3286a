import * as fc from 'fast-check';
import { openings } from './openings';
import type { ModelNetwork } from './network';
import { playSequence } from './play';
import { Tally } from './tally';
import { wheel } from './wheel';

export interface SearchOptions {
  /** Sequences in all. */
  readonly runs: number;
  /** Attempts in a sequence behind its opening, at least. */
  readonly steps: number;
  /** The whole search follows from it. */
  readonly seed: number;
  /** Sequences under way at once, on one network. */
  readonly parallel: number;
  /** Seconds that a failing sequence may be shrunk for. */
  readonly shrinkSeconds: number;
  /** Where a failure that is played again was found, as it was told. */
  readonly path?: string | undefined;
  /** Counts on from here; left out, from nothing. */
  readonly tally?: Tally;
  readonly onSequence?: ((tally: Tally) => void) | undefined;
  /** Told the first failure as it is found, before it is shrunk. */
  readonly onFailure?: ((failure: string) => void) | undefined;
}

export interface SearchResult {
  readonly tally: Tally;
  /** The smallest failing sequence that was found, with the seed that finds it again. */
  readonly failure: string | undefined;
}

/** Random numbers of one step: more than any kind asks for in the ordinary case. */
const PICKS = 12;
/** Half of the steps should succeed, most others are to be refused for one reason alone: a reason that other reasons hide is not tested. */
const modes = ['fitting', 'fitting', 'rare', 'rare', 'any', 'refused', 'wrong', 'wrong'] as const;

const step = fc.record({ kind: fc.nat(wheel.length - 1), picks: fc.array(fc.nat(0x7fffffff), { minLength: PICKS, maxLength: PICKS }), mode: fc.constantFrom(...modes) });

/** Steps that lead to something worth trying; shrinking leads to the shortest opening and takes steps away. */
function opened(name: number) {
  const opening = openings[name] ?? openings[0];
  return opening.steps.map(([verb, ...picks]) => ({ kind: wheel.findIndex((kind) => kind.name === verb), picks: [...picks, ...Array.from({ length: PICKS }, () => 0)], mode: 'any' as const }));
}

/** Plays random sequences until one fails or all have passed. A failing one is shrunk. */
export async function search(network: ModelNetwork, { runs, steps, seed, parallel, shrinkSeconds, path, tally = new Tally(), onSequence, onFailure }: SearchOptions): Promise<SearchResult> {
  // Small numbers are no edge cases here: each place on the wheel is as good as any other.
  const sequence = fc.noBias(fc.record({ opening: fc.nat(openings.length - 1), random: fc.array(step, { minLength: steps, maxLength: steps + 10, size: 'max' }) }));
  let first: { readonly lane: number; readonly at: number } | undefined;
  const results = await Promise.all(
    Array.from({ length: Math.min(parallel, runs) }, async (_, lane) => {
      const share = Math.floor(runs / parallel) + (lane < runs % parallel ? 1 : 0);
      const property = fc.asyncProperty(sequence, async ({ opening, random }) => {
        // One failure is enough; the lane that found it goes on alone to shrink it, for a while.
        const stopped = (): boolean => first !== undefined && (first.lane !== lane || performance.now() - first.at > shrinkSeconds * 1000);
        if (stopped()) return;
        try {
          await playSequence(network, wheel, { dueSoon: openings[opening]?.dueSoon ?? false, steps: [...opened(opening), ...random] }, tally, stopped);
          onSequence?.(tally);
        } catch (error) {
          if (first === undefined) onFailure?.(`${error instanceof Error ? error.message : String(error)}\n(seed ${seed + lane})`);
          first ??= { lane, at: performance.now() };
          throw error;
        }
      });
      return fc.check(property, { seed: seed + lane, numRuns: share, ...(path === undefined ? {} : { path }) });
    }),
  );
  const failure = results.find((result) => result.failed);
  return { tally, failure: failure === undefined ? undefined : `${failure.errorInstance instanceof Error ? failure.errorInstance.message : String(failure.errorInstance)}\n(shrunk ${failure.numShrinks} times; to play it again: npm run test:model -- --runs 1 --seed ${failure.seed} --path ${failure.counterexamplePath ?? ''})` };
}
