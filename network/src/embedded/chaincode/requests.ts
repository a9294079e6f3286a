import { ledger, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { KeyModification, QueryRow, ResultsIterator } from '../interfaces';
import type { TransactionContext } from './invocation';

const Type = peer.ChaincodeMessage.Type;
const EMPTY = new Uint8Array();
const NOT_IN_INIT = 'private data APIs are not allowed in chaincode Init()';
/** Rows a batch; one more is fetched ahead, and is therefore in the read set even if the chaincode stops here. */
const BATCH = 100;

/** Serves one request of the chaincode against the simulator; returns the payload of the answer (wire notes 2.3). */
export async function serveRequest(context: TransactionContext, request: peer.ChaincodeMessage): Promise<Uint8Array> {
  const { simulator, chaincode: namespace } = context.invocation;
  const payload = request.getPayload_asU8();
  switch (request.getType()) {
    case Type.GET_STATE: {
      const { key, collection } = keyOf(peer.GetState.deserializeBinary(payload));
      requireAccess(context, collection, 'read');
      return (collection === '' ? simulator.getState(namespace, key) : simulator.getPrivateData(namespace, collection, key)) ?? EMPTY;
    }
    case Type.GET_STATE_MULTIPLE: {
      const wanted = peer.GetStateMultiple.deserializeBinary(payload);
      const collection = wanted.getCollection();
      requireAccess(context, collection, 'read');
      const result = new peer.GetStateMultipleResult();
      result.setValuesList(wanted.getKeysList().map((key) => (collection === '' ? simulator.getState(namespace, key) : simulator.getPrivateData(namespace, collection, key)) ?? EMPTY));
      return result.serializeBinary();
    }
    case Type.GET_PRIVATE_DATA_HASH: {
      const { key, collection } = keyOf(peer.GetState.deserializeBinary(payload));
      if (context.invocation.isInit) throw new Error(NOT_IN_INIT);
      return simulator.getPrivateDataHash(namespace, collection, key) ?? EMPTY;
    }
    case Type.PUT_STATE: {
      const put = peer.PutState.deserializeBinary(payload);
      write(context, Type.PUT_STATE, put.getKey(), put.getCollection(), put.getValue_asU8());
      return EMPTY;
    }
    case Type.DEL_STATE:
    case Type.PURGE_PRIVATE_DATA: {
      const { key, collection } = keyOf(peer.DelState.deserializeBinary(payload));
      write(context, request.getType(), key, collection, EMPTY);
      return EMPTY;
    }
    case Type.PUT_STATE_METADATA: {
      const put = peer.PutStateMetadata.deserializeBinary(payload);
      putMetadata(context, put.getKey(), put.getCollection(), put.getMetadata());
      return EMPTY;
    }
    case Type.GET_STATE_METADATA: {
      const wanted = peer.GetStateMetadata.deserializeBinary(payload);
      const collection = wanted.getCollection();
      requireAccess(context, collection, 'read');
      const metadata = collection === '' ? simulator.getStateMetadata(namespace, wanted.getKey()) : simulator.getPrivateDataMetadata(namespace, collection, wanted.getKey());
      const result = new peer.StateMetadataResult();
      for (const [name, value] of metadata) {
        const entry = new peer.StateMetadata();
        entry.setMetakey(name);
        entry.setValue(value);
        result.addEntries(entry);
      }
      return result.serializeBinary();
    }
    case Type.WRITE_BATCH_STATE: {
      for (const record of peer.WriteBatchState.deserializeBinary(payload).getRecList()) {
        const type = Number(record.getType());
        if (type === Type.PUT_STATE_METADATA) putMetadata(context, record.getKey(), record.getCollection(), record.getMetadata());
        else write(context, type, record.getKey(), record.getCollection(), record.getValue_asU8());
      }
      return EMPTY;
    }
    case Type.GET_STATE_BY_RANGE: {
      const range = peer.GetStateByRange.deserializeBinary(payload);
      const collection = range.getCollection();
      requireAccess(context, collection, 'read');
      if (collection !== '') return openQuery(context, rowsOf(simulator.getPrivateDataRange(namespace, collection, range.getStartkey(), range.getEndkey())), undefined);
      const bytes = range.getMetadata_asU8();
      const metadata = bytes.length === 0 ? undefined : peer.QueryMetadata.deserializeBinary(bytes);
      const page = metadata === undefined || !isPage(metadata) ? undefined : { size: metadata.getPagesize(), bookmark: metadata.getBookmark() };
      return openQuery(context, rowsOf(simulator.getStateRange(namespace, range.getStartkey(), range.getEndkey(), page)), page?.size);
    }
    case Type.GET_QUERY_RESULT: {
      const query = peer.GetQueryResult.deserializeBinary(payload);
      requireAccess(context, query.getCollection(), 'read');
      const metadata = query.getMetadata_asU8();
      const paged = query.getCollection() === '' && metadata.length > 0 && isPage(peer.QueryMetadata.deserializeBinary(metadata));
      throw new Error(`${paged ? 'ExecuteQueryWithMetadata' : 'ExecuteQuery'} not supported for leveldb`);
    }
    case Type.GET_HISTORY_FOR_KEY:
      return openQuery(context, historyOf(simulator.getHistory(namespace, peer.GetHistoryForKey.deserializeBinary(payload).getKey())), undefined);
    case Type.QUERY_STATE_NEXT: {
      const id = peer.QueryStateNext.deserializeBinary(payload).getId();
      if (!context.queries.has(id)) throw new Error('query iterator not found');
      return batch(context, id);
    }
    case Type.QUERY_STATE_CLOSE: {
      const id = peer.QueryStateClose.deserializeBinary(payload).getId();
      context.queries.get(id)?.close();
      context.queries.delete(id);
      const response = new peer.QueryResponse();
      response.setId(id);
      return response.serializeBinary();
    }
    case Type.INVOKE_CHAINCODE: {
      const response = await context.invocation.invokeOther(peer.ChaincodeSpec.deserializeBinary(payload));
      return response.serializeBinary();
    }
    default:
      throw new Error(`unknown message type ${request.getType()}`);
  }
}

/** Checks the proposal's creator where a collection restricts reading or writing to its members. */
function requireAccess({ invocation }: TransactionContext, collection: string, wanted: 'read' | 'write'): void {
  if (collection === '') return;
  if (invocation.isInit) throw new Error(NOT_IN_INIT);
  if (!invocation.mayAccess(collection, wanted)) {
    throw new Error(`tx creator does not have ${wanted} access permission on privatedata in chaincodeName:${invocation.chaincode} collectionName: ${collection}`);
  }
}

function isPage(metadata: peer.QueryMetadata): boolean {
  return metadata.getPagesize() !== 0 || metadata.getBookmark() !== '';
}

interface Keyed {
  getKey(): string;
  getCollection(): string;
}

function keyOf(message: Keyed): { key: string; collection: string } {
  return { key: message.getKey(), collection: message.getCollection() };
}

function write(context: TransactionContext, type: number, key: string, collection: string, value: Uint8Array): void {
  const { simulator, chaincode: namespace } = context.invocation;
  if (type === Type.PURGE_PRIVATE_DATA) {
    if (collection === '') throw new Error('only applicable for private data');
    requireAccess(context, collection, 'write');
    simulator.purgePrivateData(namespace, collection, key);
  } else if (type === Type.DEL_STATE) {
    requireAccess(context, collection, 'write');
    if (collection === '') simulator.deleteState(namespace, key);
    else simulator.deletePrivateData(namespace, collection, key);
  } else if (type === Type.PUT_STATE) {
    requireAccess(context, collection, 'write');
    if (collection === '') simulator.setState(namespace, key, value);
    else simulator.setPrivateData(namespace, collection, key, value);
  } else {
    throw new Error('unknown operation type');
  }
}

function putMetadata(context: TransactionContext, key: string, collection: string, metadata: peer.StateMetadata | undefined): void {
  const { simulator, chaincode: namespace } = context.invocation;
  requireAccess(context, collection, 'write');
  const entries = new Map(metadata === undefined ? [] : [[metadata.getMetakey(), metadata.getValue_asU8()]]);
  if (collection === '') simulator.setStateMetadata(namespace, key, entries);
  else simulator.setPrivateDataMetadata(namespace, collection, key, entries);
}

type Serialized = ResultsIterator<Uint8Array> & { pending?: Uint8Array[] };

function rowsOf(rows: ResultsIterator<QueryRow>): Serialized {
  return mapped(rows, ({ key, value }) => {
    const row = new ledger.queryresult.KV();
    row.setKey(key);
    row.setValue(value);
    return row.serializeBinary();
  });
}

function historyOf(rows: ResultsIterator<KeyModification>): Serialized {
  return mapped(rows, (entry) => {
    const row = new ledger.queryresult.KeyModification();
    row.setTxId(entry.txId);
    row.setValue(entry.value);
    row.setIsDelete(entry.isDelete);
    const timestamp = new Timestamp();
    timestamp.setSeconds(entry.timestamp.seconds);
    timestamp.setNanos(entry.timestamp.nanos);
    row.setTimestamp(timestamp);
    return row.serializeBinary();
  });
}

function mapped<T>(rows: ResultsIterator<T>, serialize: (row: T) => Uint8Array): Serialized {
  return {
    next() {
      const row = rows.next();
      return row === undefined ? undefined : serialize(row);
    },
    close: () => rows.close(),
    bookmark: () => rows.bookmark?.() ?? '',
  };
}

function openQuery(context: TransactionContext, rows: Serialized, pageSize: number | undefined): Uint8Array {
  const id = `${context.invocation.txId}-${(context.nextQueryId += 1)}`;
  context.queries.set(id, rows);
  return pageSize === undefined ? batch(context, id) : wholePage(context, id);
}

/** A paginated query answers with one page and its bookmark. */
function wholePage(context: TransactionContext, id: string): Uint8Array {
  const rows = context.queries.get(id) as Serialized;
  const response = new peer.QueryResponse();
  response.setId(id);
  let count = 0;
  for (let row = rows.next(); row !== undefined; row = rows.next()) {
    response.addResults(queryBytes(row));
    count += 1;
  }
  const metadata = new peer.QueryResponseMetadata();
  metadata.setFetchedRecordsCount(count);
  metadata.setBookmark(rows.bookmark?.() ?? '');
  response.setMetadata(metadata.serializeBinary());
  rows.close();
  context.queries.delete(id);
  return response.serializeBinary();
}

function batch(context: TransactionContext, id: string): Uint8Array {
  const rows = context.queries.get(id) as Serialized;
  const pending = rows.pending ?? [];
  while (pending.length <= BATCH) {
    const row = rows.next();
    if (row === undefined) break;
    pending.push(row);
  }
  const response = new peer.QueryResponse();
  response.setId(id);
  const more = pending.length > BATCH;
  response.setResultsList(pending.splice(0, BATCH).map(queryBytes));
  response.setHasMore(more);
  rows.pending = pending;
  if (!more) {
    rows.close();
    context.queries.delete(id);
  }
  return response.serializeBinary();
}

function queryBytes(row: Uint8Array): peer.QueryResultBytes {
  const bytes = new peer.QueryResultBytes();
  bytes.setResultbytes(row);
  return bytes;
}
