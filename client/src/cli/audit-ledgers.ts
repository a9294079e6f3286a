import { DualchainError } from '@dualchain/model';
import { common } from '@hyperledger/fabric-protos';
import { Auditor, firstDifference, invariants, outlineOf } from '../audit/audit';
import type { AuditReport, BlockOutline, Break } from '../audit/audit';
import { ChannelIdentities, signatures } from '../audit/evidence';
import type { LedgerBlock } from '../events/decode-block';
import type { LedgerSource } from './ledger-sources';

/** The audit of one ledger. */
export interface AuditedSource {
  readonly source: string;
  /** SHA-256 (hex) of the header of block 0, by which the channel is known. */
  readonly genesisHash: string;
  readonly report: AuditReport;
  /** What was wrong with the file itself, where the ledger in it was broken before that. */
  readonly damage?: string;
}

/** A break, and on whose ledger. */
export interface Located extends Break {
  readonly source: string;
  readonly mspId: string;
  readonly invariant: string;
  readonly title: string;
}

export interface Audit {
  readonly holds: boolean;
  readonly ledgers: readonly AuditedSource[];
  /** All breaks, the first one first. */
  readonly breaks: readonly Located[];
  /** What members reported that does not add up, the first one first; each is told once, by the first ledger that shows it. */
  readonly discrepancies: readonly Located[];
}

/** What no ledger shows by itself, so that nobody takes it for checked. */
export const notVerified: readonly string[] = [
  'Which transactions count: the validation flags are those of the peer that gave the blocks (endorsement policies and read versions were not evaluated again; ledgers of several organisations are compared).',
  'Whether a certificate had expired or was revoked when it signed.',
  'Whether block 0 is the one that your consortium agreed on: compare its hash.',
];

/**
 * Replays each ledger from its first block, checks every invariant and every signature, and compares the ledgers.
 * Throws INVALID_INPUT where they are no evidence: blocks missing, of another channel, or of no member of it.
 */
export async function auditSources(sources: readonly LedgerSource[]): Promise<Audit> {
  const ledgers: AuditedSource[] = [];
  const outlines: { readonly mspId: string; readonly blocks: BlockOutline[] }[] = [];
  for (const source of sources) {
    const blocks: BlockOutline[] = [];
    outlines.push({ mspId: source.mspId === '' ? source.name : source.mspId, blocks });
    ledgers.push(await auditSource(source, (block) => blocks.push(outlineOf(block))));
  }
  requireOneChannel(ledgers);
  const located = (of: 'breaks' | 'discrepancies') => ledgers.flatMap(({ source, report }) => report.verdicts.flatMap(({ invariant, title, [of]: found }) => found.map((each): Located => ({ source, mspId: report.mspId, invariant, title, ...each }))));
  const breaks = located('breaks');
  const difference = firstDifference(outlines);
  if (difference !== undefined) breaks.push({ source: sources[0]?.name ?? '', mspId: difference.mspIds.join(' and '), invariant: 'agreement', title: 'Organisations have the same blocks and the same validation flags', ...difference });
  const discrepancies = [...new Map(located('discrepancies').reverse().map((each) => [`${each.transactionId} ${each.message}`, each])).values()];
  return { holds: breaks.length === 0, ledgers, breaks: breaks.sort(byPlace), discrepancies: discrepancies.sort(byPlace) };
}

function byPlace(a: Break, b: Break): number {
  return a.block === b.block ? Number(a.transactionId === '') - Number(b.transactionId === '') : a.block < b.block ? -1 : 1;
}

async function auditSource(source: LedgerSource, keep: (block: LedgerBlock) => void): Promise<AuditedSource> {
  const { name, mspId, chaincode } = source;
  const auditor = new Auditor({ mspId, chaincode }, [...invariants, signatures]);
  let genesisHash = '';
  const found = (damage?: string): AuditedSource => ({ source: name, genesisHash, report: auditor.report(), ...(damage !== undefined && { damage }) });
  try {
    for await (const block of source.blocks()) {
      if (block.number !== auditor.height) throw new DualchainError('INVALID_INPUT', auditor.height === 0n ? `${name} begins with block ${block.number}; an audit replays a ledger from block 0.` : `In ${name} block ${block.number} follows block ${auditor.height - 1n}: blocks are missing or out of order.`, { details: { source: name, block: block.number.toString() } });
      if (block.number === 0n) {
        genesisHash = block.hash;
        requireMember(block, source);
      }
      auditor.add(block);
      keep(block);
    }
  } catch (error) {
    // What was altered inside the file is told by the place where the ledger breaks; the file's own digest comes only at its end.
    if (error instanceof DualchainError && error.code === 'INVALID_INPUT' && !auditor.report().holds) return found(error.message);
    throw error;
  }
  if (auditor.height === 0n) throw new DualchainError('INVALID_INPUT', `${name} has no block.`, { details: { source: name } });
  return found();
}

function requireMember(block: LedgerBlock, { name, mspId }: LedgerSource): void {
  let mspIds: readonly string[];
  try {
    mspIds = ChannelIdentities.of(common.Block.deserializeBinary(block.bytes).getData()?.getDataList_asU8()[0] ?? new Uint8Array()).mspIds;
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `Block 0 of ${name} is no configuration of a channel.`, { details: { source: name }, cause });
  }
  if (mspId !== '' && !mspIds.includes(mspId)) throw new DualchainError('INVALID_INPUT', `${name} says that it is the ledger of ${mspId}, which is no member of its channel (${mspIds.join(', ')}).`, { details: { source: name, mspId } });
}

function requireOneChannel([first, ...others]: readonly AuditedSource[]): void {
  const other = others.find(({ genesisHash }) => genesisHash !== first?.genesisHash);
  if (other !== undefined) throw new DualchainError('INVALID_INPUT', `${first?.source ?? ''} and ${other.source} are of different channels: their first blocks differ.`, { details: { sources: [first?.source, other.source] } });
}
