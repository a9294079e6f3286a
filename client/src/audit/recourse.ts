import { canonicalJson, defaultFrom, graceEndsAt } from '@dualchain/model';
import type { HoldingSkeleton } from '@dualchain/model';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import { isClaim } from './ledger-state';
import { partPayingVerbs } from './rules';
import { changesOf } from './step';
import type { Change, Step } from './step';

type Links = NonNullable<HoldingSkeleton['recourse']>;

export const recoursePath = stepInvariant('13', 'Recourse links form a path back along the sales, open with a default, and close with the obligation', (step, state, find) => {
  for (const change of changesOf(step, 'certificate')) requireLate(change, step, find);
  for (const change of changesOf(step, 'holding')) {
    const { before, after } = change;
    if (after === undefined || !isClaim(state, after)) continue;
    const links = after.recourse ?? [];
    find.require(canonicalJson(links) === canonicalJson(expectedLinks(change, step)), step, () => `${step.verb} left holding ${after.id} with other recourse links than its sales give`);
    if (after.state !== 'recourse claimed' || before?.state === after.state) continue;
    const last = links.at(-1);
    find.require(state.get('certificate', after.certificateId)?.defaultedAt !== undefined, step, () => `recourse for ${after.id} was claimed although its certificate is not defaulted`);
    find.require(last?.from === after.owner && after.proposal?.seller === last.to, step, () => `${after.owner} claimed recourse for ${after.id}, for which it has no link to ${after.proposal?.seller ?? 'anybody'}`);
  }
});

/** Nobody is late before the terms of the certificate say so; the authority may declare a default by an order. */
function requireLate({ before, after }: Change<'certificate'>, step: Step, find: Findings): void {
  if (before === undefined || after === undefined || before.state === after.state) return;
  if (after.state === 'overdue') find.require(after.overdueAt === step.at && step.at >= graceEndsAt(after), step, () => `${after.id} was declared overdue at ${step.at}, before its grace days were over`);
  if (after.state !== 'defaulted') return;
  const ordered = step.creator === after.authority && after.defaultOrderId !== undefined;
  find.require(after.defaultedAt === step.at && (ordered || step.at >= defaultFrom(after)), step, () => `${after.id} was declared defaulted at ${step.at}, before its terms allow it`);
}

/** The links that a holding must have after a step: one more with each sale with recourse, one less when the seller has paid. */
function expectedLinks({ before, after }: Change<'holding'>, step: Step): Links {
  if (before === undefined) {
    const parents = partPayingVerbs.includes(step.verb) ? changesOf(step, 'holding').flatMap(({ after: parent, before: whole }) => (parent !== undefined && after?.parents.includes(parent.id) === true && whole !== undefined ? [whole] : [])) : [];
    return parents[0]?.recourse ?? [];
  }
  const links = before.recourse ?? [];
  if (before.owner === after?.owner || after === undefined) return links;
  if (before.state === 'recourse claimed') {
    const last = links.at(-1);
    // The link by which the seller was reached leads from the owner before to the owner now.
    return last?.from === before.owner && last.to === after.owner ? links.slice(0, -1) : links;
  }
  return before.proposal?.kind === 'finance' && before.proposal.recourse === 'with' ? [...links, { from: after.owner, to: before.owner }] : links;
}
