import type { Member } from '@dualchain/model';
import type { InternalKey } from './trace/internal-box';
import type { Connection, Deadlines } from './transport/connection';

/** How often, and how patiently, a call is tried again. */
export interface RetryPolicy {
  /** Proposals sent at most, the first one included. */
  readonly attempts: number;
  /** First pause in milliseconds; doubled each time, with full jitter. */
  readonly baseDelay: number;
  readonly maxDelay: number;
}

export const defaultRetry: RetryPolicy = { attempts: 8, baseDelay: 50, maxDelay: 2_000 };

/** One proposal on its way. */
export interface Attempt {
  readonly verb: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Why the one before did not do; undefined for the first. */
  readonly reason?: Error | undefined;
}

export interface Committed {
  readonly verb: string;
  readonly transactionId: string;
  readonly blockNumber: bigint;
  readonly attempts: number;
  /** From the first proposal to the commit, in milliseconds. */
  readonly milliseconds: number;
}

/** Called as things happen. A hook that throws is reported as a process warning and changes nothing. */
export interface Hooks {
  readonly onAttempt?: (attempt: Attempt) => void;
  readonly onCommit?: (committed: Committed) => void;
}

/** Who acts, through which connection, with which patience. Every verb takes one. */
export interface Session {
  readonly mspId: string;
  readonly connection: Connection;
  readonly chaincode: string;
  /** Members as the profile names them, for defaults such as a witness; not an authority on roles. */
  readonly members: readonly (Member & { readonly slug?: string })[];
  readonly deadlines: Deadlines;
  readonly retry: RetryPolicy;
  readonly hooks: Hooks;
  /** Key of the organisation for its internal events. */
  readonly internalKey?: InternalKey | undefined;
}

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}
