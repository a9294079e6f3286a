/**
 * The seams between the rooms of the embedded engine. Each room is named as the Fabric peer names its subsystem
 * and depends on the others only through these types. Serialized protobuf bytes cross between rooms and to the
 * chaincode, never message objects (fabric-shim carries its own copy of the protobuf classes).
 *
 * Everything here is synchronous: state lives in memory and durable storage follows the commit.
 */
import type { common, msp } from '@hyperledger/fabric-protos';

/** A validated member of an organisation, as the MSP sees it. */
export interface Identity {
  readonly mspId: string;
  /** PEM of the certificate. */
  readonly pem: string;
  /** Serialized msp.SerializedIdentity. */
  readonly serialized: Uint8Array;
  /** End of the certificate's validity; the MSP itself does not check it (Fabric: only filters do). */
  readonly expiresAt: Date;
  /** True if `signature` is a low-S ECDSA P-256/SHA-256 DER signature of this identity over `message`. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
  /** True if the identity satisfies the principal (role, organisation unit, identity). */
  satisfies(principal: msp.MSPPrincipal): boolean;
}

/** An identity whose private key this process holds (a peer, the orderer). */
export interface SigningIdentity {
  readonly mspId: string;
  readonly serialized: Uint8Array;
  /** Low-S DER ECDSA signature over SHA-256(message). */
  sign(message: Uint8Array): Uint8Array;
}

/** All MSPs of a channel. */
export interface MspManager {
  readonly mspIds: readonly string[];
  /** Parses and validates a serialized identity. Throws MspError if its MSP is unknown or its certificate is not acceptable. */
  deserialize(serialized: Uint8Array): Identity;
}

/** Who signed what: the message is what the signature covers. */
export interface SignedData {
  readonly message: Uint8Array;
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
}

/** The policies of a channel configuration, addressed by path ("/Channel/Application/Writers"). */
export interface PolicyManager {
  /** Throws PolicyError with Fabric's wording if the signatures do not satisfy the policy at `path`. */
  evaluate(path: string, signatures: readonly SignedData[]): void;
  /** The same verdict for identities whose signatures were verified already. */
  satisfied(path: string, identities: readonly Identity[]): boolean;
  /** The policy at `path` as one signature policy (implicit meta policies are expanded), for endorsement planning. Undefined if there is none. */
  asSignaturePolicy(path: string): common.SignaturePolicyEnvelope | undefined;
}

/** One application organisation of a channel. */
export interface ChannelOrganisation {
  readonly mspId: string;
  /** Name of its group in the channel configuration. */
  readonly groupName: string;
}

/** What a channel configuration means: MSPs, policies, access control, batch parameters. */
export interface ChannelBundle {
  readonly channelId: string;
  readonly config: common.Config;
  readonly mspManager: MspManager;
  readonly policies: PolicyManager;
  readonly applicationOrganisations: readonly ChannelOrganisation[];
  /** Policy path of an ACL resource such as "peer/Propose" or "event/Block". */
  /** Path of the policy that guards a resource; undefined if nobody may use it. */
  acl(resource: string): string | undefined;
  readonly batch: { readonly maxMessageCount: number; readonly absoluteMaxBytes: number; readonly preferredMaxBytes: number; readonly timeoutMs: number };
}

/** Height of a write: block number and index in the block (invalid transactions count). */
export interface Version {
  readonly blockNum: number;
  readonly txNum: number;
}

export interface VersionedValue {
  readonly value: Uint8Array;
  /** Metadata entries (VALIDATION_PARAMETER …); empty map if none. */
  readonly metadata: ReadonlyMap<string, Uint8Array>;
  readonly version: Version;
}

/** Committed public state of one peer. Keys order by UTF-8 bytes. */
export interface StateReader {
  getState(namespace: string, key: string): VersionedValue | undefined;
  /** Rows with start <= key < end ("" = open), in key order. */
  getStateRange(namespace: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }>;
  /** Hash of a private value (and its metadata) by SHA-256 of the key. `value` is SHA-256 of the private value. */
  getHashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined;
}

/** One row of a range or private range query. */
export interface QueryRow {
  readonly key: string;
  readonly value: Uint8Array;
}

/** An open query. `next` returns undefined at the end. */
export interface ResultsIterator<T> {
  next(): T | undefined;
  close(): void;
  /** Of a paginated query: the bookmark after the last row returned ("" at the end). */
  bookmark?(): string;
}

/** One entry of a key's history, newest first. Timestamp is the transaction's channel header's. */
export interface KeyModification {
  readonly txId: string;
  readonly value: Uint8Array;
  readonly isDelete: boolean;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
}

/** What a simulation produced. */
export interface SimulationResults {
  /** Serialized ledger.rwset.TxReadWriteSet: public reads and writes, hashed private ones. */
  readonly publicReadWriteSet: Uint8Array;
  /** Serialized ledger.rwset.TxPvtReadWriteSet; undefined if nothing private was written. */
  readonly privateReadWriteSet: Uint8Array | undefined;
  /** Namespaces that were read or written, for the endorsement plan (Fabric: ChaincodeInterest). */
  readonly touched: readonly TouchedNamespace[];
}

