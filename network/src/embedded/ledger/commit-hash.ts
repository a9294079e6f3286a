import type { Version } from '../interfaces';
import { compareKeys, sha256, utf8 } from '../protos';

interface Update {
  readonly key: Uint8Array;
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
    this.#of(namespace).keys.set(key, { key: utf8(key), value, version });
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
    const messages: Uint8Array[] = [];
    for (const [namespace, { keys, collections }] of sorted(this.#namespaces)) {
      let first = namespace;
      const append = (collection: string, updates: Updates) => {
        let firstOfCollection = collection;
        for (const [, update] of sorted(updates)) {
          messages.push(field(1, kvWrite(first, firstOfCollection, update)));
          first = '';
          firstOfCollection = '';
        }
      };
      append('', keys);
      for (const [collection, updates] of sorted(collections)) append(collection, updates);
    }
    return new Uint8Array(Buffer.concat(messages));
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
  return sha256(varint(codes.length), Uint8Array.from(codes), updates, previous);
}

function kvWrite(namespace: string, collection: string, { key, value, version }: Update): Uint8Array {
  const parts = [field(1, utf8(namespace)), field(2, utf8(collection)), field(3, key)];
  if (value === undefined) parts.push(Uint8Array.from([4 << 3, 1]));
  else parts.push(field(5, value));
  parts.push(field(6, new Uint8Array(Buffer.concat([ordered(version.blockNum), ordered(version.txNum)]))));
  return new Uint8Array(Buffer.concat(parts));
}

/** A length-delimited field; proto3 leaves empty ones out. */
function field(number: number, bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 ? bytes : new Uint8Array(Buffer.concat([Uint8Array.from([(number << 3) | 2]), varint(bytes.length), bytes]));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
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
