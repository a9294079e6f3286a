import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { ChaincodeStream, ExecutionError, type MessageStream } from './stream';

/** Where a chaincode-as-a-service listens. */
export interface ChaincodeServer {
  readonly address: string;
  /** PEM of the authority that signed the server's certificate; undefined: no TLS. */
  readonly rootCertificate?: string | undefined;
  readonly serverName?: string | undefined;
}

/** Connections of one peer to its chaincodes. Dials on the first invocation, and again when a stream has ended. */
export class ChaincodeRuntime {
  readonly #servers = new Map<string, () => Promise<ChaincodeServer>>();
  readonly #streams = new Map<string, Promise<ChaincodeStream>>();
  #closed = false;

  /** Says where a chaincode is found; `server` may start it. */
  register(chaincode: string, server: () => Promise<ChaincodeServer>): void {
    this.#servers.set(chaincode, server);
    this.disconnect(chaincode);
  }

  connect(chaincode: string): Promise<ChaincodeStream> {
    const server = this.#servers.get(chaincode);
    if (server === undefined || this.#closed) return Promise.reject(new ExecutionError(`make sure the chaincode ${chaincode} has been successfully defined on channel and try again: chaincode definition for '${chaincode}' exists, but chaincode is not installed`));
    let stream = this.#streams.get(chaincode);
    if (stream === undefined) {
      stream = this.#dial(chaincode, server);
      this.#streams.set(chaincode, stream);
      const forget = () => {
        if (this.#streams.get(chaincode) === stream) this.#streams.delete(chaincode);
      };
      stream.then((open) => open.onClose(forget)).catch(forget);
    }
    return stream;
  }

  disconnect(chaincode: string): void {
    const stream = this.#streams.get(chaincode);
    this.#streams.delete(chaincode);
    stream?.then((open) => open.close()).catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    for (const chaincode of [...this.#streams.keys()]) this.disconnect(chaincode);
  }

  async #dial(chaincode: string, server: () => Promise<ChaincodeServer>): Promise<ChaincodeStream> {
    const { address, rootCertificate, serverName } = await server();
    const secure: ChannelCredentials = rootCertificate === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(rootCertificate));
    const client = new peer.ChaincodeClient(address, secure, {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      ...(serverName === undefined ? {} : { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName }),
    });
    const stream = new ChaincodeStream(client.connect() as unknown as MessageStream);
    stream.onClose(() => client.close());
    try {
      await stream.ready;
    } catch (cause) {
      client.close();
      throw new ExecutionError(`could not launch chaincode ${chaincode}: connection to ${chaincode} at ${address} failed`, { cause });
    }
    return stream;
  }
}
