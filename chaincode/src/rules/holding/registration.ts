import { DualchainError } from '@dualchain/model';
import type { HoldingSkeleton } from '@dualchain/model';
import { outcomeOf } from '../transition';
import { rowOf } from './holding';

/**
 * The last assignment of a holding is entered in the public registry: the time is that of the transaction, so that nobody
 * can choose an earlier one. Throws NOT_A_PARTY, WRONG_STATE, ALREADY_EXISTS.
 */
export function registerAssignment(holding: HoldingSkeleton, registrationReference: string, settler: string, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'registerAssignment', caller, { settler });
  const { id, assignments } = holding;
  const last = assignments.at(-1);
  if (last === undefined) throw new DualchainError('WRONG_STATE', `The holding ${id} has no assignment of its own to register: register before a holding is split or merged.`, { details: { object: 'holding', id } });
  if (last.registeredAt !== undefined) throw new DualchainError('ALREADY_EXISTS', `The assignment of holding ${id} was registered at ${last.registeredAt} already.`, { details: { holdingId: id, registeredAt: last.registeredAt } });
  return { ...holding, state: outcomeOf(row, holding.state), assignments: [...assignments.slice(0, -1), { ...last, registeredAt: at, registrationReference }] };
}
