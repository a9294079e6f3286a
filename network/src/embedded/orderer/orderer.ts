import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { newBlock, slots } from '../channel';
import type { ChannelBundle, SigningIdentity } from '../interfaces';
import { PolicyError } from '../policy';
import { blockHash, blockHeaderBytes, tryParse } from '../protos';
import { BlockCutter } from './cutter';

export interface OrdererOptions {
  readonly bundle: ChannelBundle;
  readonly identity: SigningIdentity;
  readonly genesis: common.Block;
  /** `instant`: a block as soon as the orderer is idle; a number: batch timeout in milliseconds. */
  readonly cutting: 'instant' | number;
  readonly maxMessageCount: number;
}

export interface BroadcastAnswer {
  readonly status: number;
  readonly info: string;
}

/** The ordering service: admits envelopes, cuts blocks, hands them to the peers in order. */
export class Orderer {
  readonly #options: OrdererOptions;
  readonly #cutter: BlockCutter;
  readonly #blocks: Uint8Array[] = [];
  readonly #listeners = new Set<(block: Uint8Array, number: number) => void>();
  #previousHash: Uint8Array;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #held = false;
  #stopped = false;

  constructor(options: OrdererOptions) {
    this.#options = options;
    this.#cutter = new BlockCutter({ maxMessageCount: options.maxMessageCount, preferredMaxBytes: options.bundle.batch.preferredMaxBytes });
    this.#blocks.push(options.genesis.serializeBinary());
    const header = options.genesis.getHeader() ?? new common.BlockHeader();
    this.#previousHash = blockHash(0, header.getPreviousHash_asU8(), header.getDataHash_asU8());
  }

  get height(): number {
    return this.#blocks.length;
  }

  block(number: number): Uint8Array | undefined {
    return this.#blocks[number];
  }

  onBlock(listener: (block: Uint8Array, number: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Fabric's admission checks, in their order, then into the queue. */
  broadcast(envelope: common.Envelope): BroadcastAnswer {
    const { BAD_REQUEST, FORBIDDEN, SUCCESS, SERVICE_UNAVAILABLE } = common.Status;
    if (this.#stopped) return { status: SERVICE_UNAVAILABLE, info: 'the orderer is stopped' };
    const { bundle } = this.#options;
    const payloadBytes = envelope.getPayload_asU8();
    const payload = tryParse(common.Payload.deserializeBinary, payloadBytes);
    const header = payload?.getHeader();
    const channelHeader = header && tryParse(common.ChannelHeader.deserializeBinary, header.getChannelHeader_asU8());
    const signatureHeader = header && tryParse(common.SignatureHeader.deserializeBinary, header.getSignatureHeader_asU8());
    if (payloadBytes.length === 0 || channelHeader === undefined || signatureHeader === undefined) return { status: BAD_REQUEST, info: 'could not determine channel ID: malformed envelope' };
    if (channelHeader.getChannelId() !== bundle.channelId) return { status: BAD_REQUEST, info: 'channel does not exist' };
    // Fabric would turn an update into a new configuration; here the topology is the one place where it is written.
    if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return { status: BAD_REQUEST, info: 'the configuration of a channel cannot be updated on the embedded engine: change the topology and start the network again' };
    const size = payloadBytes.length + envelope.getSignature_asU8().length;
    if (size > bundle.batch.absoluteMaxBytes) return { status: BAD_REQUEST, info: `message payload is ${size} bytes and exceeds maximum allowed ${bundle.batch.absoluteMaxBytes} bytes` };
    const creator = signatureHeader.getCreator_asU8();
    try {
      if (bundle.mspManager.deserialize(creator).expiresAt.getTime() < Date.now()) return { status: BAD_REQUEST, info: 'broadcast client identity expired' };
      bundle.policies.evaluate('/Channel/Writers', [{ message: payloadBytes, identity: creator, signature: envelope.getSignature_asU8() }]);
    } catch (error) {
      return { status: FORBIDDEN, info: `${error instanceof PolicyError ? error.message : String(error)}: permission denied` };
    }
    for (const batch of this.#cutter.add(envelope.serializeBinary())) this.#emit(batch);
    this.#schedule();
    return { status: SUCCESS, info: '' };
  }

  /** Holds blocks back, so that transactions of one block can be chosen; `release` cuts what has gathered. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#clear();
  }

  #schedule(): void {
    if (this.#cutter.isEmpty || this.#timer !== undefined || this.#held || this.#stopped) return;
    const cut = () => {
      this.#timer = undefined;
      if (!this.#cutter.isEmpty && !this.#held) this.#emit(this.#cutter.cut());
    };
    this.#timer = this.#options.cutting === 'instant' ? setImmediate(cut) : setTimeout(cut, this.#options.cutting);
  }

  #clear(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
  }

  #emit(batch: readonly Uint8Array[]): void {
    this.#clear();
    const number = this.#blocks.length;
    const block = newBlock(number, this.#previousHash, batch);
    this.#sign(block, number);
    const header = block.getHeader() ?? new common.BlockHeader();
    this.#previousHash = blockHash(number, header.getPreviousHash_asU8(), header.getDataHash_asU8());
    const bytes = block.serializeBinary();
    this.#blocks.push(bytes);
    for (const listener of [...this.#listeners]) listener(bytes, number);
  }

  #sign(block: common.Block, number: number): void {
    const { identity } = this.#options;
    const header = block.getHeader() ?? new common.BlockHeader();
    const lastConfig = new common.LastConfig();
    lastConfig.setIndex(0);
    const value = new common.OrdererBlockMetadata();
    value.setLastConfig(lastConfig);
    const valueBytes = value.serializeBinary();
    const signatureHeader = new common.SignatureHeader();
    signatureHeader.setCreator(identity.serialized);
    signatureHeader.setNonce(new Uint8Array(randomBytes(24)));
    const signatureHeaderBytes = signatureHeader.serializeBinary();
    const signature = new common.MetadataSignature();
    signature.setSignatureHeader(signatureHeaderBytes);
    signature.setSignature(identity.sign(new Uint8Array(Buffer.concat([valueBytes, signatureHeaderBytes, blockHeaderBytes(number, header.getPreviousHash_asU8(), header.getDataHash_asU8())]))));
    const signed = new common.Metadata();
    signed.setValue(valueBytes);
    signed.setSignaturesList([signature]);
    const last = new common.Metadata();
    last.setValue(lastConfig.serializeBinary());
    block.getMetadata()?.setMetadataList(slots({ [common.BlockMetadataIndex.SIGNATURES]: signed.serializeBinary(), [common.BlockMetadataIndex.LAST_CONFIG]: last.serializeBinary() }));
  }
}
