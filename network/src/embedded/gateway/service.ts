import type { sendUnaryData, ServerUnaryCall, ServerWritableStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { gateway as protos } from '@hyperledger/fabric-protos';
import { gatewayError } from './errors';
import type { Gateway, GatewayOptions } from './gateway';
import { commitStatus, streamEvents } from './notifications';

/** The gRPC face of a gateway. */
export function gatewayService(gateway: Gateway, { local, bundle }: GatewayOptions): UntypedServiceImplementation {
  return {
    evaluate: unary((request: protos.EvaluateRequest) => gateway.evaluate(request)),
    endorse: unary((request: protos.EndorseRequest) => gateway.endorse(request)),
    submit: unary((request: protos.SubmitRequest) => Promise.resolve(gateway.submit(request))),
    commitStatus: unary((request: protos.SignedCommitStatusRequest, signal) => commitStatus(request, local.ledger, bundle, signal)),
    chaincodeEvents(call: ServerWritableStream<protos.SignedChaincodeEventsRequest, protos.ChaincodeEventsResponse>) {
      const abort = new AbortController();
      call.on('cancelled', () => abort.abort());
      call.on('close', () => abort.abort());
      const write = (response: protos.ChaincodeEventsResponse) => (call.write(response) ? Promise.resolve() : new Promise<void>((resolve) => call.once('drain', () => resolve())));
      streamEvents(call.request, local.ledger, bundle, abort.signal, write).then(
        () => call.end(),
        (error: unknown) => call.emit('error', error),
      );
    },
  };
}

function unary<Request, Response>(handler: (request: Request, signal: AbortSignal) => Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    const abort = new AbortController();
    call.on('cancelled', () => abort.abort());
    Promise.resolve()
      .then(() => handler(call.request, abort.signal))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(isServiceError(error) ? error : gatewayError(status.UNKNOWN, error instanceof Error ? error.message : String(error))),
      );
  };
}

function isServiceError(error: unknown): error is Error & { code: status } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
