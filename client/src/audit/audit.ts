import { blocks as readBlocks } from '../events/blocks';
import type { LedgerBlock } from '../events/decode-block';
import type { CallOptions, Session } from '../session';
import { appendOnly } from './chain';
import { conservation, coverage, genuineness, liveSum } from './claims';
import { financeRests, operatorSignsNothing, paymentOnce, tenorWithinLimit } from './finance';
import { goodsClaimedOnce, recallIsClosure } from './goods';
import type { Invariant, Verdict } from './invariant';
import { oneCertificatePerInvoice, oneClaimPerFingerprint } from './invoices';
import { readLedger } from './ledger';
import type { AuditedLedger } from './ledger';
import { openProposals, spentOnce } from './proposals';

export * from './chain';
export * from './invariant';
export * from './leaks';
export { readLedger } from './ledger';
export type { AuditedLedger } from './ledger';

/** Every invariant that a ledger alone can show (finance.md, "Invariants"); 19 needs to know what was sealed: {@link findLeaks}. */
export const invariants: readonly Invariant[] = [
  coverage,
  liveSum,
  conservation,
  oneClaimPerFingerprint,
  oneCertificatePerInvoice,
  goodsClaimedOnce,
  financeRests,
  operatorSignsNothing,
  paymentOnce,
  openProposals,
  appendOnly,
  recallIsClosure,
  tenorWithinLimit,
  spentOnce,
  genuineness,
];

export interface AuditReport {
  readonly mspId: string;
  /** Blocks read, the genesis block included. */
  readonly height: bigint;
  /** Valid transactions that changed something. */
  readonly transactions: number;
  readonly holds: boolean;
  readonly verdicts: readonly Verdict[];
}

/** Checks every invariant on a ledger that was read before. */
export function auditLedger(ledger: AuditedLedger): AuditReport {
  const verdicts = invariants.map(({ check }) => check(ledger));
  return { mspId: ledger.mspId, height: BigInt(ledger.blocks.length), transactions: ledger.steps.length, holds: verdicts.every(({ holds }) => holds), verdicts };
}

/** The own organisation's ledger from the first block to the newest, with its private data, ready to be checked. Throws as `blocks`. */
export async function readOwnLedger(session: Session, options: CallOptions = {}): Promise<AuditedLedger> {
  const read: LedgerBlock[] = [];
  for await (const block of readBlocks(session, { from: 0n, to: 'latest' }, options)) read.push(block);
  return readLedger(session.mspId, session.chaincode, read);
}

/**
 * Replays the own organisation's ledger and checks every invariant of the money chain on it, transaction by
 * transaction. What the organisation cannot see is counted as `unseen`, never taken for granted. Throws as `blocks`.
 */
export async function auditOwnLedger(session: Session, options: CallOptions = {}): Promise<AuditReport> {
  return auditLedger(await readOwnLedger(session, options));
}
