import type { BlockHeader as HeaderMessage } from '@hyperledger/fabric-protos/lib/common/common_pb';
import { Metadata, SignatureHeader } from '@hyperledger/fabric-protos/lib/common/common_pb';
import { concat } from './bytes';

export interface BlockHeader {
  readonly number: bigint;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
}

/** DER of the header, whose SHA-256 is the hash of the block: SEQUENCE { INTEGER number, OCTET STRING previous hash, OCTET STRING data hash }. */
export function headerDer({ number, previousHash, dataHash }: BlockHeader): Uint8Array {
  const digits = number.toString(16);
  const bytes = Array.from((digits.length % 2 === 1 ? `0${digits}` : digits).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const integer = Uint8Array.from((bytes[0] ?? 0) >= 128 ? [0, ...bytes] : bytes);
  return der(0x30, concat(der(0x02, integer), der(0x04, previousHash), der(0x04, dataHash)));
}

/** The same of a header as blocks carry it. */
export function derOf(header: HeaderMessage): Uint8Array {
  return headerDer({ number: BigInt(header.getNumber()), previousHash: header.getPreviousHash_asU8(), dataHash: header.getDataHash_asU8() });
}

function der(tag: number, content: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(tag, content.length), content);
}

/** A signature, whose it is, and what was signed. */
export interface Signed {
  /** Serialised identity of the signer. */
  readonly identity: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** The ordering service's signatures over a block, from the metadata (common.Metadata) that came with it. */
export function blockSignatures(metadata: Uint8Array, header: Uint8Array): Signed[] {
  const read = Metadata.deserializeBinary(metadata);
  return read.getSignaturesList().map((signed) => {
    const signatureHeader = signed.getSignatureHeader_asU8();
    return { identity: SignatureHeader.deserializeBinary(signatureHeader).getCreator_asU8(), message: concat(read.getValue_asU8(), signatureHeader, header), signature: signed.getSignature_asU8() };
  });
}

/** The metadata written again: other bytes than it had if more stands in it than value and signatures. */
export function rewriteMetadata(metadata: Uint8Array): Uint8Array {
  return Metadata.deserializeBinary(metadata).serializeBinary();
}
