import type { LedgerBlock } from '../events/decode-block';
import type { LedgerState } from './ledger-state';
import type { Step } from './step';

/** A ledger that is broken all over is told by its first breaks. */
export const MAX_BREAKS = 100;

/** Where a ledger breaks an invariant. */
export interface Break {
  readonly block: bigint;
  readonly transactionId: string;
  readonly message: string;
}

/** What a check found on one organisation's own ledger. */
export interface Verdict {
  /** Number in the design's list of invariants (finance.md), or the principle that it follows. */
  readonly invariant: string;
  readonly title: string;
  readonly holds: boolean;
  /** Facts that were checked and hold. */
  readonly checked: number;
  /** Facts that this organisation cannot see, so that they were not checked here. */
  readonly unseen: number;
  /** Where it is broken, in order; at most {@link MAX_BREAKS} are kept. */
  readonly breaks: readonly Break[];
  /** What members reported that does not add up. No rule of the ledger was broken: an event is its reporter's word. At most {@link MAX_BREAKS}. */
  readonly discrepancies: readonly Break[];
}

/** Follows one ledger from its first block on, and keeps no more of it than it needs. */
export interface Checker {
  /** Every block, before its transactions. */
  block?(block: LedgerBlock, find: Findings): void;
  /** Every transaction that changed something, with the state right after it. */
  step?(step: Step, state: LedgerState, find: Findings): void;
  /** What can be said only of the ledger as far as it was read, because later transactions may still put it right. Adds to `find` for this once. */
  asOfNow?(state: LedgerState, find: Findings): void;
}

/** A named rule over a whole ledger; pure. `begin` gives a fresh checker for one ledger. */
export interface Invariant {
  readonly invariant: string;
  readonly title: string;
  begin(): Checker;
}

/** Where in a ledger. */
export type Where = Pick<Step, 'block' | 'transactionId'>;

/** Collects what a check finds. */
export class Findings {
  readonly breaks: Break[] = [];
  readonly discrepancies: Break[] = [];
  checked = 0;
  unseen = 0;

  /** One fact: it holds, or the ledger is broken here. Returns whether it holds. */
  require(holds: boolean, { block, transactionId }: Where, message: () => string): boolean {
    if (holds) this.checked += 1;
    else if (this.breaks.length < MAX_BREAKS) this.breaks.push({ block, transactionId, message: message() });
    return holds;
  }

  /** What members reported does not add up here. */
  doubt({ block, transactionId }: Where, message: string): void {
    if (this.discrepancies.length < MAX_BREAKS) this.discrepancies.push({ block, transactionId, message });
  }

  /** Facts that the organisation cannot see. */
  hide(count = 1): void {
    this.unseen += count;
  }
}

/** An invariant whose checker remembers something from step to step. */
export function invariant(name: string, title: string, begin: () => Checker): Invariant {
  return { invariant: name, title, begin };
}

/** An invariant that looks at each step by itself, with the state right after it. */
export function stepInvariant(name: string, title: string, step: (step: Step, state: LedgerState, find: Findings) => void): Invariant {
  return { invariant: name, title, begin: () => ({ step }) };
}
