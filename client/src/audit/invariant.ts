import type { AuditedLedger, Step } from './ledger';

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
}

/** A named rule over a whole ledger; pure. */
export interface Invariant {
  readonly invariant: string;
  readonly title: string;
  check(ledger: AuditedLedger): Verdict;
}

type Where = Pick<Step, 'block' | 'transactionId'>;

/** Collects what a check finds. */
export class Findings {
  readonly breaks: Break[] = [];
  checked = 0;
  unseen = 0;

  /** One fact: it holds, or the ledger is broken here. Returns whether it holds. */
  require(holds: boolean, { block, transactionId }: Where, message: () => string): boolean {
    if (holds) this.checked += 1;
    else if (this.breaks.length < MAX_BREAKS) this.breaks.push({ block, transactionId, message: message() });
    return holds;
  }

  /** Facts that the organisation cannot see. */
  hide(count = 1): void {
    this.unseen += count;
  }
}

/** Makes a check of a function that tells what it finds. */
export function invariant(name: string, title: string, find: (ledger: AuditedLedger, findings: Findings) => void): Invariant {
  return {
    invariant: name,
    title,
    check: (ledger) => {
      const findings = new Findings();
      find(ledger, findings);
      const { breaks, checked, unseen } = findings;
      return { invariant: name, title, holds: breaks.length === 0, checked, unseen, breaks };
    },
  };
}
