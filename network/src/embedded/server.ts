import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { NetworkError } from '../errors';

/** Fabric lets messages of 100 MB pass; grpc-js would stop at 4 MB. */
const OPTIONS = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A gRPC server with TLS that listens; services may be added afterwards. */
export interface NodeServer {
  readonly server: Server;
  readonly port: number;
}

/**
 * Listens on a node's port, or on any free one if it is 0, with the certificate in folder `tls`. Throws PORT_IN_USE,
 * naming port and node.
 */
export function listen(port: number, node: string, tls: string): Promise<NodeServer> {
  const read = (file: string) => readFileSync(path.join(tls, file));
  const server = new Server(OPTIONS);
  // Clients show no certificate. Without roots grpc-js would read the machine's whole list of them for each server.
  const credentials = ServerCredentials.createSsl(read('ca.crt'), [{ cert_chain: read('server.crt'), private_key: read('server.key') }], false);
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, bound) => {
      if (error === null) {
        resolve({ server, port: bound });
        return;
      }
      server.forceShutdown();
      reject(new NetworkError('PORT_IN_USE', `Something else listens on port ${port}, which ${node} needs. Stop it (scripts/network.sh down, if it is an earlier network), change the port in the topology, or use --ports ephemeral.`, { port, node }, { cause: error }));
    });
  });
}
