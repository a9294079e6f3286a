import { createHash } from 'node:crypto';
import type { StateReader, Version, VersionedValue } from '../interfaces';
import { hex } from '../protos';
import { SortedMap } from './sorted-map';

const NO_METADATA: ReadonlyMap<string, Uint8Array> = new Map();

/** A write to public or hashed state. `value` undefined: delete; `metadata` undefined: keep what is there. */
export interface StateWrite {
  readonly value?: Uint8Array | undefined;
  readonly isDelete: boolean;
  /** Only metadata is written; the value stays and the version moves on. */
  readonly metadataOnly: boolean;
  readonly metadata?: ReadonlyMap<string, Uint8Array> | undefined;
}

/** Public and hashed state of one peer. */
export class WorldState implements StateReader {
  readonly #namespaces = new Map<string, SortedMap<VersionedValue>>();
  readonly #hashed = new Map<string, SortedMap<VersionedValue>>();

  getState(namespace: string, key: string): VersionedValue | undefined {
    return this.#namespaces.get(namespace)?.get(key);
  }

  *getStateRange(namespace: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
    for (const [key, value] of this.#namespaces.get(namespace)?.range(startKey, endKey) ?? []) yield { key, value };
  }

  getHashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    return this.#hashed.get(hashedSpace(namespace, collection))?.get(hex(keyHash));
  }

  apply(namespace: string, key: string, write: StateWrite, version: Version): void {
    applyTo(spaceOf(this.#namespaces, namespace), key, write, version);
  }

  applyHashed(namespace: string, collection: string, keyHash: Uint8Array, write: StateWrite, version: Version): void {
    applyTo(spaceOf(this.#hashed, hashedSpace(namespace, collection)), hex(keyHash), write, version);
  }

  /** Equal on two peers exactly if their public and hashed states are. */
  hash(): string {
    const digest = createHash('sha256');
    for (const spaces of [this.#namespaces, this.#hashed]) {
      for (const name of [...spaces.keys()].sort()) {
        digest.update(`\n${name}\n`);
        for (const [key, { value, version, metadata }] of spaces.get(name)?.range('', '') ?? []) {
          digest.update(`${key.length}:${key}@${version.blockNum}.${version.txNum}=`).update(value);
          for (const [entry, bytes] of metadata) digest.update(entry).update(bytes);
        }
      }
    }
    return digest.digest('hex');
  }
}

function applyTo(space: SortedMap<VersionedValue>, key: string, write: StateWrite, version: Version): void {
  if (write.isDelete) {
    space.delete(key);
    return;
  }
  const before = space.get(key);
  if (write.metadataOnly) {
    if (before !== undefined) space.set(key, { value: before.value, metadata: write.metadata ?? NO_METADATA, version });
    return;
  }
  space.set(key, { value: write.value ?? new Uint8Array(), metadata: write.metadata ?? before?.metadata ?? NO_METADATA, version });
}

function spaceOf(spaces: Map<string, SortedMap<VersionedValue>>, name: string): SortedMap<VersionedValue> {
  let space = spaces.get(name);
  if (space === undefined) {
    space = new SortedMap();
    spaces.set(name, space);
  }
  return space;
}

export function hashedSpace(namespace: string, collection: string): string {
  return `${namespace}\u0000${collection}`;
}
