import { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { Version } from '../interfaces';
import { equalBytes, sha256, transactionId, tryParse } from '../protos';

const Code = peer.TxValidationCode;

export interface ParsedRead {
  readonly key: string;
  readonly version: Version | undefined;
}

export interface ParsedRange {
  readonly startKey: string;
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly rawReads: readonly ParsedRead[] | undefined;
  readonly merkle: { readonly maxDegree: number; readonly maxLevel: number; readonly hashes: readonly Uint8Array[] } | undefined;
}

export interface ParsedWrite {
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Uint8Array;
}

export interface ParsedHashedWrite {
  readonly keyHash: Uint8Array;
  readonly isDelete: boolean;
  readonly valueHash: Uint8Array;
  readonly isPurge: boolean;
}

export interface ParsedCollection {
  readonly name: string;
  readonly reads: readonly { readonly keyHash: Uint8Array; readonly version: Version | undefined }[];
  readonly writes: readonly ParsedHashedWrite[];
  readonly metadataWrites: readonly { readonly keyHash: Uint8Array; readonly entries: ReadonlyMap<string, Uint8Array> }[];
  readonly privateHash: Uint8Array;
}

export interface ParsedNamespace {
  readonly namespace: string;
  readonly reads: readonly ParsedRead[];
  readonly ranges: readonly ParsedRange[];
  readonly writes: readonly ParsedWrite[];
  readonly metadataWrites: readonly { readonly key: string; readonly entries: ReadonlyMap<string, Uint8Array> }[];
  readonly collections: readonly ParsedCollection[];
}

/** One transaction of a block, as far as it can be understood without looking at any state. */
export interface ParsedTransaction {
  /** Validation code of the first structural defect; VALID if there is none. */
  readonly code: number;
  readonly isConfig: boolean;
  readonly txId: string;
  readonly envelope: Uint8Array;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly creator: { readonly identity: Uint8Array; readonly message: Uint8Array; readonly signature: Uint8Array } | undefined;
  readonly endorsements: readonly { readonly identity: Uint8Array; readonly message: Uint8Array; readonly signature: Uint8Array }[];
  readonly chaincode: string;
  readonly chaincodeVersion: string;
  readonly event: peer.ChaincodeEvent | undefined;
  readonly namespaces: readonly ParsedNamespace[];
}

/** Blocks whose parsed form is kept: those that peers and their listeners are at. */
const RECENT = 32;
const recent = new Map<Uint8Array, readonly ParsedTransaction[]>();

/** Parses the envelopes of a block. Peers of one process, and listeners, that are handed the same bytes share the work. */
export function parseBlock(bytes: Uint8Array, envelopes: readonly Uint8Array[]): readonly ParsedTransaction[] {
  let parsed = recent.get(bytes);
  if (parsed === undefined) {
    parsed = envelopes.map(parseTransaction);
    recent.set(bytes, parsed);
    const [oldest] = recent.keys();
    if (recent.size > RECENT && oldest !== undefined) recent.delete(oldest);
  }
  return parsed;
}

/** Parses one envelope; the order of checks and their codes are Fabric's (wire notes 3.1). */
export function parseTransaction(envelopeBytes: Uint8Array): ParsedTransaction {
  const base = { isConfig: false, txId: '', envelope: envelopeBytes, timestamp: { seconds: 0, nanos: 0 }, creator: undefined, endorsements: [], chaincode: '', chaincodeVersion: '', event: undefined, namespaces: [] };
  if (envelopeBytes.length === 0) return { ...base, code: Code.NIL_ENVELOPE };
  const envelope = tryParse(common.Envelope.deserializeBinary, envelopeBytes);
  if (envelope === undefined) return { ...base, code: Code.INVALID_OTHER_REASON };
  const payload = tryParse(common.Payload.deserializeBinary, envelope.getPayload_asU8());
  const header = payload?.getHeader();
  if (payload === undefined) return { ...base, code: Code.BAD_PAYLOAD };
  const channelHeader = header && tryParse(common.ChannelHeader.deserializeBinary, header.getChannelHeader_asU8());
  const signatureHeader = header && tryParse(common.SignatureHeader.deserializeBinary, header.getSignatureHeader_asU8());
  if (header === undefined || channelHeader === undefined || signatureHeader === undefined) return { ...base, code: Code.BAD_COMMON_HEADER };
  const stamp = channelHeader.getTimestamp();
  const known = { ...base, txId: channelHeader.getTxId(), timestamp: { seconds: stamp?.getSeconds() ?? 0, nanos: stamp?.getNanos() ?? 0 } };
  const type = channelHeader.getType();
  const { CONFIG, ENDORSER_TRANSACTION, CONFIG_UPDATE } = common.HeaderType;
  if (type === CONFIG) return { ...known, isConfig: true, code: Code.VALID };
  if (![CONFIG, CONFIG_UPDATE, ENDORSER_TRANSACTION].some((each) => each === type) || channelHeader.getEpoch() !== 0) return { ...known, code: Code.BAD_COMMON_HEADER };
  const nonce = signatureHeader.getNonce_asU8();
  const identity = signatureHeader.getCreator_asU8();
  if (nonce.length === 0 || identity.length === 0) return { ...known, code: Code.BAD_COMMON_HEADER };
  const signed = { ...known, creator: { identity, message: envelope.getPayload_asU8(), signature: envelope.getSignature_asU8() } };
  if (type !== ENDORSER_TRANSACTION) return { ...signed, code: Code.UNSUPPORTED_TX_PAYLOAD };
  if (known.txId !== transactionId(nonce, identity)) return { ...signed, code: Code.BAD_PROPOSAL_TXID };
  return { ...signed, ...parseActions(payload.getData_asU8(), header, channelHeader) };
}

type ActionParts = Pick<ParsedTransaction, 'code'> & Partial<ParsedTransaction>;

function parseActions(data: Uint8Array, header: common.Header, channelHeader: common.ChannelHeader): ActionParts {
  const actions = tryParse(peer.Transaction.deserializeBinary, data)?.getActionsList() ?? [];
  const [action] = actions;
  const actionPayload = action && tryParse(peer.ChaincodeActionPayload.deserializeBinary, action.getPayload_asU8());
  const endorsed = actionPayload?.getAction();
  if (actions.length !== 1 || actionPayload === undefined || endorsed === undefined) return { code: Code.INVALID_ENDORSER_TRANSACTION };
  const responseBytes = endorsed.getProposalResponsePayload_asU8();
  const response = tryParse(peer.ProposalResponsePayload.deserializeBinary, responseBytes);
  const hash = sha256(header.getChannelHeader_asU8(), header.getSignatureHeader_asU8(), actionPayload.getChaincodeProposalPayload_asU8());
  if (response === undefined || !equalBytes(response.getProposalHash_asU8(), hash)) return { code: Code.INVALID_ENDORSER_TRANSACTION };
  const extension = tryParse(peer.ChaincodeHeaderExtension.deserializeBinary, channelHeader.getExtension_asU8());
  const chaincodeAction = tryParse(peer.ChaincodeAction.deserializeBinary, response.getExtension_asU8());
  if (extension === undefined) return { code: Code.BAD_HEADER_EXTENSION };
  if (chaincodeAction === undefined) return { code: Code.BAD_RESPONSE_PAYLOAD };
  const chaincode = chaincodeAction.getChaincodeId()?.getName() ?? '';
  const chaincodeVersion = chaincodeAction.getChaincodeId()?.getVersion() ?? '';
  const namespaces = tryParse(parseReadWriteSet, chaincodeAction.getResults_asU8());
  if (namespaces === undefined) return { code: Code.BAD_RWSET };
  if (new Set(namespaces.map((each) => each.namespace)).size < namespaces.length) return { code: Code.ILLEGAL_WRITESET };
  if (chaincode === '' || chaincodeVersion === '' || extension.getChaincodeId()?.getName() !== chaincode) return { code: Code.INVALID_CHAINCODE };
  const eventBytes = chaincodeAction.getEvents_asU8();
  const event = eventBytes.length === 0 ? undefined : tryParse(peer.ChaincodeEvent.deserializeBinary, eventBytes);
  if (event !== undefined && event.getChaincodeId() !== chaincode) return { code: Code.INVALID_OTHER_REASON };
  return {
    code: Code.VALID,
    chaincode,
    chaincodeVersion,
    event,
    namespaces,
    endorsements: endorsed.getEndorsementsList().map((endorsement) => {
      const identity = endorsement.getEndorser_asU8();
      return { identity, message: new Uint8Array(Buffer.concat([responseBytes, identity])), signature: endorsement.getSignature_asU8() };
    }),
  };
}

/** Parses a serialized TxReadWriteSet. Throws if it is not one. */
export function parseReadWriteSet(bytes: Uint8Array): ParsedNamespace[] {
  return ledger.rwset.TxReadWriteSet.deserializeBinary(bytes)
    .getNsRwsetList()
    .map((ns) => {
      const set = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(ns.getRwset_asU8());
      return {
        namespace: ns.getNamespace(),
        reads: set.getReadsList().map(readOf),
        ranges: set.getRangeQueriesInfoList().map(rangeOf),
        writes: set.getWritesList().map((write) => ({ key: write.getKey(), isDelete: write.getIsDelete() || write.getValue_asU8().length === 0, value: write.getValue_asU8() })),
        metadataWrites: set.getMetadataWritesList().map((write) => ({ key: write.getKey(), entries: entriesOf(write.getEntriesList()) })),
        collections: ns.getCollectionHashedRwsetList().map((collection) => {
          const hashed = ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
          return {
            name: collection.getCollectionName(),
            reads: hashed.getHashedReadsList().map((read) => ({ keyHash: read.getKeyHash_asU8(), version: versionOf(read.getVersion()) })),
            writes: hashed.getHashedWritesList().map((write) => ({ keyHash: write.getKeyHash_asU8(), isDelete: write.getIsDelete() || write.getIsPurge(), valueHash: write.getValueHash_asU8(), isPurge: write.getIsPurge() })),
            metadataWrites: hashed.getMetadataWritesList().map((write) => ({ keyHash: write.getKeyHash_asU8(), entries: entriesOf(write.getEntriesList()) })),
            privateHash: collection.getPvtRwsetHash_asU8(),
          };
        }),
      };
    });
}

function readOf(read: ledger.rwset.kvrwset.KVRead): ParsedRead {
  return { key: read.getKey(), version: versionOf(read.getVersion()) };
}

function rangeOf(range: ledger.rwset.kvrwset.RangeQueryInfo): ParsedRange {
  const merkle = range.getReadsMerkleHashes();
  return {
    startKey: range.getStartKey(),
    endKey: range.getEndKey(),
    exhausted: range.getItrExhausted(),
    rawReads: merkle === undefined ? (range.getRawReads()?.getKvReadsList() ?? []).map(readOf) : undefined,
    merkle: merkle === undefined ? undefined : { maxDegree: merkle.getMaxDegree(), maxLevel: merkle.getMaxLevel(), hashes: merkle.getMaxLevelHashesList_asU8() },
  };
}

function versionOf(version: ledger.rwset.kvrwset.Version | undefined): Version | undefined {
  return version === undefined ? undefined : { blockNum: version.getBlockNum(), txNum: version.getTxNum() };
}

function entriesOf(entries: readonly ledger.rwset.kvrwset.KVMetadataEntry[]): ReadonlyMap<string, Uint8Array> {
  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}
