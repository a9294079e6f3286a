import type { peer } from '@hyperledger/fabric-protos';
import type { QueryRow, ResultsIterator, TxSimulator } from '../interfaces';

/** How a stream's end reads in error texts; the gateway recognises a crashed chaincode by it. */
export const STREAM_TERMINATED = 'chaincode stream terminated';

/** One invocation as the peer sees it. */
export interface Invocation {
  readonly channelId: string;
  readonly txId: string;
  readonly chaincode: string;
  /** Serialized ChaincodeInput. */
  readonly input: Uint8Array;
  readonly signedProposal: peer.SignedProposal;
  readonly simulator: TxSimulator;
  readonly timeoutMs: number;
  readonly isInit: boolean;
  /** Whether the proposal's creator may use a collection of this chaincode. Throws if there is no such collection. */
  mayAccess(collection: string, wanted: 'read' | 'write'): boolean;
  /** Calls another chaincode within the same simulation; the answer is the callee's closing message. */
  invokeOther(spec: peer.ChaincodeSpec): Promise<peer.ChaincodeMessage>;
}

/** The chaincode's closing message: COMPLETED with a Response, or ERROR with a text. */
export type InvocationResult = peer.ChaincodeMessage;

/** A failure of the peer's side of an execution; the text is Fabric's. */
export class ExecutionError extends Error {
  override readonly name = 'ExecutionError';
}

/** Open queries of one running transaction. */
export interface TransactionContext {
  readonly invocation: Invocation;
  readonly queries: Map<string, ResultsIterator<QueryRow | Uint8Array> & { pending?: Uint8Array[] }>;
  nextQueryId: number;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: Error) => void;
  /** One request is being answered; a chaincode may have no second one open. */
  busy: boolean;
}
