import { DualchainError } from '@dualchain/model';
import { status as grpcStatus } from '@grpc/grpc-js';
import type { Status, Transaction } from '@hyperledger/fabric-gateway';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { gateway as protos, msp } from '@hyperledger/fabric-protos';
import { errorFromGateway } from '../errors/from-gateway';
import type { CallOptions, Session } from '../session';
import { callOptions } from '../transport/connection';
import { backoffDelay, pause, throwIfAborted } from './backoff';

/** Codes after which nothing was handed to the ordering service for certain. */
const refusedByOrderer: readonly number[] = [grpcStatus.ABORTED, grpcStatus.INVALID_ARGUMENT, grpcStatus.FAILED_PRECONDITION, grpcStatus.NOT_FOUND, grpcStatus.PERMISSION_DENIED];
const SENDS = 3;

/**
 * Hands an endorsed transaction to the ordering service. When the connection breaks on the way, its outcome is looked
 * up by transaction id; while it is unknown the *same* envelope is sent again, which is safe because a second copy of
 * one transaction id is never valid. Answers the status if it became known on the way.
 * Throws INVALID_TRANSACTION (refused by the ordering service), OUTCOME_UNKNOWN, ABORTED.
 */
export async function send(session: Session, verb: string, transaction: Transaction, { signal }: CallOptions): Promise<Status | undefined> {
  const transactionId = transaction.getTransactionId();
  let lost: unknown;
  for (let attempt = 1; attempt <= SENDS; attempt++) {
    const gateway = session.connection.gateway();
    try {
      const sent = attempt === 1 ? transaction : gateway.newTransaction(transaction.getBytes());
      await sent.submit(callOptions(session.deadlines.submit, signal));
      return undefined;
    } catch (cause) {
      if (signal?.aborted === true) throw errorFromGateway(cause, { verb, phase: 'submit', signal, transactionId });
      if (cause instanceof GatewayError && refusedByOrderer.includes(cause.code)) {
        throw new DualchainError('INVALID_TRANSACTION', `The ordering service did not take ${verb}: ${cause.message}`, { transactionId, cause, details: { verb, phase: 'submit' } });
      }
      if (!(cause instanceof GatewayError)) throw errorFromGateway(cause, { verb, phase: 'submit', transactionId });
      lost = cause;
    }
    session.connection.failOver(gateway);
    const known = await lookUp(session, verb, transactionId, session.deadlines.resolve, { signal });
    if (known !== undefined) return known;
    await pause(backoffDelay(session.retry, attempt), signal);
  }
  throw new DualchainError('OUTCOME_UNKNOWN', `The connection broke while ${verb} was sent, and the transaction was not seen on the ledger since. Ask for the status of ${transactionId} before sending anything again.`, {
    transactionId,
    cause: lost,
    details: { verb },
  });
}

/**
 * Waits for the commit of a transaction, on another peer if the present one is lost.
 * Throws TIMEOUT (it may still commit), OUTCOME_UNKNOWN (no peer answers), ABORTED (it may still commit).
 */
export async function commitStatus(session: Session, verb: string, transactionId: string, { signal }: CallOptions): Promise<Status> {
  const until = Date.now() + session.deadlines.commitStatus;
  for (let attempt = 1; ; attempt++) {
    const gateway = session.connection.gateway();
    try {
      return await statusById(session, transactionId, Math.max(1, until - Date.now()), { signal });
    } catch (cause) {
      const error = errorFromGateway(cause, { verb, phase: 'commitStatus', signal, transactionId });
      if (error.code === 'TIMEOUT') {
        throw new DualchainError('TIMEOUT', `${verb} was sent but not committed within ${session.deadlines.commitStatus} ms; it may still be. Ask for the status of ${transactionId}.`, { transactionId, cause, details: { verb } });
      }
      if (error.code !== 'UNAVAILABLE') throw error;
      if (Date.now() >= until) throw new DualchainError('OUTCOME_UNKNOWN', `${verb} was sent, but no peer tells whether it was committed. Ask for the status of ${transactionId}.`, { transactionId, cause, details: { verb } });
      session.connection.failOver(gateway);
      await pause(Math.min(backoffDelay(session.retry, attempt), Math.max(0, until - Date.now())), signal);
    }
  }
}

/** Looks for a transaction that may or may not be on the ledger, for so many milliseconds. */
export async function lookUp(session: Session, verb: string, transactionId: string, milliseconds: number, { signal }: CallOptions): Promise<Status | undefined> {
  try {
    return await statusById(session, transactionId, milliseconds, { signal });
  } catch (cause) {
    throwIfAborted(signal);
    const error = errorFromGateway(cause, { verb, phase: 'commitStatus', signal, transactionId });
    if (error.code === 'TIMEOUT' || error.code === 'UNAVAILABLE') return undefined;
    throw error;
  }
}

function statusById({ connection }: Session, transactionId: string, milliseconds: number, { signal }: CallOptions): Promise<Status> {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(connection.identity.mspId);
  identity.setIdBytes(connection.identity.credentials);
  const request = new protos.CommitStatusRequest();
  request.setChannelId(connection.channel);
  request.setTransactionId(transactionId);
  request.setIdentity(identity.serializeBinary());
  const signed = new protos.SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  return connection.gateway().newCommit(signed.serializeBinary()).getStatus(callOptions(milliseconds, signal));
}
