import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import type { EndorserAnswer } from '../endorser';

/** One line of an error's details: which peer said what. */
export interface Detail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** A gRPC error as the gateway of a Fabric peer sends it, with details in the trailer. */
export function gatewayError(code: status, message: string, details: readonly Detail[] = []): Partial<ServiceError> & Error {
  const metadata = new Metadata();
  if (details.length > 0) {
    const body = new google.rpc.Status();
    body.setCode(code);
    body.setMessage(message);
    body.setDetailsList(
      details.map((detail) => {
        const entry = new gateway.ErrorDetail();
        entry.setAddress(detail.address);
        entry.setMspId(detail.mspId);
        entry.setMessage(detail.message);
        const any = new Any();
        any.pack(entry.serializeBinary(), 'gateway.ErrorDetail');
        return any;
      }),
    );
    metadata.set('grpc-status-details-bin', Buffer.from(body.serializeBinary()));
  }
  return Object.assign(new Error(message), { code, details: message, metadata });
}

export interface Failure {
  readonly code: status;
  readonly message: string;
  readonly retry: boolean;
}

/** What one peer's answer means for the caller (wire notes 1.5); undefined: it succeeded. */
export function failureOf({ response, error }: EndorserAnswer): Failure | undefined {
  if (response === undefined) return { code: status.UNAVAILABLE, message: error ?? 'no response', retry: true };
  const inner = response.getResponse();
  if (error !== undefined) return { code: status.FAILED_PRECONDITION, message: inner?.getMessage() || error, retry: false };
  const code = inner?.getStatus() ?? 500;
  if (code >= 200 && code < 400) return undefined;
  const text = inner?.getMessage() ?? '';
  if (code === 500 && response.getPayload_asU8().length === 0) return { code: status.ABORTED, message: text, retry: true };
  return { code: status.UNKNOWN, message: `chaincode response ${code}, ${text}`, retry: false };
}
