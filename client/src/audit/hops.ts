import type { ChannelPolicy } from '@dualchain/model';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import { isClaim } from './ledger-state';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Change, Step } from './step';

const DAY = 86_400_000;

/** States in which somebody is about to become the owner: the limits are looked at then, and money that was paid after is booked in any case. */
const hopping: readonly string[] = ['transfer offered', 'finance locked', 'pledge offered', 'pledge locked'];

export const withinLimits = stepInvariant('17', 'Tenor and tier limits of the consortium hold at the issue and at each change of owner', (step, state, find) => {
  const policy = state.get('channelPolicy', 'current')?.policy;
  if (policy === undefined) return;
  for (const { before, after: certificate } of changesOf(step, 'certificate')) {
    if (certificate !== undefined && before === undefined) requireTenor(`certificate ${certificate.id}`, certificate.dueDate, policy, step, find);
  }
  for (const change of changesOf(step, 'holding')) requireTier(change, policy, step, state, find);
});

function requireTenor(name: string, dueDate: string, { tenorLimitDays }: ChannelPolicy, step: Step, find: Findings): void {
  const tenor = Date.parse(dueDate) - Date.parse(step.at);
  find.require(tenor > 0 && tenor <= tenorLimitDays * DAY, step, () => `${name} is due at ${dueDate}, which is past or beyond ${tenorLimitDays} days`);
}

/** How often the units of a holding changed hands: counted with every sale, carried over to what is made of it, and limited before each. */
function requireTier({ before, after }: Change<'holding'>, policy: ChannelPolicy, step: Step, state: LedgerState, find: Findings): void {
  // What is not genuine is no claim (principle 4).
  if (after === undefined || !isClaim(state, after)) return;
  const { id, tier, parents, certificateId } = after;
  if (before === undefined) {
    const expected = Math.max(0, ...parents.map((parent) => state.get('holding', parent)?.tier ?? 0));
    find.require(tier === expected, step, () => `holding ${id} says that its units changed hands ${tier} times; what it is made of did ${expected} times`);
    return;
  }
  // Who buys a claim back that it sold only undoes its own sale.
  const expected = before.owner === after.owner || before.state === 'recourse claimed' ? before.tier : before.tier + 1;
  find.require(tier === expected, step, () => `${step.verb} counts ${tier} changes of owner of holding ${id} where there are ${expected}`);
  if (!hopping.includes(after.state) || before.state === after.state) return;
  find.require(tier < policy.tierLimit, step, () => `holding ${id} may change hands no more: it did ${tier} times`);
  requireTenor(`the certificate of holding ${id}`, state.get('certificate', certificateId)?.dueDate ?? '', policy, step, find);
}
