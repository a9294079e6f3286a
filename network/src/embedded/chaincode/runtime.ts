import { credentials } from '@grpc/grpc-js';
import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { ExecutionError } from './invocation';
import type { MessageStream } from './stream';
import { ChaincodeStream } from './stream';

/** Where a chaincode-as-a-service listens. */
export interface ChaincodeServer {
  readonly address: string;
  /** PEM of the authority that signed the server's certificate; undefined: no TLS. */
  readonly rootCertificate?: string | undefined;
  /** Client certificate and key (PEM), if the server asks for them. */
  readonly client?: { readonly certificate: string; readonly privateKey: string } | undefined;
  readonly serverName?: string | undefined;
}

interface Registration {
  /** Package id, or `name:version` of a chaincode in development. */
  readonly chaincodeId: string;
  /** Says where the chaincode is, starting it if need be; undefined: it dials this peer. */
  readonly server: (() => Promise<ChaincodeServer>) | undefined;
}

const NO_LIMIT = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/**
 * Chaincodes of one peer, whichever side dials: as a service (the peer dials on the first invocation, and again when
 * the stream has ended) or dial-in (protos.ChaincodeSupport/Register). Afterwards both are the same.
 */
export class ChaincodeRuntime {
  readonly #registrations = new Map<string, Registration>();
  readonly #dialled = new Map<string, Promise<ChaincodeStream>>();
  readonly #registered = new Map<string, ChaincodeStream>();
  readonly #startTimeoutMs: number;

  constructor(startTimeoutMs = 20_000) {
    this.#startTimeoutMs = startTimeoutMs;
  }

  /** Makes a chaincode known under its id. A stream of an earlier registration ends. */
  register(chaincode: string, registration: Registration): void {
    this.disconnect(chaincode);
    this.#registrations.set(chaincode, registration);
  }

  /** True if the chaincode is installed on this peer: a gateway asks only such peers. */
  has(chaincode: string): boolean {
    return this.#registrations.has(chaincode);
  }

  /** Ids of the chaincodes known here. */
  installed(): string[] {
    return [...new Set([...this.#registrations.values()].map((registration) => registration.chaincodeId))].sort();
  }

  /** The stream to a chaincode. Throws ExecutionError with Fabric's text. */
  connect(chaincode: string): Promise<ChaincodeStream> {
    const registration = this.#registrations.get(chaincode);
    if (registration === undefined) return Promise.reject(new ExecutionError(`chaincode definition for '${chaincode}' exists, but chaincode is not installed`));
    const open = this.#registered.get(registration.chaincodeId);
    if (open !== undefined) return Promise.resolve(open);
    if (registration.server === undefined) return Promise.reject(new ExecutionError(`could not launch chaincode ${registration.chaincodeId}: chaincode registration failed: it has not dialled this peer`));
    let stream = this.#dialled.get(chaincode);
    if (stream === undefined) {
      stream = this.#dial(registration.chaincodeId, registration.server);
      this.#dialled.set(chaincode, stream);
      const forget = () => {
        if (this.#dialled.get(chaincode) === stream) this.#dialled.delete(chaincode);
      };
      stream.then((connected) => connected.onClose(forget)).catch(forget);
    }
    return stream;
  }

  disconnect(chaincode: string): void {
    const stream = this.#dialled.get(chaincode);
    this.#dialled.delete(chaincode);
    stream?.then((open) => open.close()).catch(() => undefined);
    const id = this.#registrations.get(chaincode)?.chaincodeId;
    if (id !== undefined) this.#registered.get(id)?.close();
  }

  /** Ends every stream; the registrations stay. */
  close(): void {
    for (const chaincode of [...this.#registrations.keys()]) this.disconnect(chaincode);
  }

  /** protos.ChaincodeSupport: a chaincode that dials its peer must be known here and not registered already. */
  get service(): UntypedServiceImplementation {
    return {
      register: (call: ServerDuplexStream<peer.ChaincodeMessage, peer.ChaincodeMessage>) => {
        const known = (id: string) => [...this.#registrations.values()].some((registration) => registration.chaincodeId === id);
        const stream = new ChaincodeStream(call as unknown as MessageStream, (id) => known(id) && !this.#registered.has(id));
        stream.ready.then(
          (id) => {
            this.#registered.set(id, stream);
            stream.onClose(() => {
              if (this.#registered.get(id) === stream) this.#registered.delete(id);
            });
          },
          () => undefined,
        );
      },
    };
  }

  async #dial(chaincodeId: string, server: () => Promise<ChaincodeServer>): Promise<ChaincodeStream> {
    const failed = (reason: string, cause?: unknown) => new ExecutionError(`could not launch chaincode ${chaincodeId}: ${reason}`, { cause });
    let target: ChaincodeServer;
    try {
      target = await server();
    } catch (cause) {
      throw failed(cause instanceof Error ? cause.message : String(cause), cause);
    }
    const { address, rootCertificate, client: mutual, serverName } = target;
    const pem = (text: string | undefined) => (text === undefined ? null : Buffer.from(text));
    const secure = rootCertificate === undefined ? credentials.createInsecure() : credentials.createSsl(pem(rootCertificate), pem(mutual?.privateKey), pem(mutual?.certificate));
    const client = new peer.ChaincodeClient(address, secure, { ...NO_LIMIT, ...(serverName === undefined ? {} : { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName }) });
    const stream = new ChaincodeStream(client.connect() as unknown as MessageStream, (id) => id === chaincodeId);
    stream.onClose(() => client.close());
    const timer = setTimeout(() => stream.close(), this.#startTimeoutMs);
    try {
      await stream.ready;
    } catch (cause) {
      throw failed(`connection to ${chaincodeId} at ${address} failed`, cause);
    } finally {
      clearTimeout(timer);
    }
    return stream;
  }
}
