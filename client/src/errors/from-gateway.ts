import type { ErrorCode } from '@dualchain/model';
import { DualchainError } from '@dualchain/model';
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { answersOf, describeAnswers } from './answers';
import { reasonOf } from './system';

export type Phase = 'evaluate' | 'endorse' | 'submit' | 'commitStatus' | 'events';

export interface Failure {
  readonly verb: string;
  readonly phase: Phase;
  readonly signal?: AbortSignal | undefined;
  readonly transactionId?: string | undefined;
}

/** How Fabric's gateway says that it knows no peer for the call at present. */
const noPeers = /no endorsers found|no peers available/;

/**
 * The one error for whatever the gateway threw: a chaincode's refusal with its own code, a mismatch, an unreachable
 * peer, a deadline, the caller's abort. Details: phase, answers (by organisation).
 */
export function errorFromGateway(cause: unknown, { verb, phase, signal, transactionId }: Failure): DualchainError {
  if (cause instanceof DualchainError) return cause;
  const { list, refusals } = answersOf(cause);
  const details = { verb, phase, ...(list.length > 0 && { answers: list }) };
  const make = (code: ErrorCode, message: string) => new DualchainError(code, message, { details, cause, ...(transactionId !== undefined && { transactionId }) });
  if (signal?.aborted === true) return make('ABORTED', `${verb} was aborted by the caller.`);
  const [refusal] = refusals;
  if (refusal !== undefined) {
    return new DualchainError(refusal.code, refusal.message, { details: { ...refusal.details, ...details }, cause, ...(transactionId !== undefined && { transactionId }) });
  }
  if (list.some(({ kind }) => kind === 'different result')) {
    return make('ENDORSEMENT_MISMATCH', `Organisations computed different results for ${verb} (${describeAnswers(list)}); one of them may run altered or outdated chaincode.`);
  }
  const text = reasonOf(cause);
  const code = cause instanceof GatewayError ? cause.code : undefined;
  switch (code) {
    case status.UNAVAILABLE:
      return make('UNAVAILABLE', `${verb} found no way through: ${text}${list.length > 0 ? ` (${describeAnswers(list)})` : ''}. Is the network up?`);
    case status.DEADLINE_EXCEEDED:
      return make('TIMEOUT', `${verb} had no answer in time (${phase}): ${text}.`);
    case status.CANCELLED:
      return make('UNAVAILABLE', `The connection of ${verb} was closed before the answer came.`);
    case status.PERMISSION_DENIED:
      return make('ENDORSEMENT_FAILED', `The peer does not accept this identity (${text}); is its certificate of the right organisation and channel?`);
    case undefined:
      return make('INTERNAL', `${verb} failed unexpectedly (${phase}): ${text}`);
    default: {
      if (code === status.FAILED_PRECONDITION && noPeers.test(text)) return make('UNAVAILABLE', `${verb} found no peer that could answer: ${text}.`);
      if (list.length > 0 && list.every(({ kind }) => kind === 'unreachable')) return make('UNAVAILABLE', `${verb} needs organisations that are not reachable: ${describeAnswers(list)}.`);
      return make('ENDORSEMENT_FAILED', `${verb} failed (${phase}): ${list.length > 0 ? describeAnswers(list) : text}`);
    }
  }
}
