import { common, peer } from '@hyperledger/fabric-protos';
import { tryParse } from '../protos';

/** What the gateway itself looks at in a proposal; all checks are the endorsers'. */
export interface Proposed {
  readonly signed: peer.SignedProposal;
  readonly header: common.Header;
  readonly payload: peer.ChaincodeProposalPayload;
  readonly channelId: string;
  readonly chaincode: string;
  readonly hasTransient: boolean;
}

/** Throws an Error with Fabric's text if the proposal does not parse. */
export function readProposal(signed: peer.SignedProposal | undefined, missing: string): Proposed {
  if (signed === undefined || signed.getProposalBytes_asU8().length === 0) throw new Error(missing);
  const proposal = parsed(peer.Proposal.deserializeBinary, signed.getProposalBytes_asU8(), 'error unmarshalling Proposal');
  const header = parsed(common.Header.deserializeBinary, proposal.getHeader_asU8(), 'error unmarshalling Header');
  const channelHeader = parsed(common.ChannelHeader.deserializeBinary, header.getChannelHeader_asU8(), 'error unmarshalling ChannelHeader');
  const payload = parsed(peer.ChaincodeProposalPayload.deserializeBinary, proposal.getPayload_asU8(), 'error unmarshalling ChaincodeProposalPayload');
  const spec = parsed(peer.ChaincodeInvocationSpec.deserializeBinary, payload.getInput_asU8(), 'error unmarshalling ChaincodeInvocationSpec');
  return {
    signed,
    header,
    payload,
    channelId: channelHeader.getChannelId(),
    chaincode: spec.getChaincodeSpec()?.getChaincodeId()?.getName() ?? '',
    hasTransient: payload.getTransientmapMap().getLength() > 0,
  };
}

/** The envelope that the client signs: the proposal without its transient data, the agreed result, the endorsements. */
export function assemble({ header, payload }: Proposed, result: Uint8Array, endorsements: readonly peer.Endorsement[]): common.Envelope {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(result);
  endorsed.setEndorsementsList([...endorsements]);
  const publicPayload = new peer.ChaincodeProposalPayload();
  publicPayload.setInput(payload.getInput_asU8());
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(publicPayload.serializeBinary());
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  const content = new common.Payload();
  content.setHeader(header);
  content.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(content.serializeBinary());
  return envelope;
}

function parsed<T>(parse: (bytes: Uint8Array) => T, bytes: Uint8Array, message: string): T {
  const value = tryParse(parse, bytes);
  if (value === undefined) throw new Error(message);
  return value;
}
