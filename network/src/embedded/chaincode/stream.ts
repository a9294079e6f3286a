import { peer } from '@hyperledger/fabric-protos';
import { tryParse, utf8 } from '../protos';
import type { Invocation, InvocationResult, TransactionContext } from './invocation';
import { ExecutionError, STREAM_TERMINATED } from './invocation';
import { serveRequest } from './requests';

const Type = peer.ChaincodeMessage.Type;
type MessageType = (typeof Type)[keyof typeof Type];
/** Records that a chaincode may put into one write batch, and keys into one multiple read. */
const BATCH_LIMIT = 1000;

/** Either end of a chaincode stream, as gRPC gives it. */
export interface MessageStream {
  write(message: peer.ChaincodeMessage): unknown;
  on(event: 'data', listener: (message: peer.ChaincodeMessage) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(): unknown;
}

/** The peer's end of a chaincode stream (wire notes, section 2). */
export class ChaincodeStream {
  readonly #stream: MessageStream;
  readonly #contexts = new Map<string, TransactionContext>();
  readonly #ready: Promise<string>;
  #closed = false;
  #announce: (name: string) => void = () => undefined;
  #refuse: (error: Error) => void = () => undefined;
  readonly #onClose: (() => void)[] = [];
  readonly #accept: (chaincodeId: string) => boolean;
  #registered = false;

  /** `accept` says whether a chaincode of this id may register here. */
  constructor(stream: MessageStream, accept: (chaincodeId: string) => boolean = () => true) {
    this.#stream = stream;
    this.#accept = accept;
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
    if (this.#closed) listener();
    else this.#onClose.push(listener);
  }

  close(): void {
    this.#terminate();
    this.#stream.end();
  }

  /** Runs one transaction. Rejects with ExecutionError if it does not end: timeout, stream gone, the same transaction twice. */
  execute(invocation: Invocation): Promise<InvocationResult> {
    const key = contextKey(invocation.channelId, invocation.txId);
    if (this.#closed) return Promise.reject(new ExecutionError(`error sending: ${STREAM_TERMINATED}`));
    if (this.#contexts.has(key)) return Promise.reject(new ExecutionError(`error sending: txid: ${invocation.txId}(${invocation.channelId}) exists`));
    return new Promise<InvocationResult>((resolve, reject) => {
      const timer = setTimeout(() => finish(() => reject(new ExecutionError('error sending: timeout expired while executing transaction'))), invocation.timeoutMs);
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
      message.setType(invocation.isInit ? Type.INIT : Type.TRANSACTION);
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
      this.#register(message);
      return;
    }
    const context = this.#contexts.get(contextKey(message.getChannelId(), message.getTxid()));
    if (type === Type.COMPLETED || type === Type.ERROR) {
      context?.resolve(message);
    } else if (type === Type.KEEPALIVE) {
      // A chaincode's echo; this peer sends none, as one would end Node chaincode of this line.
    } else if (context === undefined) {
      this.#fail(message, 'no ledger context');
    } else if (!context.busy) {
      // A second request while one is open is dropped without an answer, as Fabric's peer does.
      void this.#answer(context, message);
    }
  }

  async #answer(context: TransactionContext, request: peer.ChaincodeMessage): Promise<void> {
    context.busy = true;
    try {
      const payload = await serveRequest(context, request);
      context.busy = false;
      this.#reply(request, Type.RESPONSE, payload);
    } catch (error) {
      context.busy = false;
      this.#fail(request, error instanceof Error ? error.message : String(error));
    }
  }

  #fail(request: peer.ChaincodeMessage, cause: string): void {
    const name = Object.entries(Type).find(([, value]) => value === request.getType())?.[0] ?? String(request.getType());
    this.#reply(request, Type.ERROR, utf8(`${name} failed: transaction ID: ${request.getTxid()}: ${cause}`));
  }

  #reply(request: peer.ChaincodeMessage, type: MessageType, payload: Uint8Array): void {
    if (this.#closed) return;
    const reply = new peer.ChaincodeMessage();
    reply.setType(type);
    reply.setTxid(request.getTxid());
    reply.setChannelId(request.getChannelId());
    reply.setPayload(payload);
    this.#stream.write(reply);
  }

  #register(message: peer.ChaincodeMessage): void {
    const name = tryParse(peer.ChaincodeID.deserializeBinary, message.getPayload_asU8())?.getName() ?? '';
    // Fabric leaves a chaincode that it refuses without an answer; ending the stream says so.
    if (this.#registered || name === '' || !this.#accept(name)) {
      this.close();
      return;
    }
    this.#registered = true;
    this.#reply(message, Type.REGISTERED, new Uint8Array());
    const offer = new peer.ChaincodeAdditionalParams();
    offer.setUseWriteBatch(true);
    offer.setMaxSizeWriteBatch(BATCH_LIMIT);
    offer.setUseGetMultipleKeys(true);
    offer.setMaxSizeGetMultipleKeys(BATCH_LIMIT);
    this.#reply(message, Type.READY, offer.serializeBinary());
    this.#announce(name);
  }

  #terminate(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refuse(new ExecutionError(STREAM_TERMINATED));
    for (const context of [...this.#contexts.values()]) context.reject(new ExecutionError(`error sending: ${STREAM_TERMINATED}`));
    for (const listener of this.#onClose) listener();
  }
}

function contextKey(channelId: string, txId: string): string {
  return `${channelId}\u0000${txId}`;
}
