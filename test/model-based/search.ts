import * as fc from 'fast-check';
import { financingKinds } from './kinds/financing';
import { freezingKinds } from './kinds/freezing';
import { holdingKinds } from './kinds/holdings';
import { issuingKinds } from './kinds/issuing';
import { settlingKinds } from './kinds/settling';
import { timeKinds } from './kinds/time';
import { tradeKinds } from './kinds/trade';
import type { Kind } from './attempt';
import type { ModelNetwork } from './network';
import { playSequence, Tally } from './play';

/** Everything that a sequence may try. */
const kinds: readonly Kind[] = [...tradeKinds, ...issuingKinds, ...holdingKinds, ...financingKinds, ...settlingKinds, ...freezingKinds, ...timeKinds];

/** Each kind as often as its weight says: a random place on it is a random kind. */
const wheel: readonly Kind[] = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));

export interface SearchOptions {
  /** Sequences in all. */
  readonly runs: number;
  /** Attempts in a sequence, at least. */
  readonly steps: number;
  /** The whole search follows from it. */
  readonly seed: number;
  /** Sequences under way at once, on one network. */
  readonly parallel: number;
  /** Seconds that a failing sequence may be shrunk for. */
  readonly shrinkSeconds: number;
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

/** A trade that ends in an active certificate, so that a sequence has something to go on with; shrinking may take it away. */
const opening = ['issueOrder', 'acceptOrder', 'submitInvoice', 'approveInvoice', 'acceptInvoice', 'issueCertificate', 'confirmCertificate', 'acceptCertificate'];

/** Plays random sequences until one fails or all have passed. A failing one is shrunk. */
export async function search(network: ModelNetwork, { runs, steps, seed, parallel, shrinkSeconds, onSequence, onFailure }: SearchOptions): Promise<SearchResult> {
  const tally = new Tally();
  const begin = opening.map((name) => ({ kind: wheel.findIndex((kind) => kind.name === name), picks: Array.from({ length: PICKS }, () => 0) }));
  const step = fc.record({ kind: fc.nat(wheel.length - 1), picks: fc.array(fc.nat(0x7fffffff), { minLength: PICKS, maxLength: PICKS }) });
  const sequence = fc.array(step, { minLength: steps, maxLength: steps + 20, size: 'max' });
  let first: { readonly lane: number; readonly at: number } | undefined;
  const results = await Promise.all(
    Array.from({ length: Math.min(parallel, runs) }, async (_, lane) => {
      const share = Math.floor(runs / parallel) + (lane < runs % parallel ? 1 : 0);
      const property = fc.asyncProperty(sequence, async (random) => {
        // One failure is enough; the lane that found it goes on alone to shrink it, for a while.
        if (first !== undefined && (first.lane !== lane || performance.now() - first.at > shrinkSeconds * 1000)) return;
        try {
          await playSequence(network, wheel, [...begin, ...random], tally);
          onSequence?.(tally);
        } catch (error) {
          if (first === undefined) onFailure?.(error instanceof Error ? error.message : String(error));
          first ??= { lane, at: performance.now() };
          throw error;
        }
      });
      return fc.check(property, { seed: seed + lane, numRuns: share });
    }),
  );
  const failure = results.find((result) => result.failed);
  return { tally, failure: failure === undefined ? undefined : `${failure.errorInstance instanceof Error ? failure.errorInstance.message : String(failure.errorInstance)}\n(seed ${failure.seed}, path ${failure.counterexamplePath ?? ''}, shrunk ${failure.numShrinks} times)` };
}
