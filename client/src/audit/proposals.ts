import { canonicalJson } from '@dualchain/model';
import type { InvoiceSkeleton } from '@dualchain/model';
import { invariant } from './invariant';
import { proposalKinds, releasingVerbs, restoringVerbs } from './rules';
import { changesOf } from './step';

/** What the objects that take proposals have in common. */
interface Proposed {
  readonly id: string;
  readonly state: string;
  readonly proposal?: { readonly kind: string; readonly prior: string };
}

const proposable = Object.keys(proposalKinds) as (keyof typeof proposalKinds)[];

export const openProposals = invariant('12', 'A locked object has exactly one open proposal, and refusing, withdrawing or expiring restores what was before', () => {
  /** Objects as they were before the proposal that is open on them, and invoices before their certificate. */
  const snapshots = new Map<string, Proposed>();
  const invoices = new Map<string, InvoiceSkeleton>();
  return {
    step(step, _state, find) {
      for (const type of proposable) {
        for (const change of changesOf(step, type)) {
          const [before, after] = [change.before, change.after] as [Proposed | undefined, Proposed | undefined];
          if (after === undefined) continue;
          const name = `${type} ${after.id}`;
          find.require(proposalKinds[type][after.state] === after.proposal?.kind, step, () => `${name} is ${after.state} with ${after.proposal === undefined ? 'no proposal' : `a proposal of kind ${after.proposal.kind}`}`);
          if (before !== undefined && before.proposal === undefined && after.proposal !== undefined) snapshots.set(name, before);
          const prior = snapshots.get(name);
          if (after.proposal !== undefined) {
            find.require(after.proposal.prior === prior?.state, step, () => `the proposal on ${name} remembers ${after.proposal?.prior ?? ''} where it was ${prior?.state ?? 'not there'}`);
            if (before !== undefined) find.require(sameBesides(before, after), step, () => `${step.verb} changed more of ${name} than its state and its proposal`);
          }
          if (restoringVerbs.includes(step.verb)) find.require(isSame(prior, after), step, () => `${step.verb} did not restore ${name} as it was`);
          if (after.proposal === undefined) snapshots.delete(name);
        }
      }
      for (const { before, after } of changesOf(step, 'invoice')) {
        if (before === undefined || after === undefined) continue;
        if (after.state === 'certified') invoices.set(after.id, before);
        if (releasingVerbs.includes(step.verb)) find.require(isSame(invoices.get(after.id), after), step, () => `${step.verb} did not restore invoice ${after.id} as it was`);
      }
    },
  };
});

function isSame(before: object | undefined, after: object): boolean {
  return before !== undefined && canonicalJson(before) === canonicalJson(after);
}

function sameBesides(before: Proposed, after: Proposed): boolean {
  const rest = (object: Proposed) => canonicalJson({ ...object, state: '', proposal: null });
  return rest(before) === rest(after);
}
