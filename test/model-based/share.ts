import { ModelNetwork } from './network';
import { search } from './search';
import { Tally } from './tally';
import type { TallyCounts } from './tally';

/** What one process is to play, on networks of its own. */
export interface Share {
  readonly runs: number;
  readonly steps: number;
  readonly seed: number;
  readonly parallel: number;
  readonly path?: string | undefined;
  /** Chaincode bundle; left out: the repository's own. */
  readonly chaincode?: string | undefined;
  /** Seconds that a failing sequence may be shrunk for. */
  readonly shrinkSeconds: number;
}

/** What a process tells while it plays; `result` is the last. */
export type ShareMessage =
  | { readonly kind: 'sequence' }
  | { readonly kind: 'failure'; readonly text: string }
  | { readonly kind: 'result'; readonly tally: TallyCounts; readonly checked: readonly (readonly [string, number])[]; readonly failure: string | undefined };

/** Sequences on one network: its ledger is kept in memory, and grows with each. */
export const SEQUENCES_PER_NETWORK = 200;

/** Plays a share, one network after the other, and tells how it goes. */
export async function play({ chaincode, runs, ...share }: Share, tell: (message: ShareMessage) => void): Promise<void> {
  const tally = new Tally();
  const checked = new Map<string, number>();
  let failure: string | undefined;
  for (let played = 0, seed = share.seed; played < runs && failure === undefined; played += SEQUENCES_PER_NETWORK, seed += share.parallel) {
    await using network = await ModelNetwork.start(chaincode);
    const result = await search(network, {
      ...share,
      seed,
      runs: Math.min(SEQUENCES_PER_NETWORK, runs - played),
      tally,
      onFailure: (text) => tell({ kind: 'failure', text }),
      onSequence: () => tell({ kind: 'sequence' }),
    });
    ({ failure } = result);
    for (const [invariant, count] of network.checked()) checked.set(invariant, (checked.get(invariant) ?? 0) + count);
  }
  tell({ kind: 'result', tally: tally.toJSON(), checked: [...checked], failure });
}
