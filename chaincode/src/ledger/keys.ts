import { DualchainError } from '@dualchain/model';
import type { ObjectType } from '@dualchain/model';
import type { ChaincodeStub } from 'fabric-shim-api';

export { keyTable, nameOf } from '@dualchain/model';
export type { KeyEntry, LedgerObjects, ObjectType } from '@dualchain/model';

/** Builds a key. Attributes are checked, so that none can reach into another key. Throws INVALID_INPUT. */
export function keyOf(stub: Pick<ChaincodeStub, 'createCompositeKey'>, type: ObjectType, attributes: readonly string[]): string {
  for (const attribute of attributes) {
    if (attribute === '' || attribute.includes('\u0000') || attribute.includes('\u{10FFFF}')) throw new DualchainError('INVALID_INPUT', `A part of the key of a ${type} is empty or holds a character that keys must not hold.`);
  }
  return stub.createCompositeKey(type, [...attributes]);
}
