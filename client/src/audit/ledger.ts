import type { LedgerBlock } from '../events/decode-block';
import { LedgerState } from './ledger-state';
import { readStep } from './step-reader';
import type { Step } from './step';

/** What one organisation's own ledger says. */
export interface AuditedLedger {
  readonly mspId: string;
  readonly chaincode: string;
  readonly blocks: readonly LedgerBlock[];
  /** Valid transactions of the chaincode in order; decoded when first asked for. */
  readonly steps: readonly Step[];
}

/** Reads decoded blocks, from the first on, as the ledger of one organisation; only valid transactions of `chaincode` change anything. */
export function readLedger(mspId: string, chaincode: string, read: readonly LedgerBlock[]): AuditedLedger {
  const blocks = [...read];
  let steps: readonly Step[] | undefined;
  return {
    mspId,
    chaincode,
    blocks,
    get steps() {
      steps ??= stepsOf(mspId, chaincode, blocks);
      return steps;
    },
  };
}

function stepsOf(mspId: string, chaincode: string, blocks: readonly LedgerBlock[]): Step[] {
  const state = new LedgerState();
  const steps: Step[] = [];
  for (const block of blocks) {
    for (const transaction of block.transactions) {
      const step = readStep({ mspId, chaincode }, block, transaction, state);
      if (step === undefined) continue;
      state.apply(step);
      steps.push(step);
    }
  }
  return steps;
}
