import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { sha256, timestampOf, transactionId } from '../protos';

/** Block 0: one unsigned CONFIG envelope. */
export function genesisBlock(channelId: string, config: common.Config): common.Block {
  const nonce = new Uint8Array(randomBytes(24));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setTimestamp(timestampOf(new Date()));
  channelHeader.setChannelId(channelId);
  channelHeader.setTxId(transactionId(nonce, new Uint8Array()));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const envelopeOfConfig = new common.ConfigEnvelope();
  envelopeOfConfig.setConfig(config);
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(envelopeOfConfig.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  const block = newBlock(0, new Uint8Array(), [envelope.serializeBinary()]);
  const metadata = block.getMetadata() ?? new common.BlockMetadata();
  metadata.setMetadataList(slots({ [common.BlockMetadataIndex.TRANSACTIONS_FILTER]: Uint8Array.from([0]) }));
  return block;
}

/** A block with its hashes; metadata slots are empty. */
export function newBlock(number: number, previousHash: Uint8Array, envelopes: readonly Uint8Array[]): common.Block {
  const header = new common.BlockHeader();
  header.setNumber(number);
  header.setPreviousHash(previousHash);
  header.setDataHash(sha256(...envelopes));
  const data = new common.BlockData();
  data.setDataList([...envelopes]);
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList(slots({}));
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block;
}

/** The five metadata slots of a block, the given ones filled. */
export function slots(filled: Readonly<Record<number, Uint8Array>>): Uint8Array[] {
  return Array.from({ length: 5 }, (_, index) => filled[index] ?? new Uint8Array());
}
