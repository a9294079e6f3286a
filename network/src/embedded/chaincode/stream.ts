import { peer } from '@hyperledger/fabric-protos';
import type { QueryRow, ResultsIterator, TxSimulator } from '../interfaces';
import { serveRequest } from './requests';

const Type = peer.ChaincodeMessage.Type;

/** Either end of a chaincode stream, as gRPC gives it. */
export interface MessageStream {
  write(message: peer.ChaincodeMessage): unknown;
  on(event: 'data', listener: (message: peer.ChaincodeMessage) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(): unknown;
}

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
  /** Calls another chaincode of the channel within the same simulation. */
  invokeOther(spec: peer.ChaincodeSpec): Promise<peer.Response>;
}

export interface InvocationResult {
  readonly response: peer.Response;
  readonly event: peer.ChaincodeEvent | undefined;
}

/** A failure of the peer's side of an execution; the text is Fabric's. */
export class ExecutionError extends Error {
  override readonly name = 'ExecutionError';
}

/** Open queries and the answer of one running transaction. */
export interface TransactionContext {
  readonly invocation: Invocation;
  readonly queries: Map<string, ResultsIterator<QueryRow | Uint8Array> & { pending?: Uint8Array[] }>;
  nextQueryId: number;
  resolve(result: InvocationResult): void;
  reject(error: Error): void;
  busy: boolean;
}

/** The peer's end of a chaincode stream (wire notes, section 2). */
export class ChaincodeStream {
  readonly #stream: MessageStream;
  readonly #contexts = new Map<string, TransactionContext>();
  readonly #ready: Promise<string>;
  #closed = false;
  #announce: (name: string) => void = () => undefined;
  #refuse: (error: Error) => void = () => undefined;
  #onClose: () => void = () => undefined;

  constructor(stream: MessageStream) {
    this.#stream = stream;
    this.#ready = new Promise((resolve, reject) => {
      this.#announce = resolve;
      this.#refuse = reject;
    });
    this.#ready.catch(() => undefined);
    stream.on('data', (message) => this.#receive(message));
    stream.on('error', () => this.#terminate());
    stream.on('end', () => this.#terminate());
    stream.on('close', () => this.#terminate());
  }

  /** Resolves with the chaincode id once the chaincode has registered. */
  get ready(): Promise<string> {
    return this.#ready;
  }

  get closed(): boolean {
    return this.#closed;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  close(): void {
    this.#terminate();
    this.#stream.end();
  }

  execute(invocation: Invocation, isInit = false): Promise<InvocationResult> {
    const key = contextKey(invocation.channelId, invocation.txId);
    if (this.#closed) return Promise.reject(new ExecutionError('error sending: chaincode stream terminated'));
    if (this.#contexts.has(key)) return Promise.reject(new ExecutionError(`error sending: txid: ${invocation.txId}(${invocation.channelId}) exists`));
    return new Promise<InvocationResult>((resolve, reject) => {
      const timer = setTimeout(() => finish(() => reject(new ExecutionError(`failed to execute transaction ${invocation.txId}: error sending: timeout expired while executing transaction`))), invocation.timeoutMs);
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        const context = this.#contexts.get(key);
        for (const query of context?.queries.values() ?? []) query.close();
        this.#contexts.delete(key);
        settle();
      };
      this.#contexts.set(key, {
        invocation,
        queries: new Map(),
        nextQueryId: 0,
        busy: false,
        resolve: (result) => finish(() => resolve(result)),
        reject: (error) => finish(() => reject(error)),
      });
      const message = new peer.ChaincodeMessage();
      message.setType(isInit ? Type.INIT : Type.TRANSACTION);
      message.setPayload(invocation.input);
      message.setTxid(invocation.txId);
      message.setChannelId(invocation.channelId);
      message.setProposal(invocation.signedProposal);
      this.#stream.write(message);
    });
  }

  #receive(message: peer.ChaincodeMessage): void {
    const type = message.getType();
    if (type === Type.REGISTER) {
      const name = peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName();
      this.#send(Type.REGISTERED);
      // An empty READY payload offers neither write batches nor multi-key reads, which this shim line does not have.
      this.#send(Type.READY);
      this.#announce(name);
      return;
    }
    const context = this.#contexts.get(contextKey(message.getChannelId(), message.getTxid()));
    if (context === undefined) return;
    if (type === Type.COMPLETED) {
      context.resolve({ response: peer.Response.deserializeBinary(message.getPayload_asU8()), event: message.getChaincodeEvent() });
    } else if (type === Type.ERROR) {
      context.reject(new ExecutionError(`transaction returned with failure: ${Buffer.from(message.getPayload_asU8()).toString('utf8')}`));
    } else if (!context.busy) {
      // A second request while one is open is dropped without an answer, as Fabric's peer does.
      void this.#answer(context, message);
    }
  }

  async #answer(context: TransactionContext, request: peer.ChaincodeMessage): Promise<void> {
    context.busy = true;
    const reply = new peer.ChaincodeMessage();
    reply.setTxid(request.getTxid());
    reply.setChannelId(request.getChannelId());
    try {
      const payload = await serveRequest(context, request);
      reply.setType(Type.RESPONSE);
      reply.setPayload(payload);
    } catch (error) {
      const name = Object.entries(Type).find(([, value]) => value === request.getType())?.[0] ?? 'UNKNOWN';
      reply.setType(Type.ERROR);
      reply.setPayload(Buffer.from(`${name} failed: transaction ID: ${request.getTxid()}: ${error instanceof Error ? error.message : String(error)}`));
    }
    context.busy = false;
    if (!this.#closed) this.#stream.write(reply);
  }

  #send(type: (typeof Type)[keyof typeof Type]): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    this.#stream.write(message);
  }

  #terminate(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refuse(new ExecutionError('chaincode stream terminated'));
    for (const context of [...this.#contexts.values()]) context.reject(new ExecutionError(`failed to execute transaction ${context.invocation.txId}: error sending: chaincode stream terminated`));
    this.#onClose();
  }
}

function contextKey(channelId: string, txId: string): string {
  return `${channelId}\u0000${txId}`;
}
