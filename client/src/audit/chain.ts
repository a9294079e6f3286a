import { invariant } from './invariant';
import type { Break } from './invariant';
import { erasable } from './rules';

export const appendOnly = invariant('14', 'History is append-only: blocks are chained by their hashes, nothing is deleted, private values are what the blocks say', () => {
  let previous: { readonly number: bigint; readonly hash: string } | undefined;
  return {
    block({ number, hash, previousHash, intact }, find) {
      const where = { block: number, transactionId: '' };
      const before = previous;
      previous = { number, hash };
      find.require(number === (before === undefined ? 0n : before.number + 1n), where, () => `block ${number} follows ${before?.number ?? 'nothing'}`);
      find.require(intact, where, () => `the transactions of block ${number} do not hash to what its header says`);
      if (before !== undefined) find.require(previousHash === before.hash, where, () => `block ${number} is not chained to block ${before.number}`);
    },
    step(step, _state, find) {
      for (const { type, attributes, before, after } of step.changes) find.require(after !== undefined || before === undefined || erasable.includes(type), step, () => `${type} ${attributes.join('/')} was deleted`);
      for (const why of step.strange) find.require(false, step, () => why);
      find.hide(step.missing);
    },
  };
});

/** What two ledgers must have in common. */
export interface BlockOutline {
  readonly number: bigint;
  readonly hash: string;
  readonly transactions: readonly { readonly id: string; readonly code: string }[];
}

/** The outline of a block, which is small enough to be kept. */
export function outlineOf({ number, hash, transactions }: BlockOutline): BlockOutline {
  return { number, hash, transactions: transactions.map(({ id, code }) => ({ id, code })) };
}

/** First block in which the ledgers of several organisations differ: in its transactions or in which of them are valid. Undefined if they agree as far as the shortest goes. */
export function firstDifference(ledgers: readonly { readonly mspId: string; readonly blocks: readonly BlockOutline[] }[]): (Break & { readonly mspIds: readonly [string, string] }) | undefined {
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
