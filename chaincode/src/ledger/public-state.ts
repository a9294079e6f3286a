import { DualchainError } from '@dualchain/model';
import type { Page } from '@dualchain/model';
import type { ChaincodeStub } from 'fabric-shim-api';
import type { Bulk } from './bulk';
import { decode, encode } from './codec';
import { encodePolicy } from './endorsement';
import type { Policy } from './endorsement';
import { keyOf, nameOf } from './keys';
import type { LedgerObjects, ObjectType } from './keys';
import { readPage } from './pages';

const DEFAULT_PAGE = 100;
/** Value of an index key: Fabric takes an empty value for a deletion. */
const PRESENT = {};

/** One row of a range: attributes of its key and its value. */
export interface Row<T extends ObjectType> {
  readonly attributes: readonly string[];
  readonly value: LedgerObjects[T];
}

/**
 * Public state, typed by the key table. The first get of a key is one message to the peer, another get of it none: a
 * transaction never sees what it wrote itself. Writes go out together at the end, where the peer takes that.
 */
export class PublicState {
  readonly #stub: ChaincodeStub;
  readonly #bulk: Bulk;
  readonly #read = new Map<string, Promise<Uint8Array>>();

  constructor(stub: ChaincodeStub, bulk: Bulk) {
    this.#stub = stub;
    this.#bulk = bulk;
  }

  async get<T extends ObjectType>(type: T, ...attributes: string[]): Promise<LedgerObjects[T] | undefined> {
    const key = keyOf(this.#stub, type, attributes);
    const bytes = this.#read.get(key) ?? this.#stub.getState(key);
    this.#read.set(key, bytes);
    return decode<LedgerObjects[T]>(await bytes);
  }

  /** Reads objects that will be got, all in one message where the peer takes that. */
  async prepare(objects: Iterable<readonly [type: ObjectType, ...attributes: string[]]>): Promise<void> {
    const all = new Set(Array.from(objects, ([type, ...attributes]) => keyOf(this.#stub, type, attributes)));
    const keys = [...all].filter((key) => !this.#read.has(key));
    const values = await this.#bulk.read(keys);
    keys.forEach((key, place) => this.#read.set(key, Promise.resolve(values[place] ?? new Uint8Array())));
  }

  /** Throws NOT_FOUND. */
  async require<T extends ObjectType>(type: T, ...attributes: string[]): Promise<LedgerObjects[T]> {
    const value = await this.get(type, ...attributes);
    if (value === undefined) throw new DualchainError('NOT_FOUND', `There is no ${nameOf(type, attributes)}.`, { details: { type, id: attributes.join('/') } });
    return value;
  }

  /** Writes a new object with the policy that guards it from now on. */
  async create<T extends ObjectType>(type: T, attributes: readonly string[], value: LedgerObjects[T], policy: Policy): Promise<void> {
    const key = keyOf(this.#stub, type, attributes);
    await this.#bulk.put(key, encode(value));
    await this.#bulk.guard(key, encodePolicy(policy));
  }

  /** Writes an object that exists; its policy stays, unless a new one is given. */
  async update<T extends ObjectType>(type: T, attributes: readonly string[], value: LedgerObjects[T], policy?: Policy): Promise<void> {
    const key = keyOf(this.#stub, type, attributes);
    await this.#bulk.put(key, encode(value));
    if (policy !== undefined) await this.#bulk.guard(key, encodePolicy(policy));
  }

  /** Gives an object that exists another policy and leaves it as it is. */
  async guard(type: ObjectType, attributes: readonly string[], policy: Policy): Promise<void> {
    await this.#bulk.guard(keyOf(this.#stub, type, attributes), encodePolicy(policy));
  }

  /** Writes an index entry; it has no policy of its own. */
  async index<T extends ObjectType>(type: T, attributes: readonly string[], value?: LedgerObjects[T]): Promise<void> {
    await this.#bulk.put(keyOf(this.#stub, type, attributes), encode(value ?? PRESENT));
  }

  async remove(type: ObjectType, ...attributes: string[]): Promise<void> {
    await this.#bulk.delete(keyOf(this.#stub, type, attributes));
  }

  /** Reads at most `limit` rows under a prefix. In a transaction that writes, rows that appear meanwhile make it fail. */
  async scan<T extends ObjectType>(type: T, prefix: readonly string[], limit: number): Promise<Row<T>[]> {
    const rows: Row<T>[] = [];
    if (limit < 1) return rows;
    keyOf(this.#stub, type, prefix);
    for await (const { key, value } of this.#stub.getStateByPartialCompositeKey(type, [...prefix])) {
      rows.push(this.#row<T>(key, value));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  /**
   * The rows whose first attribute lies from one text to another, both included, in one range; undefined if there are
   * more than `limit`, or no peer. In a transaction that writes, rows that appear meanwhile make it fail.
   */
  async scanBetween<T extends ObjectType>(type: T, first: string, last: string, limit: number): Promise<Row<T>[] | undefined> {
    const iterator = await this.#bulk.range(keyOf(this.#stub, type, [first]), `${keyOf(this.#stub, type, [last])}\u{10ffff}`);
    if (iterator === undefined) return undefined;
    const rows: Row<T>[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      rows.push(this.#row<T>(next.value.key, next.value.value));
      if (rows.length > limit) break;
    }
    await iterator.close();
    return rows.length > limit ? undefined : rows;
  }

  /** One page of rows under a prefix, for queries only: Fabric refuses writes beside a paged query. Throws INVALID_INPUT on a foreign bookmark. */
  async page<T extends ObjectType>(type: T, prefix: readonly string[], options: { readonly pageSize?: number | undefined; readonly bookmark?: string | undefined }): Promise<Page<Row<T>>> {
    const start = keyOf(this.#stub, type, prefix);
    const bookmark = options.bookmark === undefined ? '' : Buffer.from(options.bookmark, 'base64url').toString('utf8');
    if (bookmark !== '' && !bookmark.startsWith(start)) throw new DualchainError('INVALID_INPUT', 'The bookmark belongs to another list; begin without one.');
    const page = await readPage(this.#stub, type, prefix, options.pageSize ?? DEFAULT_PAGE, bookmark);
    return { items: page.rows.map(({ key, value }) => this.#row<T>(key, value)), bookmark: Buffer.from(page.bookmark, 'utf8').toString('base64url') };
  }

  #row<T extends ObjectType>(key: string, bytes: Uint8Array): Row<T> {
    return { attributes: this.#stub.splitCompositeKey(key).attributes, value: decode<LedgerObjects[T]>(bytes) as LedgerObjects[T] };
  }
}
