import { status } from '@grpc/grpc-js';
import type { ErrorDetail } from '@hyperledger/fabric-gateway';
import { GatewayError, StatusCode } from '@hyperledger/fabric-gateway';
import { DualchainError, errorToWire } from '@dualchain/model';
import { commitError, isConflict, validationCodeName } from './commit-codes';
import { errorFromGateway } from './from-gateway';

/** An error as the gateway client makes it from the status and details of a gRPC call. */
function gatewayError(code: status, message: string, details: ErrorDetail[] = []): GatewayError {
  const cause = Object.assign(new Error(`${code} ${status[code]}: ${message}`), { code, details: message, metadata: undefined as never });
  return new GatewayError({ code, details, cause, message: cause.message });
}

const at = (mspId: string, message: string): ErrorDetail => ({ mspId, address: `peer0.${mspId}:7051`, message });
const endorse = { verb: 'acceptTransfer', phase: 'endorse' } as const;
const refusal = errorToWire(new DualchainError('HOLDING_NOT_FREE', 'The holding H-1 is locked.', { details: { id: 'H-1', state: 'finance locked' } }));

it("tells the chaincode's own refusal, with its details and who gave it", () => {
  const error = errorFromGateway(gatewayError(status.ABORTED, 'failed to endorse transaction, see attached details for more info', [at('BankMSP', `chaincode response 500, ${refusal}`)]), endorse);
  expect(error).toMatchObject({ code: 'HOLDING_NOT_FREE', message: 'The holding H-1 is locked.', details: { id: 'H-1', state: 'finance locked', phase: 'endorse', answers: [{ mspId: 'BankMSP', code: 'HOLDING_NOT_FREE', kind: 'refused', message: 'The holding H-1 is locked.' }] } });
  expect(errorFromGateway(gatewayError(status.UNKNOWN, `evaluate call to endorser returned error: chaincode response 500, ${refusal}`), { verb: 'holding', phase: 'evaluate' })).toMatchObject({ code: 'HOLDING_NOT_FREE', details: { id: 'H-1' } });
});

it('names who computed something else', () => {
  const error = errorFromGateway(gatewayError(status.ABORTED, 'failed to collect enough transaction endorsements', [at('FarmMSP', 'ProposalResponsePayloads do not match (base64): ...')]), endorse);
  expect(error).toMatchObject({ code: 'ENDORSEMENT_MISMATCH', message: expect.stringContaining('FarmMSP: computed a different result'), retryable: false });
});

const cases: readonly (readonly [string, GatewayError, string, string])[] = [
  ['a peer that is gone', gatewayError(status.UNAVAILABLE, 'No connection established'), 'UNAVAILABLE', 'Is the network up?'],
  ['organisations that are gone', gatewayError(status.FAILED_PRECONDITION, 'no combination', [at('FarmMSP', 'rpc error: code = Unavailable desc = connection refused')]), 'UNAVAILABLE', 'FarmMSP'],
  ['a gateway that knows no peer', gatewayError(status.FAILED_PRECONDITION, 'no peers available to evaluate chaincode dualchain in channel dualchain'), 'UNAVAILABLE', 'no peers available'],
  ['a deadline', gatewayError(status.DEADLINE_EXCEEDED, 'Deadline exceeded'), 'TIMEOUT', 'endorse'],
  ['a closed connection', gatewayError(status.CANCELLED, 'Call cancelled'), 'UNAVAILABLE', 'closed'],
  ['a stranger', gatewayError(status.PERMISSION_DENIED, 'creator org unknown'), 'ENDORSEMENT_FAILED', 'identity'],
  ['a failure of Fabric', gatewayError(status.ABORTED, 'failed to endorse', [at('BankMSP', 'error in simulation: timeout of chaincode')]), 'ENDORSEMENT_FAILED', 'BankMSP: error in simulation'],
];

it.each(cases)('tells %s', (_, cause, code, text) => {
  const error = errorFromGateway(cause, endorse);
  expect(error).toMatchObject({ code, cause, message: expect.stringContaining(text) });
});

it("puts the caller's abort first, and keeps what is typed already", () => {
  expect(errorFromGateway(gatewayError(status.CANCELLED, 'aborted by the caller'), { ...endorse, signal: AbortSignal.abort(), transactionId: 'T' })).toMatchObject({ code: 'ABORTED', transactionId: 'T' });
  const typed = new DualchainError('TOO_LARGE', 'x');
  expect(errorFromGateway(typed, endorse)).toBe(typed);
  expect(errorFromGateway(new TypeError('boom'), endorse)).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('boom') });
});

it('knows every validation code of Fabric by name', () => {
  for (const [name, code] of Object.entries(StatusCode)) expect(validationCodeName(code)).toBe(name);
  expect(validationCodeName(9999)).toBe('code 9999');
  expect([isConflict(StatusCode.MVCC_READ_CONFLICT), isConflict(StatusCode.PHANTOM_READ_CONFLICT), isConflict(StatusCode.ENDORSEMENT_POLICY_FAILURE)]).toEqual([true, true, false]);
  expect(commitError('splitHolding', 'T', StatusCode.MVCC_READ_CONFLICT, 7n)).toMatchObject({ code: 'READ_CONFLICT', retryable: true, transactionId: 'T', details: { validationCode: 'MVCC_READ_CONFLICT', blockNumber: '7' } });
  expect(commitError('splitHolding', 'T', StatusCode.ENDORSEMENT_POLICY_FAILURE, 7n)).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE', retryable: false });
  expect(commitError('splitHolding', 'T', StatusCode.BAD_RWSET, 7n)).toMatchObject({ code: 'INVALID_TRANSACTION', details: { validationCode: 'BAD_RWSET' } });
});
