import { assertPlain, canonicalJson, DualchainError, fieldRoot, implicitCollection, parseJson, recordBytes, recordHash, recordKey, recordRange, sealRecord } from '@dualchain/model';
import type { SealedRecord } from '@dualchain/model';
import type { ChaincodeStub } from 'fabric-shim-api';
import type { Bulk } from './bulk';
import { decode } from './codec';

/** Most text that one transient field may hold. */
const MAX_TRANSIENT = 8 * 1024 * 1024;
const MAX_OPENINGS = 200;
const SEED_BYTES = 32;

/** A sealed record as it was written, with what its public skeleton needs. */
export interface Sealing {
  readonly record: SealedRecord;
  /** Merkle root over its salted fields. */
  readonly root: string;
}

/**
 * Sealed records (design, principles 3 and 4). Endorsers never read private state of a transaction they endorse: they
 * take the record from the transient map as an *opening* and compare its hash with what stands in the collections of
 * the organisations that must hold it.
 */
export class SealedStore {
  readonly #stub: ChaincodeStub;
  readonly #bulk: Bulk;
  readonly #callerMspId: string;
  #openings: ReadonlyMap<string, SealedRecord> | undefined;

  constructor(stub: ChaincodeStub, bulk: Bulk, callerMspId: string) {
    this.#stub = stub;
    this.#bulk = bulk;
    this.#callerMspId = callerMspId;
  }

  /** Random bytes that only the endorsers of this transaction know. Throws INVALID_INPUT without them. */
  get seed(): Uint8Array {
    const seed = this.#stub.getTransient().get('seed');
    if (seed?.length !== SEED_BYTES) throw new DualchainError('INVALID_INPUT', `The transient field "seed" must hold ${SEED_BYTES} random bytes: sealed records take their salts from it.`);
    return seed;
  }

  /** Whether the caller asks its own organisation's peer, where alone sealed records are read. */
  get atOwnPeer(): boolean {
    return this.#stub.getMspID() === this.#callerMspId;
  }

  /** Whether the client passed this record. */
  has(type: string, id: string): boolean {
    return this.#opened().has(recordKey(type, id));
  }

  /**
   * The opened record, proved to stand in the collections of all these organisations. `Fields` is what was checked when
   * it was sealed. One hash read an organisation. Throws OPENING_REQUIRED and NOT_GENUINE.
   */
  async requireGenuine<Fields = Record<string, unknown>>(type: string, id: string, mspIds: readonly string[]): Promise<SealedRecord & Fields> {
    const record = this.#opened().get(recordKey(type, id));
    if (record === undefined) throw new DualchainError('OPENING_REQUIRED', `The sealed record ${recordKey(type, id)} must be opened to the endorsers; read it at your own peer and pass it as an opening.`, { details: { record: recordKey(type, id) } });
    const hash = recordHash(record);
    for (const mspId of mspIds) {
      if ((await this.hashAt(type, id, mspId)) !== hash) throw notGenuine(type, id, mspId);
    }
    return record as SealedRecord & Fields;
  }

  /** Proves, without seeing it, that all these organisations hold one and the same record. Throws NOT_GENUINE. Returns its hash. */
  async requireShared(type: string, id: string, mspIds: readonly string[]): Promise<string> {
    let common: string | undefined;
    for (const mspId of mspIds) {
      const hash = await this.hashAt(type, id, mspId);
      if (hash === undefined || (common !== undefined && hash !== common)) throw notGenuine(type, id, mspId);
      common = hash;
    }
    return common ?? '';
  }

  /** SHA-256 (hex) of what an organisation holds under this record's key; undefined if nothing. Everyone can ask. */
  async hashAt(type: string, id: string, mspId: string): Promise<string | undefined> {
    const hash = await this.#stub.getPrivateDataHash(implicitCollection(mspId), recordKey(type, id));
    return hash.length === 0 ? undefined : Buffer.from(hash).toString('hex');
  }

  /** Makes a record with a salt from the transaction's seed, without writing it. Throws INVALID_INPUT without a seed. */
  make(type: string, id: string, fields: Record<string, unknown>): Sealing {
    const record = sealRecord(this.seed, type, id, fields);
    return { record, root: fieldRoot(record) };
  }

  /** Makes a record and writes it into the collections of its readers, which therefore must all endorse. */
  async seal(type: string, id: string, fields: Record<string, unknown>, mspIds: readonly string[]): Promise<Sealing> {
    const sealing = this.make(type, id, fields);
    await this.share(sealing.record, mspIds);
    return sealing;
  }

