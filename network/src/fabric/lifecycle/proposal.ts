import { randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import type { SigningIdentity } from '../../embedded/interfaces';
import { timestampOf, transactionId, utf8 } from '../../embedded/protos';
import { NetworkError } from '../../errors';

export interface Invocation {
  /** Empty for what concerns one peer alone (join, install). */
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly (string | Uint8Array)[];
}

export interface Proposal {
  readonly txId: string;
  readonly signed: peer.SignedProposal;
  readonly header: common.Header;
  readonly payload: Uint8Array;
}

export function propose(identity: SigningIdentity, { channel, chaincode, args }: Invocation): Proposal {
  const nonce = new Uint8Array(randomBytes(24));
  const txId = transactionId(nonce, identity.serialized);
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(txId);
  channelHeader.setTimestamp(timestampOf(new Date()));
  channelHeader.setChannelId(channel);
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identity.serialized);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());

  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((argument) => (typeof argument === 'string' ? utf8(argument) : argument)));
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.GOLANG);
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());

  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(identity.sign(signed.getProposalBytes_asU8()));
  return { txId, signed, header, payload: payload.serializeBinary() };
}

/** The transaction that the endorsements make, signed. Throws DEPLOY_FAILED if the endorsers disagree. */
export function assemble(identity: SigningIdentity, proposal: Proposal, responses: readonly peer.ProposalResponse[]): common.Envelope {
  const result = responses[0]?.getPayload_asU8() ?? new Uint8Array();
  if (responses.some((response) => Buffer.compare(response.getPayload_asU8(), result) !== 0)) {
    throw new NetworkError('DEPLOY_FAILED', 'The peers endorsed different results. Some of them lag behind; run the command again.', { txId: proposal.txId });
  }
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(result);
  endorsed.setEndorsementsList(responses.map((response) => response.getEndorsement() ?? new peer.Endorsement()));
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposal.payload);
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(proposal.header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  const payload = new common.Payload();
  payload.setHeader(proposal.header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(identity.sign(envelope.getPayload_asU8()));
  return envelope;
}
