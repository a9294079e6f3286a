import { common, peer } from '@hyperledger/fabric-protos';
import { sha256, transactionId, tryParse } from '../protos';

/** A proposal taken apart (wire notes 1.2). */
export interface UnpackedProposal {
  readonly proposal: peer.Proposal;
  readonly header: common.Header;
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly channelId: string;
  readonly txId: string;
  readonly chaincode: string;
  readonly input: peer.ChaincodeInput;
  /** Serialized ChaincodeProposalPayload without the transient map: what goes into the transaction. */
  readonly publicPayload: Uint8Array;
  readonly hasTransient: boolean;
  /** SHA-256 over headers and public payload. */
  readonly proposalHash: Uint8Array;
}

/** Throws with Fabric's text if a part does not parse. */
export function unpackProposal(signed: peer.SignedProposal): UnpackedProposal {
  const proposal = parsed(peer.Proposal.deserializeBinary, signed.getProposalBytes_asU8(), 'error unmarshalling Proposal');
  const header = parsed(common.Header.deserializeBinary, proposal.getHeader_asU8(), 'error unmarshalling Header');
  const channelHeader = parsed(common.ChannelHeader.deserializeBinary, header.getChannelHeader_asU8(), 'error unmarshalling ChannelHeader');
  const signatureHeader = parsed(common.SignatureHeader.deserializeBinary, header.getSignatureHeader_asU8(), 'error unmarshalling SignatureHeader');
  const extension = parsed(peer.ChaincodeHeaderExtension.deserializeBinary, channelHeader.getExtension_asU8(), 'error unmarshalling ChaincodeHeaderExtension');
  const payload = parsed(peer.ChaincodeProposalPayload.deserializeBinary, proposal.getPayload_asU8(), 'error unmarshalling ChaincodeProposalPayload');
  const spec = parsed(peer.ChaincodeInvocationSpec.deserializeBinary, payload.getInput_asU8(), 'error unmarshalling ChaincodeInvocationSpec');
  const id = extension.getChaincodeId();
  if (id === undefined) throw new Error('ChaincodeHeaderExtension.ChaincodeId is nil');
  const chaincode = id.getName();
  if (spec.getChaincodeSpec() === undefined) throw new Error('chaincode invocation spec did not contain chaincode spec');
  const input = spec.getChaincodeSpec()?.getInput();
  if (chaincode === '') throw new Error('ChaincodeHeaderExtension.ChaincodeId.Name is empty');
  if (input === undefined) throw new Error('chaincode input did not contain any input');
  const stripped = new peer.ChaincodeProposalPayload();
  stripped.setInput(payload.getInput_asU8());
  const publicPayload = stripped.serializeBinary();
  return {
    proposal,
    header,
    channelHeader,
    signatureHeader,
    channelId: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    chaincode,
    input,
    publicPayload,
    hasTransient: payload.getTransientmapMap().getLength() > 0,
    proposalHash: sha256(header.getChannelHeader_asU8(), header.getSignatureHeader_asU8(), publicPayload),
  };
}

function nameOf(type: number): string {
  return Object.entries(common.HeaderType).find(([, value]) => value === type)?.[0] ?? String(type);
}

function parsed<T>(parse: (bytes: Uint8Array) => T, bytes: Uint8Array, message: string): T {
  const value = tryParse(parse, bytes);
  if (value === undefined) throw new Error(message);
  return value;
}

/** The first structural defect of the headers, as Fabric words it; undefined if there is none. */
export function headerDefect({ channelHeader, signatureHeader, txId }: UnpackedProposal): string | undefined {
  const type = channelHeader.getType();
  if (type !== common.HeaderType.ENDORSER_TRANSACTION && type !== common.HeaderType.CONFIG) return `invalid header type ${nameOf(type)}`;
  if (channelHeader.getEpoch() !== 0) return `epoch is non-zero`;
  const nonce = signatureHeader.getNonce_asU8();
  const creator = signatureHeader.getCreator_asU8();
  if (nonce.length === 0) return 'nonce is empty';
  if (creator.length === 0) return 'creator is empty';
  const computed = transactionId(nonce, creator);
  if (txId !== computed) return `incorrectly computed txid '${txId}' -- expected '${computed}'`;
  return undefined;
}
