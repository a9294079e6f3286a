/** What the network package throws across its boundary: a code, a message that says what to do, details. */
export type NetworkErrorCode = 'TOPOLOGY_INVALID' | 'PORT_IN_USE' | 'BINARIES_MISSING' | 'NODE_FAILED' | 'DEPLOY_FAILED' | 'NOT_RUNNING' | 'ALREADY_RUNNING' | 'TIMEOUT' | 'PKI';

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
