import { ChannelHeader, Envelope, HeaderType, Payload, SignatureHeader } from '@hyperledger/fabric-protos/lib/common/common_pb';
import { ChaincodeInvocationSpec } from '@hyperledger/fabric-protos/lib/peer/chaincode_pb';
import { ChaincodeAction, ChaincodeProposalPayload } from '@hyperledger/fabric-protos/lib/peer/proposal_pb';
import { ProposalResponsePayload } from '@hyperledger/fabric-protos/lib/peer/proposal_response_pb';
import { ChaincodeActionPayload, Transaction } from '@hyperledger/fabric-protos/lib/peer/transaction_pb';
import type { Signed } from './block';
import { concat } from './bytes';

/** The two headers of a proposal and of the transaction that came of it, as they were signed. */
export interface Headers {
  readonly channelHeader: Uint8Array;
  readonly signatureHeader: Uint8Array;
}

export interface OpenedHeaders {
  readonly kind: 'configuration' | 'transaction' | 'other';
  readonly channel: string;
  readonly transactionId: string;
  /** As the sender's clock said. */
  readonly at: Date | undefined;
  /** Serialised identity of the sender. */
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
}

/** An envelope with its parts as they were signed. */
export interface OpenedEnvelope extends Headers {
  /** The sender's signature over the payload. */
  readonly sender: Signed;
  readonly headers: OpenedHeaders;
  readonly data: Uint8Array;
}

/** What endorsers were asked, what they answered, and their signatures over the answer. */
export interface Endorsed {
  /** peer.ChaincodeProposalPayload without transient data. */
  readonly proposal: Uint8Array;
  /** peer.ProposalResponsePayload. */
  readonly response: Uint8Array;
  readonly endorsements: readonly { readonly endorser: Uint8Array; readonly signature: Uint8Array }[];
}

/** The answer of the endorsers. */
export interface OpenedResponse {
  readonly proposalHash: Uint8Array;
  readonly chaincode: string;
  /** Serialised ledger.rwset.TxReadWriteSet. */
  readonly results: Uint8Array;
  readonly payload: Uint8Array;
}

/** Throws where the bytes are no envelope. */
export function openEnvelope(bytes: Uint8Array): OpenedEnvelope {
  const envelope = Envelope.deserializeBinary(bytes);
  const message = envelope.getPayload_asU8();
  const payload = Payload.deserializeBinary(message);
  const channelHeader = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  const signatureHeader = payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array();
  const headers = openHeaders({ channelHeader, signatureHeader });
  return { channelHeader, signatureHeader, headers, sender: { identity: headers.creator, message, signature: envelope.getSignature_asU8() }, data: payload.getData_asU8() };
}

/** The envelope written again: other bytes than it had if more stands in it than payload and signature. */
export function rewriteEnvelope(bytes: Uint8Array): Uint8Array {
  return Envelope.deserializeBinary(bytes).serializeBinary();
}

export function openHeaders({ channelHeader, signatureHeader }: Headers): OpenedHeaders {
  const channel = ChannelHeader.deserializeBinary(channelHeader);
  const signature = SignatureHeader.deserializeBinary(signatureHeader);
  const type = channel.getType();
  return {
    kind: type === HeaderType.CONFIG ? 'configuration' : type === HeaderType.ENDORSER_TRANSACTION ? 'transaction' : 'other',
    channel: channel.getChannelId(),
    transactionId: channel.getTxId(),
    at: channel.getTimestamp()?.toDate(),
    creator: signature.getCreator_asU8(),
    nonce: signature.getNonce_asU8(),
  };
}

/** What was endorsed, from the data of a transaction's envelope. */
export function endorsedActions(data: Uint8Array): Endorsed[] {
  return Transaction.deserializeBinary(data)
    .getActionsList()
    .map((action) => {
      const payload = ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
      const endorsed = payload.getAction();
      return {
        proposal: payload.getChaincodeProposalPayload_asU8(),
        response: endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
        endorsements: (endorsed?.getEndorsementsList() ?? []).map((endorsement) => ({ endorser: endorsement.getEndorser_asU8(), signature: endorsement.getSignature_asU8() })),
      };
    });
}

/** An endorser signs the answer and its own identity. */
export function endorsementSignatures({ response, endorsements }: Endorsed): Signed[] {
  return endorsements.map(({ endorser, signature }) => ({ identity: endorser, message: concat(response, endorser), signature }));
}

/** What the hash in an answer is made of: it binds the answer to the question. */
export function proposalParts({ channelHeader, signatureHeader }: Headers, { proposal }: Endorsed): readonly Uint8Array[] {
  return [channelHeader, signatureHeader, proposal];
}

export function openResponse({ response }: Endorsed): OpenedResponse {
  const payload = ProposalResponsePayload.deserializeBinary(response);
  const action = ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  return { proposalHash: payload.getProposalHash_asU8(), chaincode: action.getChaincodeId()?.getName() ?? '', results: action.getResults_asU8(), payload: action.getResponse()?.getPayload_asU8() ?? new Uint8Array() };
}

/** Function and arguments of the call. */
export function argumentsOf({ proposal }: Endorsed): Uint8Array[] {
  const input = ChaincodeProposalPayload.deserializeBinary(proposal).getInput_asU8();
  return ChaincodeInvocationSpec.deserializeBinary(input).getChaincodeSpec()?.getInput()?.getArgsList_asU8() ?? [];
}
