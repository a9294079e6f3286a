import type { LedgerObjects, SealedRecord } from '@dualchain/model';
import { allOf } from '../../ledger';
import type { Call } from '../../ledger';

/** Objects whose terms may be replaced; the earlier ones stay readable under their version. */
type Versioned = 'order' | 'invoice';

/** A version as part of a key: all of one length, so that keys are in order of version. */
const versionKey = (version: number): string => version.toString().padStart(4, '0');

/** Id of the sealed record of an earlier version. */
function versionRecordId(id: string, version: string): string {
  return `${id}/${version}`;
}

/** Id of the sealed record that belongs to one proposal or dispute of an object. */
export function proposalRecordId(id: string, proposalId: string): string {
  return `${id}/${proposalId}`;
}

/** Where the terms stand with which an object was created. */
export function firstRecordOf(type: Versioned, { id, version }: { readonly id: string; readonly version: number }): { readonly type: string; readonly id: string } {
  return version === 1 ? { type, id } : { type: `${type}Version`, id: versionRecordId(id, versionKey(1)) };
}

/** Keeps the terms that are about to be replaced: sealed with the same organisations, and a public entry. Four writes. */
export async function keepVersion({ state, sealed, at }: Pick<Call, 'state' | 'sealed' | 'at'>, type: Versioned, { id, version }: { readonly id: string; readonly version: number }, record: SealedRecord, parties: readonly string[]): Promise<void> {
  const key = versionKey(version);
  const { root } = await sealed.seal(`${type}Version`, versionRecordId(id, key), contentOf(record), parties);
  const entry: LedgerObjects['orderVersion'] = { id, version, replacedAt: at, root };
  await state.create(`${type}Version`, [id, key], entry, allOf(parties));
}

/** Fields of a sealed record without what binds and salts it. */
export function contentOf(record: SealedRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => field !== 'type' && field !== 'id' && field !== 'salt'));
}

/** Sealed record of the version that a public entry stands for. */
export function recordOfVersion(type: Versioned, { id, version }: LedgerObjects['orderVersion']): { readonly type: string; readonly id: string } {
  return { type: `${type}Version`, id: versionRecordId(id, versionKey(version)) };
}
