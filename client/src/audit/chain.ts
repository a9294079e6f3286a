import { keyTable } from '@dualchain/model';
import type { ObjectType } from '@dualchain/model';
import type { LedgerBlock } from '../events/decode-block';
import { invariant } from './invariant';
import type { Break } from './invariant';

/** Objects that may be deleted: a recall's flags (invariant 15 says when), and index entries, which have no policy of their own. */
const erasable: readonly ObjectType[] = ['recallFlag', ...(Object.keys(keyTable) as ObjectType[]).filter((type) => keyTable[type].policy === '')];

export const appendOnly = invariant('14', 'History is append-only: blocks are chained by their hashes, nothing is deleted, private values are what the blocks say', (ledger, find) => {
  let previous: LedgerBlock | undefined;
  for (const block of ledger.blocks) {
    const where = { block: block.number, transactionId: '' };
    find.require(block.number === (previous === undefined ? 0n : previous.number + 1n), where, () => `block ${block.number} follows ${previous?.number ?? 'nothing'}`);
    find.require(block.intact, where, () => `the transactions of block ${block.number} do not hash to what its header says`);
    if (previous !== undefined) find.require(block.previousHash === previous.hash, where, () => `block ${block.number} is not chained to block ${previous?.number ?? 0n}`);
    previous = block;
  }
  for (const step of ledger.steps) for (const { type, attributes, before, after } of step.changes) find.require(after !== undefined || before === undefined || erasable.includes(type), step, () => `${type} ${attributes.join('/')} was deleted`);
  for (const { why, ...where } of ledger.strangePrivateWrites) find.require(false, where, () => why);
  find.hide(ledger.missingPrivateWrites);
});

/** First block in which the ledgers of several organisations differ: in its transactions or in which of them are valid. Undefined if they agree as far as the shortest goes. */
export function firstDifference(ledgers: readonly { readonly mspId: string; readonly blocks: readonly LedgerBlock[] }[]): (Break & { readonly mspIds: readonly [string, string] }) | undefined {
  const [first, ...others] = ledgers;
  if (first === undefined) return undefined;
  for (const [index, block] of first.blocks.entries()) {
    for (const other of others) {
      const same = other.blocks[index];
      if (same === undefined) continue;
      const mspIds = [first.mspId, other.mspId] as const;
      if (same.hash !== block.hash) return { block: block.number, transactionId: '', mspIds, message: `block ${block.number} has another hash at ${other.mspId} than at ${first.mspId}` };
      for (const [position, { id, code }] of block.transactions.entries()) {
        const theirs = same.transactions[position]?.code;
        if (theirs !== code) return { block: block.number, transactionId: id, mspIds, message: `${other.mspId} says ${theirs ?? 'nothing'} where ${first.mspId} says ${code}` };
      }
    }
  }
  return undefined;
}
