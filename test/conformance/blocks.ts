import { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { Stage } from './stage';
import { codeName, sha256 } from './stage';

const { rwset } = ledger;

/** Reads an async stream until `enough` is true of what came, then closes it. */
export async function take<T>(stream: { close(): void } & AsyncIterable<T>, enough: (found: readonly T[]) => boolean): Promise<T[]> {
  const found: T[] = [];
  try {
    for await (const item of stream) {
      found.push(item);
      if (enough(found)) break;
    }
  } finally {
    stream.close();
  }
  return found;
}

/** Number of the block that holds a transaction. */
export async function blockOf(stage: Stage, txId: string): Promise<number> {
  const bytes = await stage.session().contract(undefined, 'qscc').evaluateTransaction('GetBlockByTxID', stage.network.topology.channel.name, txId);
  return common.Block.deserializeBinary(bytes).getHeader()?.getNumber() ?? -1;
}

/** Validation codes of a block, by the flags in its metadata. */
export function codesOf(block: common.Block): string[] {
  const flags = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  return [...flags].map(codeName);
}

/** The hash by which the next block refers to this header: SHA-256 over its ASN.1 DER form. */
export function headerHash(header: common.BlockHeader): Buffer {
  const number = integer(header.getNumber());
  const content = Buffer.concat([number, octets(header.getPreviousHash_asU8()), octets(header.getDataHash_asU8())]);
  return sha256(Buffer.concat([Buffer.from([0x30]), derLength(content.length), content]));
}

export function dataHash(block: common.Block): Buffer {
  return sha256(...(block.getData()?.getDataList_asU8() ?? []));
}

function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const content = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02]), derLength(content.length), content]);
}

function octets(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0x04]), derLength(bytes.length), bytes]);
}

function derLength(length: number): Buffer {
  return length < 0x80 ? Buffer.from([length]) : length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

/** What a transaction read and wrote, from its block; versions only say whether there was one. */
export async function effectsOf(stage: Stage, txId: string): Promise<unknown> {
  const bytes = await stage.session().contract(undefined, 'qscc').evaluateTransaction('GetTransactionByID', stage.network.topology.channel.name, txId);
  const processed = peer.ProcessedTransaction.deserializeBinary(bytes);
  const action = actionOf(processed.getTransactionenvelope() ?? new common.Envelope());
  const sets = rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8());
  return {
    chaincode: [action.getChaincodeId()?.getName(), action.getChaincodeId()?.getVersion()],
    event: action.getEvents_asU8().length > 0 ? peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8()).getEventName() : undefined,
    namespaces: sets.getNsRwsetList().map((namespace) => {
      const own = rwset.kvrwset.KVRWSet.deserializeBinary(namespace.getRwset_asU8());
      return {
        name: namespace.getNamespace(),
        reads: own.getReadsList().map((read) => [printable(read.getKey()), read.getVersion() !== undefined]),
        writes: own.getWritesList().map((write) => [printable(write.getKey()), write.getIsDelete() ? null : Buffer.from(write.getValue_asU8()).toString()]),
        metadata: own.getMetadataWritesList().map((write) => [write.getKey(), write.getEntriesList().map((each) => [each.getName(), Buffer.from(each.getValue_asU8()).toString('base64')])]),
        ranges: own.getRangeQueriesInfoList().map((range) => ({
          from: range.getStartKey(),
          to: range.getEndKey(),
          exhausted: range.getItrExhausted(),
          rows: range.getRawReads()?.getKvReadsList().map((read) => read.getKey()),
          merkle: range.getReadsMerkleHashes() === undefined ? undefined : { degree: range.getReadsMerkleHashes()?.getMaxDegree(), level: range.getReadsMerkleHashes()?.getMaxLevel(), hashes: range.getReadsMerkleHashes()?.getMaxLevelHashesList_asU8().length },
        })),
        collections: namespace.getCollectionHashedRwsetList().map((collection) => {
          const hashed = rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
          return {
            name: collection.getCollectionName(),
            reads: hashed.getHashedReadsList().map((read) => [Buffer.from(read.getKeyHash_asU8()).toString('base64'), read.getVersion() !== undefined]),
            writes: hashed.getHashedWritesList().map((write) => [Buffer.from(write.getKeyHash_asU8()).toString('base64'), Buffer.from(write.getValueHash_asU8()).toString('base64'), write.getIsDelete(), write.getIsPurge()]),
            privateHash: Buffer.from(collection.getPvtRwsetHash_asU8()).toString('base64'),
          };
        }),
      };
    }),
  };
}

function actionOf(envelope: common.Envelope): peer.ChaincodeAction {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const [first] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const content = peer.ChaincodeActionPayload.deserializeBinary(first?.getPayload_asU8() ?? new Uint8Array());
  const response = peer.ProposalResponsePayload.deserializeBinary(content.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array());
  return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
}

function printable(key: string): string {
  return key.replaceAll('\u0000', '\\0').replaceAll('\u{10ffff}', '\\u{10ffff}');
}
