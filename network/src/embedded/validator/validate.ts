import { peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, DefinitionLookup, StateReader } from '../interfaces';
import { checkEndorsements } from './endorsement';
import { BlockUpdates, checkVersions } from './mvcc';
import type { ParsedTransaction } from './parse';

const Code = peer.TxValidationCode;

export interface ValidationContext {
  readonly state: StateReader;
  readonly bundle: ChannelBundle;
  readonly lookup: DefinitionLookup;
  readonly isKnownTransaction: (txId: string) => boolean;
}

/** Validation code of each transaction of a block, in Fabric's order of checks (wire notes 3.1). */
export function validateBlock(transactions: readonly ParsedTransaction[], blockNumber: number, context: ValidationContext): number[] {
  const { state, bundle, lookup } = context;
  const changedPolicies = new Set<string>();
  const codes = transactions.map((transaction) => {
    if (transaction.isConfig) return Code.VALID;
    const structural = transaction.code;
    const early: readonly number[] = [Code.NIL_ENVELOPE, Code.BAD_PAYLOAD, Code.BAD_COMMON_HEADER, Code.INVALID_OTHER_REASON];
    if (transaction.creator === undefined || (early.includes(structural) && transaction.txId === '')) return structural;
    if (!creatorSigned(transaction.creator, bundle)) return Code.BAD_CREATOR_SIGNATURE;
    const beforeDuplicates: readonly number[] = [Code.UNSUPPORTED_TX_PAYLOAD, Code.BAD_PROPOSAL_TXID, Code.INVALID_ENDORSER_TRANSACTION];
    if (beforeDuplicates.includes(structural)) return structural;
    if (context.isKnownTransaction(transaction.txId)) return Code.DUPLICATE_TXID;
    if (structural !== Code.VALID) return structural;
    return checkEndorsements(transaction, { state, bundle, lookup, changedPolicies });
  });

  const seen = new Set<string>();
  transactions.forEach((transaction, index) => {
    if (codes[index] !== Code.VALID || transaction.isConfig) return;
    if (seen.has(transaction.txId)) codes[index] = Code.DUPLICATE_TXID;
    seen.add(transaction.txId);
  });

  const updates = new BlockUpdates();
  transactions.forEach((transaction, index) => {
    if (codes[index] !== Code.VALID || transaction.isConfig) return;
    const verdict = checkVersions(transaction.namespaces, state, updates);
    codes[index] = verdict;
    if (verdict === Code.VALID) updates.record(transaction.namespaces, { blockNum: blockNumber, txNum: index }, state);
  });
  return codes;
}

function creatorSigned(creator: NonNullable<ParsedTransaction['creator']>, bundle: ChannelBundle): boolean {
  try {
    return bundle.mspManager.deserialize(creator.identity).verify(creator.message, creator.signature);
  } catch {
    return false;
  }
}
