import type { ChannelBundle, CollectionDefinition, KeyModification, PeerLedger, QueryRow, ResultsIterator, SimulationResults, TxSimulator, VersionedValue } from '../interfaces';
import { equalBytes, sha256, utf8 } from '../protos';
import type { RangeRecorder } from './builder';
import { ReadWriteSetBuilder } from './builder';

/** What Fabric refuses during a simulation; the text is Fabric's. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

export interface SimulatorContext {
  readonly txId: string;
  readonly ledger: Pick<PeerLedger, 'getState' | 'getStateRange' | 'getHashed' | 'getPrivate'>;
  readonly history: (namespace: string, key: string) => readonly KeyModification[];
  readonly bundle: ChannelBundle;
  readonly collection: (namespace: string, name: string) => CollectionDefinition | undefined;
  readonly privateRange: (namespace: string, collection: string, startKey: string, endKey: string) => IterableIterator<{ key: string; value: VersionedValue }>;
}

/** Fabric's cap on the rows of one query. */
const TOTAL_QUERY_LIMIT = 100_000;

/** Simulates one transaction on committed state (wire notes 2.3, 2.4, 3). Reads never see the transaction's own writes. */
export function createSimulator(context: SimulatorContext): TxSimulator {
  const { ledger } = context;
  const builder = new ReadWriteSetBuilder();
  let wrote = false;
  let paginated = false;
  let queriedPrivate = false;
  let finished = false;

  const unsupported = (reason: string) => new SimulationError(`txid [${context.txId}]: unsuppored transaction. ${reason}`);
  const writing = () => {
    open();
    if (paginated) throw unsupported('Transaction has already performed a paginated query. Writes are not allowed');
    if (queriedPrivate) throw unsupported('Transaction has already performed queries on pvt data. Writes are not allowed');
    wrote = true;
  };
  const open = () => {
    if (finished) throw new SimulationError('this instance should not be used after calling Done()');
  };
  const collectionOf = (namespace: string, name: string): CollectionDefinition => {
    const collection = context.collection(namespace, name);
    if (collection === undefined) throw new SimulationError(`collection [${name}] not defined in the collection config for chaincode [${namespace}]`);
    return collection;
  };
  const readHashed = (namespace: string, collection: string, key: string): VersionedValue | undefined => {
    collectionOf(namespace, collection);
    const keyHash = sha256(utf8(key));
    const hashed = ledger.getHashed(namespace, collection, keyHash);
    builder.readHashed(namespace, collection, keyHash, hashed?.version);
    return hashed;
  };

  const simulator: TxSimulator = {
    getState(namespace, key) {
      open();
      const found = ledger.getState(namespace, key);
      builder.read(namespace, key, found?.version);
      return found?.value;
    },
    getStateMultiple: (namespace, keys) => keys.map((key) => simulator.getState(namespace, key)),
    setState(namespace, key, value) {
      writing();
      builder.write(namespace, key, value, ledger.getState(namespace, key)?.metadata);
    },
    deleteState(namespace, key) {
      writing();
      builder.write(namespace, key, undefined, ledger.getState(namespace, key)?.metadata);
    },
    getStateMetadata(namespace, key) {
      open();
      const found = ledger.getState(namespace, key);
      builder.read(namespace, key, found?.version);
      return found?.metadata ?? new Map();
    },
    setStateMetadata(namespace, key, entries) {
      writing();
      builder.writeMetadata(namespace, key, entries, ledger.getState(namespace, key)?.metadata);
    },
    getStateRange(namespace, startKey, endKey, page) {
      open();
      if (page !== undefined) {
        if (wrote) throw unsupported('Paginated queries are supported only in a read-only transaction');
        paginated = true;
      }
      const start = page !== undefined && page.bookmark !== '' ? page.bookmark : startKey;
      const limit = page === undefined || page.size === 0 ? TOTAL_QUERY_LIMIT : Math.min(page.size, TOTAL_QUERY_LIMIT);
      return rangeIterator(ledger.getStateRange(namespace, start, endKey), limit, builder.range(namespace, start, endKey));
    },
    getHistory(namespace, key) {
      open();
      const rows = context.history(namespace, key);
      let index = 0;
      return { next: () => rows[index++], close: () => undefined };
    },
    getPrivateData(namespace, collection, key) {
      open();
      const hashed = readHashed(namespace, collection, key);
      const local = ledger.getPrivate(namespace, collection, key);
      if (hashed === undefined) return undefined;
      const same = local !== undefined && local.version.blockNum === hashed.version.blockNum && local.version.txNum === hashed.version.txNum;
      if (!same) {
        const height = (version: VersionedValue['version'] | undefined) => (version === undefined ? '<nil>' : `{BlockNum: ${version.blockNum}, TxNum: ${version.txNum}}`);
        throw new SimulationError(`private data matching public hash version is not available. Public hash version = ${height(hashed.version)}, Private data version = ${height(local?.version)}`);
      }
      return local.value;
    },
    getPrivateDataHash(namespace, collection, key) {
      open();
      return readHashed(namespace, collection, key)?.value;
    },
    setPrivateData(namespace, collection, key, value) {
      writing();
      collectionOf(namespace, collection);
      builder.writePrivate(namespace, collection, key, value, false, ledger.getHashed(namespace, collection, sha256(utf8(key)))?.metadata);
    },
    deletePrivateData(namespace, collection, key) {
      writing();
      collectionOf(namespace, collection);
      builder.writePrivate(namespace, collection, key, undefined, false, ledger.getHashed(namespace, collection, sha256(utf8(key)))?.metadata);
    },
    purgePrivateData(namespace, collection, key) {
      writing();
      collectionOf(namespace, collection);
      builder.writePrivate(namespace, collection, key, undefined, true, ledger.getHashed(namespace, collection, sha256(utf8(key)))?.metadata);
    },
    getPrivateDataMetadata(namespace, collection, key) {
      open();
      return readHashed(namespace, collection, key)?.metadata ?? new Map();
    },
    setPrivateDataMetadata(namespace, collection, key, entries) {
      writing();
      collectionOf(namespace, collection);
      builder.writePrivateMetadata(namespace, collection, key, entries, ledger.getHashed(namespace, collection, sha256(utf8(key)))?.metadata);
    },
    getPrivateDataRange(namespace, collection, startKey, endKey) {
      open();
      if (wrote) throw unsupported('Queries on pvt data is supported only in a read-only transaction');
      queriedPrivate = true;
      collectionOf(namespace, collection);
      return rangeIterator(currentPrivate(context, namespace, collection, startKey, endKey), TOTAL_QUERY_LIMIT, undefined);
    },
    done(): SimulationResults {
      open();
      finished = true;
      return builder.results();
    },
  };
  return simulator;
}

/** Private rows whose value is the one that the public hash stands for. */
function* currentPrivate(context: SimulatorContext, namespace: string, collection: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
  for (const row of context.privateRange(namespace, collection, startKey, endKey)) {
    const hashed = context.ledger.getHashed(namespace, collection, sha256(utf8(row.key)));
    if (hashed !== undefined && equalBytes(hashed.value, sha256(row.value.value))) yield row;
  }
}

function rangeIterator(rows: IterableIterator<{ key: string; value: VersionedValue }>, limit: number, recorder: RangeRecorder | undefined): ResultsIterator<QueryRow> {
  let returned = 0;
  let bookmark = '';
  return {
    next() {
      if (returned >= limit) {
        const following = rows.next();
        bookmark = following.done === true ? '' : following.value.key;
        recorder?.stop();
        return undefined;
      }
      const step = rows.next();
      if (step.done === true) {
        recorder?.exhaust();
        return undefined;
      }
      returned += 1;
      const { key, value } = step.value;
      recorder?.add(key, value.version);
      return { key, value: value.value };
    },
    close: () => recorder?.stop(),
    bookmark: () => bookmark,
  };
}

