import { blocks as readBlocks } from '../events/blocks';
import type { LedgerBlock } from '../events/decode-block';
import type { CallOptions, Session } from '../session';
import { Auditor } from './auditor';
import type { AuditReport } from './auditor';
import { readLedger } from './ledger';
import type { AuditedLedger } from './ledger';

export * from './auditor';
export * from './chain';
export * from './invariant';
export { invariants } from './invariants';
export * from './leaks';
export { readLedger } from './ledger';
export type { AuditedLedger } from './ledger';

/** Checks every invariant on a ledger that was read before. */
export function auditLedger({ mspId, chaincode, blocks }: AuditedLedger): AuditReport {
  const auditor = new Auditor({ mspId, chaincode });
  for (const block of blocks) auditor.add(block);
  return auditor.report();
}

/** The own organisation's ledger from the first block to the newest, with its private data, ready to be checked. Throws as `blocks`. */
export async function readOwnLedger(session: Session, options: CallOptions = {}): Promise<AuditedLedger> {
  const read: LedgerBlock[] = [];
  for await (const block of readBlocks(session, { from: 0n, to: 'latest' }, options)) read.push(block);
  return readLedger(session.mspId, session.chaincode, read);
}

/**
 * Replays the own organisation's ledger and checks every invariant of the money chain on it, transaction by
 * transaction; keeps the state, never the blocks. What the organisation cannot see is counted as `unseen`, never taken
 * for granted. Throws as `blocks`.
 */
export async function auditOwnLedger(session: Session, options: CallOptions = {}): Promise<AuditReport> {
  const auditor = new Auditor(session);
  for await (const block of readBlocks(session, { from: 0n, to: 'latest' }, options)) auditor.add(block);
  return auditor.report();
}
