import type { ErrorCode } from '@dualchain/model';
import { DualchainError } from '@dualchain/model';
import { StatusCode } from '@hyperledger/fabric-gateway';

/** What a validation code means for the caller (Fabric's `TxValidationCode`). Codes that are not listed are INVALID_TRANSACTION. */
const meanings: Readonly<Record<string, { readonly code: ErrorCode; readonly text: string }>> = {
  MVCC_READ_CONFLICT: { code: 'READ_CONFLICT', text: 'another transaction changed what this one had read; send it again' },
  PHANTOM_READ_CONFLICT: { code: 'READ_CONFLICT', text: 'another transaction added to or removed from a range that this one had read; send it again' },
  ENDORSEMENT_POLICY_FAILURE: { code: 'ENDORSEMENT_POLICY_FAILURE', text: 'an organisation that must agree did not endorse it, or a key that it writes changed its policy in the same block' },
  DUPLICATE_TXID: { code: 'INVALID_TRANSACTION', text: 'its transaction id was used before; look that transaction up before sending anything again' },
  BAD_CREATOR_SIGNATURE: { code: 'INVALID_TRANSACTION', text: 'the peers did not accept the signature of its creator; check certificate and key' },
  INVALID_CHAINCODE: { code: 'INVALID_TRANSACTION', text: 'the chaincode definition changed while it was on its way; send it again' },
  EXPIRED_CHAINCODE: { code: 'INVALID_TRANSACTION', text: 'the chaincode was upgraded while it was on its way; send it again' },
  CHAINCODE_VERSION_CONFLICT: { code: 'INVALID_TRANSACTION', text: 'organisations run different versions of the chaincode' },
};

const names = new Map<number, string>(Object.entries(StatusCode).map(([name, code]) => [code, name]));

/** Name of a validation code, such as "MVCC_READ_CONFLICT". */
export function validationCodeName(code: number): string {
  return names.get(code) ?? `code ${code}`;
}

/** Whether a fresh proposal may win where this one lost. */
export function isConflict(code: number): boolean {
  return code === StatusCode.MVCC_READ_CONFLICT || code === StatusCode.PHANTOM_READ_CONFLICT;
}

/** The error for a transaction that was ordered and then recorded as invalid. Details: validationCode, blockNumber (string), verb. */
export function commitError(verb: string, transactionId: string, code: number, blockNumber: bigint): DualchainError {
  const name = validationCodeName(code);
  const { code: errorCode, text } = meanings[name] ?? { code: 'INVALID_TRANSACTION' as const, text: 'see the validation code' };
  return new DualchainError(errorCode, `${verb} was recorded as invalid in block ${blockNumber} (${name}): ${text}.`, {
    transactionId,
    details: { verb, validationCode: name, blockNumber: blockNumber.toString() },
  });
}
