import { createHash } from 'node:crypto';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { validationCodeName } from '../errors/commit-codes';
import { derOf } from '../evidence/block';
import { publicWrites } from '../evidence/read-write-set';

/** A public write of a transaction. */
export interface PublicWrite {
  readonly namespace: string;
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Buffer;
}

/** What everyone sees of a private write: the SHA-256 (hex) of its key and of its value. */
export interface HashedWrite {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: string;
  readonly isDelete: boolean;
  readonly valueHash: string;
}

/** A private write, where the own organisation may read it. */
export interface PrivateWrite {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Buffer;
}

export interface LedgerTransaction {
  readonly id: string;
  /** Position in its block. */
  readonly index: number;
  readonly valid: boolean;
  /** Name of the validation code, such as "VALID" or "MVCC_READ_CONFLICT". */
  readonly code: string;
  /** Organisation that sent it. */
  readonly creator: string;
  readonly at: Date | undefined;
  readonly chaincode: string;
  /** Function and arguments of the call; empty for configuration. */
  readonly args: readonly Buffer[];
  readonly endorsers: readonly string[];
  readonly event: { readonly name: string; readonly payload: Buffer } | undefined;
  readonly response: Buffer;
  readonly writes: readonly PublicWrite[];
  readonly hashedWrites: readonly HashedWrite[];
  readonly privateWrites: readonly PrivateWrite[];
}

export interface LedgerBlock {
  readonly number: bigint;
  /** SHA-256 (hex) of the header. */
  readonly hash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  /** Whether the transactions hash to what the header says. */
  readonly intact: boolean;
  readonly transactions: readonly LedgerTransaction[];
  /** The block as every peer of the channel has it; no private data in it. */
  readonly bytes: Buffer;
}

/** A block with the private data that came with it. */
export function decodePrivateBlock(item: peer.BlockAndPrivateData): LedgerBlock {
  const block = item.getBlock() ?? new common.Block();
  const privateSets = new Map<number, ledger.rwset.TxPvtReadWriteSet>();
  item.getPrivateDataMapMap().forEach((set, index) => privateSets.set(Number(index), set));
  return decodeBlock(block, privateSets);
}

export function decodeBlock(block: common.Block, privateSets: ReadonlyMap<number, ledger.rwset.TxPvtReadWriteSet> = new Map()): LedgerBlock {
  const header = block.getHeader() ?? new common.BlockHeader();
  const data = block.getData()?.getDataList_asU8() ?? [];
  const flags = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  const dataHash = sha256(...data);
  return {
    number: BigInt(header.getNumber()),
    hash: sha256(derOf(header)),
    previousHash: hex(header.getPreviousHash_asU8()),
    dataHash: hex(header.getDataHash_asU8()),
    intact: dataHash === hex(header.getDataHash_asU8()),
    transactions: data.map((envelope, index) => decodeTransaction(envelope, index, flags[index] ?? peer.TxValidationCode.NOT_VALIDATED, privateSets.get(index))),
    bytes: Buffer.from(block.serializeBinary()),
  };
}

function decodeTransaction(envelope: Uint8Array, index: number, code: number, privateSet: ledger.rwset.TxPvtReadWriteSet | undefined): LedgerTransaction {
  const base = { index, valid: code === peer.TxValidationCode.VALID, code: validationCodeName(code), privateWrites: privateSet === undefined ? [] : privateWrites(privateSet) };
  const nothing = { id: '', creator: '', at: undefined, chaincode: '', args: [], endorsers: [], event: undefined, response: Buffer.alloc(0), writes: [], hashedWrites: [] };
  try {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
    const channelHeader = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array());
    const signatureHeader = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array());
    const head = { ...nothing, ...base, id: channelHeader.getTxId(), creator: mspIdOf(signatureHeader.getCreator_asU8()), at: channelHeader.getTimestamp()?.toDate() };
    return channelHeader.getType() === common.HeaderType.ENDORSER_TRANSACTION ? { ...head, ...decodeAction(payload.getData_asU8()) } : head;
  } catch {
    // A broken envelope stands on the ledger with a code of its own; it changed nothing.
    return { ...nothing, ...base };
  }
}

function decodeAction(data: Uint8Array): Pick<LedgerTransaction, 'chaincode' | 'args' | 'endorsers' | 'event' | 'response' | 'writes' | 'hashedWrites'> {
  const [transactionAction] = peer.Transaction.deserializeBinary(data).getActionsList();
  const actionPayload = peer.ChaincodeActionPayload.deserializeBinary(transactionAction?.getPayload_asU8() ?? new Uint8Array());
  const proposal = peer.ChaincodeProposalPayload.deserializeBinary(actionPayload.getChaincodeProposalPayload_asU8());
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(proposal.getInput_asU8()).getChaincodeSpec();
  const endorsed = actionPayload.getAction();
  const responsePayload = peer.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array());
  const action = peer.ChaincodeAction.deserializeBinary(responsePayload.getExtension_asU8());
  const event = peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8());
  return {
    chaincode: action.getChaincodeId()?.getName() ?? '',
    args: (spec?.getInput()?.getArgsList_asU8() ?? []).map((argument) => Buffer.from(argument)),
    endorsers: (endorsed?.getEndorsementsList() ?? []).map((endorsement) => mspIdOf(endorsement.getEndorser_asU8())),
    event: event.getEventName() === '' ? undefined : { name: event.getEventName(), payload: Buffer.from(event.getPayload_asU8()) },
    response: Buffer.from(action.getResponse()?.getPayload_asU8() ?? new Uint8Array()),
    writes: publicWrites(action.getResults_asU8()).map(({ value, ...write }) => ({ ...write, value: Buffer.from(value) })),
    hashedWrites: hashedWrites(action.getResults_asU8()),
  };
}

function hashedWrites(results: Uint8Array): HashedWrite[] {
  return ledger.rwset.TxReadWriteSet.deserializeBinary(results)
    .getNsRwsetList()
    .flatMap((set) =>
      set.getCollectionHashedRwsetList().flatMap((collectionSet) =>
        ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(collectionSet.getHashedRwset_asU8())
          .getHashedWritesList()
          .map((write) => ({ namespace: set.getNamespace(), collection: collectionSet.getCollectionName(), keyHash: hex(write.getKeyHash_asU8()), isDelete: write.getIsDelete(), valueHash: hex(write.getValueHash_asU8()) })),
      ),
    );
}

function privateWrites(set: ledger.rwset.TxPvtReadWriteSet): PrivateWrite[] {
  return set.getNsPvtRwsetList().flatMap((namespaceSet) =>
    namespaceSet.getCollectionPvtRwsetList().flatMap((collectionSet) =>
      ledger.rwset.kvrwset.KVRWSet.deserializeBinary(collectionSet.getRwset_asU8())
        .getWritesList()
        .map((write) => ({ namespace: namespaceSet.getNamespace(), collection: collectionSet.getCollectionName(), key: write.getKey(), isDelete: write.getIsDelete() || write.getValue_asU8().length === 0, value: Buffer.from(write.getValue_asU8()) })),
    ),
  );
}

function mspIdOf(identity: Uint8Array): string {
  return identity.length === 0 ? '' : msp.SerializedIdentity.deserializeBinary(identity).getMspid();
}

function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
