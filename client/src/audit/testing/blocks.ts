import { anchorKey, canonicalJson, implicitCollection, nameOf, recordBytes, recordKey, sha256Hex } from '@dualchain/model';
import type { LedgerObjects, ObjectType, SealedRecord } from '@dualchain/model';
import type { LedgerBlock } from '../../events/decode-block';

/** One transaction of a hand-made ledger. */
export interface Entry {
  call: string;
  creator: string;
  /** Beside the creator; default: the brand. */
  endorsers?: string[];
  at: string;
  put: [ObjectType, string[], unknown][];
  remove?: [ObjectType, string[]][];
  /** Sealed records with the organisations that get them. */
  seal?: [SealedRecord, string[]][];
  /** Anchors: private key, author, and what stands there. */
  anchor?: [string, string, string?][];
}

/** The blocks that one organisation has of it: one transaction a block. */
export function blocksOf(mspId: string, entries: readonly Entry[]): LedgerBlock[] {
  const blocks: LedgerBlock[] = [];
  const key = (type: string, attributes: readonly string[]) => `\u0000${[type, ...attributes].join('\u0000')}\u0000`;
  for (const [index, { call, creator, endorsers = ['BrandMSP'], at: time, put, remove = [], seal = [], anchor = [] }] of entries.entries()) {
    const kept = { namespace: 'dualchain', isDelete: false };
    const sealed = seal.flatMap(([content, readers]) => readers.map((reader) => ({ reader, key: recordKey(content.type, content.id), value: Buffer.from(recordBytes(content)) })));
    const anchors = anchor.map(([name, reader, value = 'anchor']) => ({ reader, key: name, value: Buffer.from(value) }));
    const writes = [
      ...put.map(([type, attributes, value]) => ({ ...kept, key: key(type, attributes), value: Buffer.from(canonicalJson(value)) })),
      ...remove.map(([type, attributes]) => ({ ...kept, isDelete: true, key: key(type, attributes), value: Buffer.alloc(0) })),
    ];
    blocks.push({
      number: BigInt(index),
      hash: sha256Hex(`block ${index}`),
      previousHash: index === 0 ? '' : sha256Hex(`block ${index - 1}`),
      dataHash: '',
      intact: true,
      bytes: Buffer.from(canonicalJson({ call, put, hashes: sealed.map(({ value }) => sha256Hex(value)) })),
      transactions: [
        {
          id: `tx-${index}`,
          index: 0,
          valid: true,
          code: 'VALID',
          creator,
          at: new Date(time),
          chaincode: 'dualchain',
          args: [Buffer.from(call)],
          endorsers: [creator, ...endorsers],
          event: undefined,
          response: Buffer.alloc(0),
          writes,
          hashedWrites: [...sealed, ...anchors].map((write) => ({ namespace: 'dualchain', collection: implicitCollection(write.reader), keyHash: sha256Hex(write.key), isDelete: false, valueHash: sha256Hex(write.value) })),
          privateWrites: [...sealed, ...anchors].filter(({ reader }) => reader === mspId).map((write) => ({ ...kept, collection: implicitCollection(mspId), key: write.key, value: write.value })),
        },
      ],
    });
  }
  return blocks;
}

/** Anchor by which an author stands for a public fact. */
export function anchorOf(type: ObjectType, attributes: readonly string[], author: string, fact: unknown): [string, string, string] {
  return [anchorKey(type, attributes), author, canonicalJson({ key: nameOf(type, attributes), hash: sha256Hex(canonicalJson(fact)) })];
}

/** The nth transaction of a verb. */
export function find(entries: readonly Entry[], call: string, nth = 0): Entry {
  const entry = entries.filter((each) => each.call.endsWith(`:${call}`))[nth];
  if (entry === undefined) throw new RangeError(`The story has no ${call} number ${nth}.`);
  return entry;
}

/** Replaces fields of an object that a transaction writes. */
export function alter<T extends ObjectType>(entry: Entry, type: T, fields: Partial<Record<keyof LedgerObjects[T], unknown>>, nth = 0): void {
  const write = entry.put.filter(([each]) => each === type)[nth];
  if (write === undefined) throw new RangeError(`${entry.call} writes no ${type} number ${nth}.`);
  write[2] = { ...(write[2] as object), ...fields };
}
