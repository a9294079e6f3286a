import { ModelNetwork } from './network';
import { search } from './search';
import type { TallyCounts } from './tally';

/** What one process is to play, on a network of its own. */
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

/** Plays a share and tells how it goes. */
export async function play({ chaincode, ...share }: Share, tell: (message: ShareMessage) => void): Promise<void> {
  await using network = await ModelNetwork.start(chaincode);
  const { tally, failure } = await search(network, {
    ...share,
    onFailure: (text) => tell({ kind: 'failure', text }),
    onSequence: () => tell({ kind: 'sequence' }),
  });
  tell({ kind: 'result', tally: tally.toJSON(), checked: [...network.checked()], failure });
}
