import { DualchainError } from '@dualchain/model';
import type { certificateVerbs, HoldingSkeleton, Priority } from '@dualchain/model';
import type { Call, CallOf } from '../../ledger';
import { claimsOn, rankClaims } from '../../rules/finance/priority';
import { registerAssignment } from '../../rules/holding/registration';
import { holdingPolicy } from './policies';
import { requireHolding, requireSharedTerms } from './records';

/** Holdings that a holding may have been made of, for the query of its history. */
const MAX_ANCESTORS = 1000;

type Verbs = typeof certificateVerbs;

/** Handlers of registration and priority (docs/claims.md, "Priority"). */
export const provingHandlers = {
  /** Reads 5; writes 2. */
  registerAssignment: register,
  priorityOf: priority,
};

async function register(call: CallOf<Verbs['registerAssignment']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const holding = registerAssignment(before, input.registrationReference, certificate.settler, caller.mspId, at);
  await requireSharedTerms(call, before);
  await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
  return holding;
}

async function priority(call: CallOf<Verbs['priorityOf']>): Promise<Priority> {
  const holding = await call.state.require('holding', call.input.holdingId);
  const { id, certificateId, obligor, owner, state, root } = holding;
  return { holdingId: id, certificateId, obligor, owner, state, root, claims: rankClaims(claimsOn(holding, await ancestorsOf(call, holding))), asOf: call.at };
}

/** Every holding that this one was made of, each once. One read each. Throws TOO_LARGE. */
async function ancestorsOf({ state }: Pick<Call, 'state'>, holding: HoldingSkeleton): Promise<HoldingSkeleton[]> {
  const found = new Map<string, HoldingSkeleton>();
  const queue = [...holding.parents];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (found.has(id)) continue;
    if (found.size >= MAX_ANCESTORS) throw new DualchainError('TOO_LARGE', `The holding ${holding.id} was made of more than ${MAX_ANCESTORS} others; ask for its parents one by one.`, { details: { holdingId: holding.id } });
    const parent = await state.require('holding', id);
    found.set(id, parent);
    queue.push(...parent.parents);
  }
  return [...found.values()];
}
