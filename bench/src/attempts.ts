import type { Attempt } from '@dualchain/client';
import { DualchainError } from '@dualchain/client';

/** What the SDK had to repeat, and why. */
export class Attempts {
  /** Transactions that lost a race. */
  conflicts = 0;
  /** Proposals that were repeated for any other reason, such as a peer that was some blocks behind. */
  others = 0;

  /** Hooks for a connection. */
  readonly hooks = {
    onAttempt: ({ reason }: Attempt) => {
      if (reason === undefined) return;
      if (reason instanceof DualchainError && reason.code === 'READ_CONFLICT') this.conflicts += 1;
      else this.others += 1;
    },
  };
}
