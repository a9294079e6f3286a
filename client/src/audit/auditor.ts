import type { LedgerBlock } from '../events/decode-block';
import { Findings } from './invariant';
import type { Checker, Invariant, Verdict } from './invariant';
import { invariants } from './invariants';
import { LedgerState } from './ledger-state';
import { readStep } from './step-reader';
import type { LedgerOf } from './step-reader';
import type { Step } from './step';

/** What an audit found on the ledger of one organisation. */
export interface AuditReport {
  readonly mspId: string;
  /** Blocks read, the genesis block included. */
  readonly height: bigint;
  /** SHA-256 (hex) of the header of the newest block; empty if there is none. */
  readonly lastBlockHash: string;
  /** Valid transactions that changed something. */
  readonly transactions: number;
  readonly holds: boolean;
  readonly verdicts: readonly Verdict[];
}

/**
 * Audits the ledger of one organisation as its blocks come, from the first on: each block is decoded once and every
 * invariant checked on it. It keeps the state that the ledger describes, never the blocks.
 */
export class Auditor {
  readonly mspId: string;
  readonly #ledger: LedgerOf;
  readonly #state = new LedgerState();
  readonly #checks: readonly { readonly invariant: Invariant; readonly checker: Checker; readonly find: Findings }[];
  #height = 0n;
  #lastBlockHash = '';
  #transactions = 0;

  constructor({ mspId, chaincode }: LedgerOf, checked: readonly Invariant[] = invariants) {
    this.mspId = mspId;
    this.#ledger = { mspId, chaincode };
    this.#checks = checked.map((invariant) => ({ invariant, checker: invariant.begin(), find: new Findings() }));
  }

  /** Blocks that were added. */
  get height(): bigint {
    return this.#height;
  }

  /** The next block, with the private data of the own organisation where it came. */
  add(block: LedgerBlock): void {
    this.#height += 1n;
    this.#lastBlockHash = block.hash;
    for (const { checker, find } of this.#checks) checker.block?.(block, find);
    for (const transaction of block.transactions) {
      const step = readStep(this.#ledger, block, transaction, this.#state);
      if (step === undefined) continue;
      this.#transactions += 1;
      this.#state.apply(step);
      for (const { checker, find } of this.#checks) this.#check(checker, step, find);
    }
  }

  /** What was found so far. */
  report(): AuditReport {
    const verdicts = this.#checks.map(({ invariant: { invariant, title }, checker, find }): Verdict => {
      const now = new Findings();
      checker.asOfNow?.(this.#state, now);
      const breaks = [...find.breaks, ...now.breaks];
      return { invariant, title, holds: breaks.length === 0, checked: find.checked + now.checked, unseen: find.unseen + now.unseen, breaks, discrepancies: [...find.discrepancies, ...now.discrepancies] };
    });
    return { mspId: this.mspId, height: this.#height, lastBlockHash: this.#lastBlockHash, transactions: this.#transactions, holds: verdicts.every(({ holds }) => holds), verdicts };
  }

  #check(checker: Checker, step: Step, find: Findings): void {
    try {
      checker.step?.(step, this.#state, find);
    } catch (error) {
      // Altered chaincode may write objects without the fields that a check reads: a break like any other, not the end of the audit.
      find.require(false, step, () => `what ${step.verb} wrote cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
