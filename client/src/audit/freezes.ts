import type { FreezeSkeleton, HoldingSkeleton } from '@dualchain/model';
import { standsBehind } from './anchors';
import { stepInvariant } from './invariant';
import { isClaim } from './ledger-state';
import type { LedgerState } from './ledger-state';
import { releasingVerbs } from './rules';
import { changesOf } from './step';
import type { Change, Step } from './step';

export const frozenStays = stepInvariant('7', 'A frozen range keeps its owner: it is not divided, offered, financed or paid to its owner before the order ends', (step, state, find) => {
  for (const change of changesOf(step, 'holding')) {
    const holding = change.after ?? change.before;
    if (holding === undefined || !isClaim(state, holding)) continue;
    for (const freeze of state.find('freezesOfCertificate', holding.certificateId)) {
      if (!covers(freeze, holding) || !isInForce(freeze, step, state)) continue;
      const moved = movement(change, step);
      find.require(moved === undefined, step, () => `${step.verb} ${moved ?? ''} ${holding.id}, which the order ${freeze.orderId} of ${freeze.author} freezes until ${freeze.endsAt}`);
    }
  }
  for (const change of changesOf(step, 'receipt')) {
    const receipt = change.after ?? change.before;
    for (const freeze of receipt === undefined ? [] : state.find('freezesOfReceipt', receipt.id)) {
      if (!isInForce(freeze, step, state)) continue;
      const moved = movementOfGoods(change);
      find.require(moved === undefined, step, () => `${step.verb} ${moved ?? ''} the receipt ${freeze.scopeId}, which the order ${freeze.orderId} of ${freeze.author} freezes until ${freeze.endsAt}`);
    }
  }
});

/** A certificate's order covers all its holdings; a holding's order covers what is made of it too. */
function covers({ scopeType, scopeId }: FreezeSkeleton, { id, parents }: HoldingSkeleton): boolean {
  return scopeType === 'certificate' || scopeId === id || parents.includes(scopeId);
}

/** An order counts by the anchor of its author, who is the authority of the certificate or receipt, and until its end. */
function isInForce(freeze: FreezeSkeleton, step: Step, state: LedgerState): boolean {
  const { scopeType, scopeId, orderId, certificateId, author, endsAt } = freeze;
  const authority = scopeType === 'receipt' ? state.get('receipt', scopeId)?.authority : state.get('certificate', certificateId ?? '')?.authority;
  if (freeze.state !== 'in force' || step.at >= endsAt || authority !== author) return false;
  return standsBehind(state, author, 'freeze', [scopeType, scopeId, orderId], freeze);
}

/** What a step did to a frozen holding that it must not do; undefined if nothing. */
function movement({ before, after }: Change<'holding'>, { verb }: Step): string | undefined {
  if (after === undefined) return 'deleted';
  if (before === undefined) return 'made';
  if (before.owner !== after.owner) return 'gave another owner to';
  if (before.proposal === undefined && after.proposal !== undefined) return 'offered';
  if (after.state === before.state) return undefined;
  if (after.state === 'spent') return 'divided';
  if (after.state === 'redeemed') return verb === 'releaseEscrow' && after.escrow?.beneficiary !== undefined ? undefined : 'paid';
  if (after.state === 'netted' || after.state === 'replaced') return 'ended';
  if (after.state === 'cancelled' && !releasingVerbs.includes(verb)) return 'cancelled';
  // From one proposal to the next: what was asked for is granted.
  if (before.proposal !== undefined && after.proposal !== undefined) return 'went on with';
  return undefined;
}

/** The same of a frozen warehouse receipt: it may be held, lost, and given back by who had a right in it. */
function movementOfGoods({ before, after }: Change<'receipt'>): string | undefined {
  if (after === undefined) return 'deleted';
  if (before === undefined) return 'made';
  if (before.owner !== after.owner) return 'gave another owner to';
  if (before.proposal === undefined && after.proposal !== undefined) return 'offered';
  if (before.pledgeId === undefined && after.pledgeId !== undefined) return 'pledged';
  if (after.state === before.state) return undefined;
  return { spent: 'divided', 'in transit': 'sent on', delivered: 'delivered', liquidating: 'sold' }[after.state as string];
}