export interface TouchedNamespace {
  readonly namespace: string;
  readonly publicReads: boolean;
  readonly publicWrites: boolean;
  /** Serialized SignaturePolicyEnvelope of each written key that has a key-level policy. */
  readonly keyPolicies: readonly Uint8Array[];
  /** True if at least one written public key has no key-level policy. */
  readonly namespacePolicyApplies: boolean;
  readonly collections: readonly { readonly name: string; readonly reads: boolean; readonly writes: boolean; readonly keyPolicies: readonly Uint8Array[]; readonly collectionPolicyApplies: boolean }[];
}

/**
 * Simulates one transaction against a peer's committed state. Never shows a transaction its own writes.
 * Throws SimulationError with Fabric's wording (wire notes 2.3, 2.4) on what Fabric refuses.
 */
export interface TxSimulator {
  getState(namespace: string, key: string): Uint8Array | undefined;
  getStateMultiple(namespace: string, keys: readonly string[]): (Uint8Array | undefined)[];
  setState(namespace: string, key: string, value: Uint8Array): void;
  deleteState(namespace: string, key: string): void;
  getStateMetadata(namespace: string, key: string): ReadonlyMap<string, Uint8Array>;
  setStateMetadata(namespace: string, key: string, entries: ReadonlyMap<string, Uint8Array>): void;
  /** Paginated if `page` is given (start = bookmark if not empty). */
  getStateRange(namespace: string, startKey: string, endKey: string, page?: { size: number; bookmark: string }): ResultsIterator<QueryRow>;
  getHistory(namespace: string, key: string): ResultsIterator<KeyModification>;
  getPrivateData(namespace: string, collection: string, key: string): Uint8Array | undefined;
  getPrivateDataHash(namespace: string, collection: string, key: string): Uint8Array | undefined;
  setPrivateData(namespace: string, collection: string, key: string, value: Uint8Array): void;
  deletePrivateData(namespace: string, collection: string, key: string): void;
  purgePrivateData(namespace: string, collection: string, key: string): void;
  getPrivateDataMetadata(namespace: string, collection: string, key: string): ReadonlyMap<string, Uint8Array>;
  setPrivateDataMetadata(namespace: string, collection: string, key: string, entries: ReadonlyMap<string, Uint8Array>): void;
  getPrivateDataRange(namespace: string, collection: string, startKey: string, endKey: string): ResultsIterator<QueryRow>;
  /** Ends the simulation; the simulator refuses further calls. */
  done(): SimulationResults;
}

/** What `_lifecycle` says of a chaincode, read from state. */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly sequence: number;
  readonly version: string;
  readonly initRequired: boolean;
  /** Serialized peer.ApplicationPolicy. */
  readonly endorsementPolicy: Uint8Array;
  /** Explicit collections; implicit ones (`_implicit_org_<MSPID>`) are computed, see CollectionPolicies. */
  readonly collections: readonly CollectionDefinition[];
}

export interface CollectionDefinition {
  readonly name: string;
  /** Serialized common.SignaturePolicyEnvelope of the members. */
  readonly memberPolicy: Uint8Array;
  readonly requiredPeerCount: number;
  readonly maximumPeerCount: number;
  readonly blockToLive: number;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** Serialized peer.ApplicationPolicy, if the collection has its own endorsement policy. */
  readonly endorsementPolicy: Uint8Array | undefined;
}

/** Looks a definition up in committed state; `read` returns a value of namespace `_lifecycle`. */
export type DefinitionLookup = (read: (key: string) => Uint8Array | undefined, chaincode: string) => ChaincodeDefinition | undefined;

/** Result of committing one block on one peer. */
export interface CommittedBlock {
  readonly number: number;
  /** The serialized common.Block with TRANSACTIONS_FILTER (and COMMIT_HASH) filled in by this peer. */
  readonly bytes: Uint8Array;
  /** Validation code of each transaction, by index. */
  readonly codes: readonly number[];
  readonly txIds: readonly string[];
}

/** The ledger of one peer on one channel. */
export interface PeerLedger extends StateReader {
  readonly channelId: string;
  readonly height: number;
  /** SHA-256 over the whole public and hashed state in key order: equal on two peers exactly if their states are. */
  stateHash(): string;
  getBlock(number: number): Uint8Array | undefined;
  getBlockByHash(hash: Uint8Array): Uint8Array | undefined;
  /** First block that holds the transaction id (whatever its validation code), with index and code. */
  findTransaction(txId: string): { blockNumber: number; index: number; code: number; envelope: Uint8Array } | undefined;
  chainInfo(): { height: number; currentBlockHash: Uint8Array; previousBlockHash: Uint8Array };
  newSimulator(txId: string): TxSimulator;
  /** Committed private value on this peer. */
  getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined;
  /** Private write sets of a block that this peer holds: transaction index to serialized TxPvtReadWriteSet (may be empty). */
  getPrivateDataOfBlock(number: number): ReadonlyMap<number, Uint8Array>;
  /**
   * Validates and commits an ordered block (serialized common.Block). `privateData` gives what this peer has of a
   * transaction's private write set (from its transient store): only collections of which its organisation is a
   * member, and only values whose hash matches, are kept.
   */
  commit(block: Uint8Array, privateData: (txId: string) => Uint8Array | undefined): CommittedBlock;
  /** Called after each commit, in order. Returns the unsubscribe function. */
  onCommit(listener: (block: CommittedBlock) => void): () => void;
}


