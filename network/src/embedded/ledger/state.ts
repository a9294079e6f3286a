import { createHash } from 'node:crypto';
import type { KeyModification, StateReader, Version, VersionedValue } from '../interfaces';
import { hex } from '../protos';
import type { ParsedWrite } from '../validator/parse';
import { SortedMap } from './sorted-map';

const NO_METADATA: ReadonlyMap<string, Uint8Array> = new Map();

/** What was written under a public key, the newest first. */
interface Past {
  readonly modification: KeyModification;
  readonly before: Past | undefined;
}

interface Entry extends VersionedValue {
  readonly past?: Past | undefined;
}

/** A hash of a private value that ends with a block, unless it is written again before. */
interface Ending {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: string;
  readonly version: Version;
}

interface Parts {
  readonly public: ReadonlyMap<string, SortedMap<Entry>>;
  readonly hashed: ReadonlyMap<string, SortedMap<Entry>>;
  /** What was written under public keys that were deleted. */
  readonly gone: ReadonlyMap<string, SortedMap<Past>>;
  /** By number of the block that ends them. */
  readonly endings: ReadonlyMap<number, readonly Ending[]>;
}

/**
 * Public and hashed state after a block, with the history of public keys. It never changes: the next block makes
 * another one, which shares with it what it leaves as it is.
 */
export class WorldState implements StateReader {
  readonly #parts: Parts;
  #hash: string | undefined;

  constructor(parts: Parts = { public: new Map(), hashed: new Map(), gone: new Map(), endings: new Map() }) {
    this.#parts = parts;
  }

  getState(namespace: string, key: string): VersionedValue | undefined {
    return this.#parts.public.get(namespace)?.get(key);
  }

  *getStateRange(namespace: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
    for (const [key, value] of this.#parts.public.get(namespace)?.range(startKey, endKey) ?? []) yield { key, value };
  }

  getHashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    return this.#parts.hashed.get(hashedSpace(namespace, collection))?.get(hex(keyHash));
  }

  /** What was ever written under a public key, the newest first. */
  history(namespace: string, key: string): readonly KeyModification[] {
    const found: KeyModification[] = [];
    let past = this.#parts.public.get(namespace)?.get(key)?.past ?? this.#parts.gone.get(namespace)?.get(key);
    for (; past !== undefined; past = past.before) found.push(past.modification);
    return found;
  }

  /** Begins the state after the next block. */
  next(): StateDraft {
    return new StateDraft(this.#parts);
  }

  /** Equal on two peers exactly if their public and hashed states are. */
  hash(): string {
    this.#hash ??= hashOf([this.#parts.public, this.#parts.hashed]);
    return this.#hash;
  }
}

/** The state after a block, while it is made. */
export class StateDraft {
  readonly #public: Spaces<Entry>;
  readonly #hashed: Spaces<Entry>;
  readonly #gone: Spaces<Past>;
  readonly #endings: Map<number, readonly Ending[]>;

  constructor({ public: publicSpaces, hashed, gone, endings }: Parts) {
    this.#public = new Spaces(publicSpaces);
    this.#hashed = new Spaces(hashed);
    this.#gone = new Spaces(gone);
    this.#endings = new Map(endings);
  }

  /** Writes a public key. `metadata` undefined: what is there stays. */
  write(namespace: string, { key, value, isDelete }: ParsedWrite, metadata: ReadonlyMap<string, Uint8Array> | undefined, version: Version, by: Pick<KeyModification, 'txId' | 'timestamp'>): void {
    const space = this.#public.of(namespace);
    const standing = space.get(key);
    const gone = standing === undefined ? this.#gone.read(namespace)?.get(key) : undefined;
    const past: Past = { modification: { txId: by.txId, value, isDelete, timestamp: by.timestamp }, before: standing?.past ?? gone };
    if (isDelete) {
      space.delete(key);
      this.#gone.of(namespace).set(key, past);
      return;
    }
    if (gone !== undefined) this.#gone.of(namespace).delete(key);
    space.set(key, { value, metadata: metadata ?? standing?.metadata ?? NO_METADATA, version, past });
  }

  /** Writes the metadata of a public key alone: its value stays and its version moves on. The value; undefined where there is none. */
  writeMetadata(namespace: string, key: string, metadata: ReadonlyMap<string, Uint8Array>, version: Version): Uint8Array | undefined {
    return rewrite(this.#public.of(namespace), key, metadata, version);
  }

  /** Writes the hash of a private value. `keyHash` in hexadecimal; `value` undefined: it is deleted. */
  writeHash(namespace: string, collection: string, keyHash: string, value: Uint8Array | undefined, metadata: ReadonlyMap<string, Uint8Array> | undefined, version: Version): void {
    const space = this.#hashed.of(hashedSpace(namespace, collection));
    if (value === undefined) space.delete(keyHash);
    else space.set(keyHash, { value, metadata: metadata ?? space.get(keyHash)?.metadata ?? NO_METADATA, version });
  }

  writeHashMetadata(namespace: string, collection: string, keyHash: string, metadata: ReadonlyMap<string, Uint8Array>, version: Version): Uint8Array | undefined {
    return rewrite(this.#hashed.of(hashedSpace(namespace, collection)), keyHash, metadata, version);
  }

  /** The hash that is written now goes with block `at`. */
  endHash(at: number, ending: Ending): void {
    this.#endings.set(at, [...(this.#endings.get(at) ?? []), ending]);
  }

  /** Block `number` is whole. */
  done(number: number): WorldState {
    for (const { namespace, collection, keyHash, version } of this.#endings.get(number) ?? []) {
      const space = this.#hashed.of(hashedSpace(namespace, collection));
      const standing = space.get(keyHash)?.version;
      if (standing?.blockNum === version.blockNum && standing.txNum === version.txNum) space.delete(keyHash);
    }
    this.#endings.delete(number);
    return new WorldState({ public: this.#public.all(), hashed: this.#hashed.all(), gone: this.#gone.all(), endings: this.#endings });
  }
}

/** Maps by name, each copied before it is changed. */
class Spaces<Value> {
  readonly #standing: ReadonlyMap<string, SortedMap<Value>>;
  readonly #changed = new Map<string, SortedMap<Value>>();

  constructor(standing: ReadonlyMap<string, SortedMap<Value>>) {
    this.#standing = standing;
  }

  read(name: string): SortedMap<Value> | undefined {
    return this.#changed.get(name) ?? this.#standing.get(name);
  }

  /** To be changed. */
  of(name: string): SortedMap<Value> {
    let space = this.#changed.get(name);
    if (space === undefined) this.#changed.set(name, (space = this.#standing.get(name)?.copy() ?? new SortedMap<Value>()));
    return space;
  }

  all(): ReadonlyMap<string, SortedMap<Value>> {
    return this.#changed.size === 0 ? this.#standing : new Map([...this.#standing, ...this.#changed]);
  }
}

function rewrite(space: SortedMap<Entry>, key: string, metadata: ReadonlyMap<string, Uint8Array>, version: Version): Uint8Array | undefined {
  const standing = space.get(key);
  if (standing !== undefined) space.set(key, { ...standing, metadata, version });
  return standing?.value;
}

function hashOf(parts: readonly ReadonlyMap<string, SortedMap<Entry>>[]): string {
  const digest = createHash('sha256');
  for (const spaces of parts) {
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

export function hashedSpace(namespace: string, collection: string): string {
  return `${namespace}\u0000${collection}`;
}
