import type { sendUnaryData, ServerUnaryCall, ServerWritableStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { gateway as protos } from '@hyperledger/fabric-protos';
import { gatewayError } from './errors';
import type { Gateway } from './gateway';
import type { GatewayOptions } from './options';
import { commitStatus, streamEvents } from './notifications';

/** Calls of this service that one peer serves at a time (Fabric's default). */
const CONCURRENCY_LIMIT = 500;

/** The gRPC face of a gateway. `shutdown` ends what would otherwise wait for ever. */
export function gatewayService(gateway: Gateway, { local, bundle }: GatewayOptions, shutdown: AbortSignal): UntypedServiceImplementation {
  let running = 0;

  /** Runs a handler with a signal that fires when the client gives up or the peer stops. */
  async function limited<Result>(call: { on(event: 'cancelled', listener: () => void): unknown }, handler: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (running >= CONCURRENCY_LIMIT) throw gatewayError(status.UNKNOWN, `too many requests for /gateway.Gateway, exceeding concurrency limit (${CONCURRENCY_LIMIT})`);
    const abort = new AbortController();
    const stop = () => abort.abort();
    call.on('cancelled', stop);
    shutdown.addEventListener('abort', stop, { once: true });
    running += 1;
    try {
      return await handler(abort.signal);
    } finally {
      running -= 1;
      shutdown.removeEventListener('abort', stop);
    }
  }

  function unary<Request, Response>(handler: (request: Request, signal: AbortSignal) => Promise<Response> | Response) {
    return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
      limited(call, async (signal) => handler(call.request, signal)).then(
        (response) => callback(null, response),
        (error: unknown) => callback(serviceError(error)),
      );
    };
  }

  return {
    evaluate: unary((request: protos.EvaluateRequest) => gateway.evaluate(request)),
    endorse: unary((request: protos.EndorseRequest) => gateway.endorse(request)),
    submit: unary((request: protos.SubmitRequest) => gateway.submit(request)),
    commitStatus: unary((request: protos.SignedCommitStatusRequest, signal) => commitStatus(request, local.ledger, bundle, signal)),
    chaincodeEvents(call: ServerWritableStream<protos.SignedChaincodeEventsRequest, protos.ChaincodeEventsResponse>) {
      limited(call, (signal) => streamEvents(call.request, local.ledger, bundle, signal, (response) => write(call, response, signal))).then(
        () => call.end(),
        (error: unknown) => call.emit('error', serviceError(error)),
      );
    },
  };
}

/** Resolves when the stream takes more. */
function write<Response>(call: ServerWritableStream<unknown, Response>, response: Response, signal: AbortSignal): Promise<void> {
  if (call.write(response) || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.on('drain', done);
    signal.addEventListener('abort', done);
  });
}

function serviceError(error: unknown): Error & { code?: status } {
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return Object.assign(error, { code: error.code });
  return gatewayError(status.UNKNOWN, error instanceof Error ? error.message : String(error));
}
