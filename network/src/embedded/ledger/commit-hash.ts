import type { Version } from '../interfaces';
import { compareKeys, sha256 } from '../protos';

interface Update {
  /** A hash of a key as bytes, any other key as text. */
  readonly key: Uint8Array | string;
  /** Undefined: deleted. */
  readonly value: Uint8Array | undefined;
  readonly version: Version;
}

type Updates = Map<string, Update>;

/**
 * The public and hashed updates of one block, as the bytes that Fabric's commit hash covers: protobuf
 * `txmgr.Updates` with namespaces, collections and keys in byte order, and each name only where it changes.
 */
export class BlockDigest {
  readonly #namespaces = new Map<string, { readonly keys: Updates; readonly collections: Map<string, Updates> }>();

  add(namespace: string, key: string, value: Uint8Array | undefined, version: Version): void {
    this.#of(namespace).keys.set(key, { key, value, version });
  }

  /** `keyHash` in hexadecimal. */
  addHashed(namespace: string, collection: string, keyHash: string, value: Uint8Array | undefined, version: Version): void {
    const { collections } = this.#of(namespace);
    const keys = collections.get(collection) ?? new Map<string, Update>();
    collections.set(collection, keys);
    keys.set(keyHash, { key: new Uint8Array(Buffer.from(keyHash, 'hex')), value, version });
  }

  /** Serialized txmgr.Updates. */
  serialize(): Uint8Array {
    const out = new Writer();
    for (const [namespace, { keys, collections }] of sorted(this.#namespaces)) {
      let first = namespace;
      const append = (collection: string, updates: Updates) => {
        let firstOfCollection = collection;
        for (const [, update] of sorted(updates)) {
          kvWrite(out, first, firstOfCollection, update);
          first = '';
          firstOfCollection = '';
        }
      };
      append('', keys);
      for (const [collection, updates] of sorted(collections)) append(collection, updates);
    }
    return out.bytes();
  }

  #of(namespace: string): { readonly keys: Updates; readonly collections: Map<string, Updates> } {
    let parts = this.#namespaces.get(namespace);
    if (parts === undefined) {
      parts = { keys: new Map(), collections: new Map() };
      this.#namespaces.set(namespace, parts);
    }
    return parts;
  }
}

/** The running hash over validation codes and updates of every block since the first. */
export function commitHash(codes: readonly number[], updates: Uint8Array, previous: Uint8Array): Uint8Array {
  const count = new Writer();
  count.varint(codes.length);
  return sha256(count.bytes(), Uint8Array.from(codes), updates, previous);
}

/** Field 1 of txmgr.Updates. Every peer does this for every key of a block, so nothing is copied twice. */
function kvWrite(out: Writer, namespace: string, collection: string, { key, value, version }: Update): void {
  const numbers = versionBytes(version);
  const size = sizeOf(namespace) + sizeOf(collection) + sizeOf(key) + (value === undefined ? 2 : sizeOf(value)) + sizeOf(numbers);
  out.varint((1 << 3) | 2);
  out.varint(size);
  out.field(1, namespace);
  out.field(2, collection);
  out.field(3, key);
  if (value !== undefined) out.field(5, value);
  else {
    out.varint(4 << 3);
    out.varint(1);
  }
  out.field(6, numbers);
}

/** Bytes of a length-delimited field; proto3 leaves empty ones out. */
function sizeOf(content: string | Uint8Array): number {
  const length = lengthOf(content);
  return length === 0 ? 0 : 1 + varintSize(length) + length;
}

function lengthOf(content: string | Uint8Array): number {
  return typeof content === 'string' ? Buffer.byteLength(content, 'utf8') : content.length;
}

function varintSize(value: number): number {
  let size = 1;
  for (let most = 0x80; value >= most; most *= 0x80) size += 1;
  return size;
}

class Writer {
  #buffer = Buffer.allocUnsafe(4096);
  #length = 0;

  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(0, this.#length));
  }

  field(number: number, content: string | Uint8Array): void {
    const length = lengthOf(content);
    if (length === 0) return;
    this.varint((number << 3) | 2);
    this.varint(length);
    this.#reserve(length);
    if (typeof content === 'string') this.#buffer.write(content, this.#length, 'utf8');
    else this.#buffer.set(content, this.#length);
    this.#length += length;
  }

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#length = this.#buffer.writeUInt8((rest % 0x80) | 0x80, this.#length);
    this.#length = this.#buffer.writeUInt8(rest, this.#length);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/** Versions of one transaction are one object. */
const versions = new WeakMap<Version, Uint8Array>();

function versionBytes(version: Version): Uint8Array {
  let bytes = versions.get(version);
  if (bytes === undefined) {
    bytes = Buffer.concat([ordered(version.blockNum), ordered(version.txNum)]);
    versions.set(version, bytes);
  }
  return bytes;
}

/** Fabric's order-preserving form of a number: how many bytes, then the bytes, most significant first. */
function ordered(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return Uint8Array.from([bytes.length, ...bytes]);
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => compareKeys(a, b));
}