  /** Writes a record as it is into the collections of further organisations. */
  async share(record: SealedRecord, mspIds: readonly string[]): Promise<void> {
    const bytes = recordBytes(record);
    for (const mspId of new Set(mspIds)) await this.#bulk.putPrivate(implicitCollection(mspId), recordKey(record.type, record.id), bytes);
  }

  /**
   * Whether the record of this id that all these organisations hold has the same content as `fields`. The salt of the
   * standing record is another one, unless the same seed is used again; then the record must be among the openings.
   */
  async holdsSame(type: string, id: string, fields: Record<string, unknown>, mspIds: readonly string[]): Promise<boolean> {
    const candidate = this.make(type, id, fields).record;
    const standing = await this.requireShared(type, id, mspIds);
    if (recordHash(candidate) === standing) return true;
    const opened = this.#opened().get(recordKey(type, id));
    if (opened === undefined || recordHash(opened) !== standing) return false;
    return canonicalJson({ ...opened, salt: '' }) === canonicalJson({ ...candidate, salt: '' });
  }

  /** The caller's own copy, read at its own peer; for queries only. Throws WRONG_PEER. */
  async own(type: string, id: string): Promise<SealedRecord | undefined> {
    return decode<SealedRecord>(await this.#stub.getPrivateData(this.#ownCollection(), recordKey(type, id)));
  }

  /**
   * The caller's own records of a type in order of id, from `after` (exclusive) on, at its own peer; for queries only.
   * Fabric pages no private ranges, so the last id serves as bookmark. Throws WRONG_PEER.
   */
  async ownPage(type: string, limit: number, after = ''): Promise<SealedRecord[]> {
    const records: SealedRecord[] = [];
    const from = after === '' ? recordKey(type, '') : `${recordKey(type, after)}\u0001`;
    // ";" follows ":" in byte order, so this ends behind the last record of the type.
    for await (const { value } of this.#stub.getPrivateDataByRange(this.#ownCollection(), from, `${type};`)) {
      const record = decode<SealedRecord>(value);
      if (record !== undefined) records.push(record);
      if (records.length >= limit) break;
    }
    return records;
  }

  /** The caller's own records of a type whose ids begin with this identifier or event hash ({@link recordRange}), at its own peer; for queries only. Throws WRONG_PEER. */
  async ownUnder(type: string, identifier: string, limit: number): Promise<SealedRecord[]> {
    const { from, to } = recordRange(type, identifier);
    const records: SealedRecord[] = [];
    for await (const { value } of this.#stub.getPrivateDataByRange(this.#ownCollection(), from, to)) {
      const record = decode<SealedRecord>(value);
      if (record !== undefined) records.push(record);
      if (records.length >= limit) break;
    }
    return records;
  }

  #ownCollection(): string {
    const peer = this.#stub.getMspID();
    if (peer !== this.#callerMspId) throw new DualchainError('WRONG_PEER', `Sealed records of ${this.#callerMspId} are read at its own peer, not at that of ${peer}; send the query to your own organisation.`, { details: { peer } });
    return implicitCollection(peer);
  }

  #opened(): ReadonlyMap<string, SealedRecord> {
    this.#openings ??= readOpenings(this.#stub.getTransient().get('openings'));
    return this.#openings;
  }
}

function readOpenings(bytes: Uint8Array | undefined): ReadonlyMap<string, SealedRecord> {
  const openings = new Map<string, SealedRecord>();
  if (bytes === undefined) return openings;
  const what = 'The transient field "openings"';
  const parsed = parseJson(Buffer.from(bytes).toString('utf8'), what, MAX_TRANSIENT);
  assertPlain(parsed, what);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new DualchainError('INVALID_INPUT', `${what} must be an object of sealed records by key.`);
  const entries: [string, unknown][] = Object.entries(parsed);
  if (entries.length > MAX_OPENINGS) throw new DualchainError('TOO_LARGE', `${what} holds more than ${MAX_OPENINGS} records; use smaller transactions.`);
  for (const [key, record] of entries) {
    if (!isSealedRecord(record) || recordKey(record.type, record.id) !== key) throw new DualchainError('INVALID_INPUT', `${what} holds something that is not the sealed record of its key.`);
    openings.set(key, record);
  }
  return openings;
}

function isSealedRecord(value: unknown): value is SealedRecord {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'id' in value && typeof value.id === 'string' && 'salt' in value && typeof value.salt === 'string';
}

function notGenuine(type: string, id: string, mspId: string): DualchainError {
  return new DualchainError('NOT_GENUINE', `The sealed record ${recordKey(type, id)} is not what ${mspId} holds: read the present one at your own peer and try again.`, { details: { record: recordKey(type, id), mspId } });
}

