import type { AuditedLedger, Step } from './ledger';

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
  /** Facts that were checked, up to the first break. */
  readonly checked: number;
  /** Facts that this organisation cannot see, so that they were not checked here. */
  readonly unseen: number;
  /** The first break. */
  readonly break?: Break;
}

/** A named rule over a whole ledger; pure. */
export interface Invariant {
  readonly invariant: string;
  readonly title: string;
  check(ledger: AuditedLedger): Verdict;
}

type Where = Pick<Step, 'block' | 'transactionId'>;

/** Collects what a check finds; only the first break is kept. */
export class Findings {
  checked = 0;
  unseen = 0;
  first: Break | undefined;

  /** One fact: it holds, or the ledger is broken here. Returns whether it holds. */
  require(holds: boolean, { block, transactionId }: Where, message: () => string): boolean {
    if (this.first !== undefined) return holds;
    if (holds) this.checked += 1;
    else this.first = { block, transactionId, message: message() };
    return holds;
  }

  /** Facts that the organisation cannot see. */
  hide(count = 1): void {
    if (this.first === undefined) this.unseen += count;
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
      const { first, checked, unseen } = findings;
      return { invariant: name, title, holds: first === undefined, checked, unseen, ...(first === undefined ? {} : { break: first }) };
    },
  };
}
