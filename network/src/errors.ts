/** What the network package throws across its boundary: a code, a message that says what to do, details. */
export type NetworkErrorCode = 'TOPOLOGY_INVALID' | 'PORT_IN_USE' | 'BINARIES_MISSING' | 'NODE_FAILED' | 'DEPLOY_FAILED' | 'NODE_UNKNOWN' | 'NOT_RUNNING' | 'ALREADY_RUNNING' | 'TIMEOUT' | 'PKI' | 'DIRECTORY_IN_USE';

export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  constructor(
    readonly code: NetworkErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
