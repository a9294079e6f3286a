import { createHash } from 'node:crypto';
import type { ChaincodeStub } from 'fabric-shim-api';
import { Anchors } from '../anchors';
import { Bulk } from '../bulk';
import { PublicState } from '../public-state';

/** The part of a call that ledger access needs. */
export interface MemoryCall {
  readonly state: PublicState;
  readonly anchors: Anchors;
  readonly at: string;
  readonly stub: ChaincodeStub;
}

/** A ledger in memory: what a transaction writes is seen by the next one, not by itself. */
export class MemoryLedger {
  readonly committed = new Map<string, Uint8Array>();
  /** Hashes of private data, by collection and key. */
  readonly hashes = new Map<string, Uint8Array>();
  /** Messages that ask the peer for something. */
  reads = 0;

  async transact<T>(body: (call: MemoryCall) => Promise<T>): Promise<T> {
    const written = new Map<string, Uint8Array | undefined>();
    const { committed } = this;
    const key = (type: string, attributes: string[]) => `\u0000${[type, ...attributes].join('\u0000')}\u0000`;
    const count = () => (this.reads += 1);
    const stub = {
      createCompositeKey: key,
      splitCompositeKey: (text: string) => ({ objectType: text.split('\u0000')[1], attributes: text.split('\u0000').slice(2, -1) }),
      getState: (name: string) => Promise.resolve((count(), committed.get(name) ?? new Uint8Array())),
      putState: (name: string, value: Uint8Array) => Promise.resolve(void written.set(name, value)),
      deleteState: (name: string) => Promise.resolve(void written.set(name, undefined)),
      setStateValidationParameter: () => Promise.resolve(),
      putPrivateData: (collection: string, name: string, value: Uint8Array) => Promise.resolve(void this.hashes.set(`${collection} ${name}`, createHash('sha256').update(value).digest())),
      getPrivateDataHash: (collection: string, name: string) => Promise.resolve((count(), this.hashes.get(`${collection} ${name}`) ?? new Uint8Array())),
      getStateByPartialCompositeKeyWithPagination: (type: string, attributes: string[], size: number, bookmark: string) => {
        count();
        const start = key(type, attributes);
        const names = [...committed.keys()].filter((each) => each.startsWith(start) && each >= bookmark).sort();
        const rows = names.slice(0, size).map((name) => ({ key: name, value: committed.get(name) }));
        const iterator = { next: () => Promise.resolve(rows.length === 0 ? { done: true } : { done: false, value: rows.shift() }), close: () => Promise.resolve() };
        return Promise.resolve({ iterator, ...(rows.length === 0 ? {} : { metadata: { fetchedRecordsCount: rows.length, bookmark: names[size] ?? '' } }) });
      },
      getTxID: () => 'transaction',
      getChannelID: () => 'channel',
      handler: {
        _stream: {},
        handleGetStateByRange: (_collection: string, start: string, end: string) => {
          count();
          const rows = [...committed].filter(([name]) => name >= start && name < end).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ key: name, value }));
          return Promise.resolve({ iterator: { next: () => Promise.resolve(rows.length === 0 ? { done: true } : { done: false, value: rows.shift() }), close: () => Promise.resolve() } });
        },
      },
      async *getStateByPartialCompositeKey(type: string, attributes: string[]) {
        count();
        const start = key(type, attributes);
        for (const name of [...committed.keys()].filter((each) => each.startsWith(start)).sort()) yield await Promise.resolve({ key: name, value: committed.get(name) });
      },
    };
    const bulk = new Bulk(stub as unknown as ChaincodeStub);
    const result = await body({ state: new PublicState(stub as unknown as ChaincodeStub, bulk), anchors: new Anchors(stub as unknown as ChaincodeStub, bulk), at: '2026-11-24T08:00:00.000Z', stub: stub as unknown as ChaincodeStub });
    for (const [name, value] of written) {
      if (value === undefined) committed.delete(name);
      else committed.set(name, value);
    }
    return result;
  }

  values<T>(type: string): T[] {
    return [...this.committed].filter(([name]) => name.startsWith(`\u0000${type}\u0000`)).map(([, value]) => JSON.parse(Buffer.from(value).toString()) as T);
  }
}
