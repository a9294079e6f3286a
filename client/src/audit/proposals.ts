import { canonicalJson, stateTables } from '@dualchain/model';
import type { HoldingSkeleton, InvoiceSkeleton, PartyName } from '@dualchain/model';
import { invariant, stepInvariant } from './invariant';
import { isClaim } from './ledger-state';
import type { LedgerState } from './ledger-state';
import { proposalKinds, releasingVerbs, restoringVerbs } from './rules';
import { changesOf } from './step';
import type { AnyChange, Step } from './step';

export const openProposals = invariant('12', 'A locked holding has exactly one open proposal, and refusing, withdrawing or expiring restores what was before', () => {
  /** Holdings as they were before the proposal that is open on them, and invoices before their certificate. */
  const holdings = new Map<string, HoldingSkeleton>();
  const invoices = new Map<string, InvoiceSkeleton>();
  return {
    step(step, _state, find) {
      for (const { before, after } of changesOf(step, 'holding')) {
        if (after === undefined) continue;
        find.require(proposalKinds[after.state] === after.proposal?.kind, step, () => `holding ${after.id} is ${after.state} with ${after.proposal === undefined ? 'no proposal' : `a proposal of kind ${after.proposal.kind}`}`);
        if (before !== undefined && before.proposal === undefined && after.proposal !== undefined) {
          holdings.set(after.id, before);
          find.require(after.proposal.prior === before.state, step, () => `the proposal on ${after.id} remembers ${after.proposal?.prior ?? ''} where it was ${before.state}`);
        }
        if (before !== undefined && after.proposal !== undefined) find.require(sameClaim(before, after), step, () => `${step.verb} changed more of ${after.id} than its state and its proposal`);
        if (restoringVerbs.includes(step.verb)) find.require(isSame(holdings.get(after.id), after), step, () => `${step.verb} did not restore ${after.id} as it was`);
        if (after.proposal === undefined) holdings.delete(after.id);
      }
      for (const { before, after } of changesOf(step, 'invoice')) {
        if (before === undefined || after === undefined) continue;
        if (after.state === 'certified') invoices.set(after.id, before);
        if (releasingVerbs.includes(step.verb)) find.require(isSame(invoices.get(after.id), after), step, () => `${step.verb} did not restore invoice ${after.id} as it was`);
      }
    },
  };
});

export const spentOnce = stepInvariant('18', 'Objects change by a row of their state table only, so that a holding is spent once', (step, state, find) => {
  for (const change of step.changes) {
    const [from, to] = [stateIn(change.before), stateIn(change.after)];
    const table = stateTables.find(({ object }) => object === change.type);
    if (table === undefined || from === to || isPart(change, step) || (change.type === 'holding' && change.after !== undefined && !isClaim(state, change.after))) continue;
    const name = `${change.type} ${change.attributes.join('/')}`;
    const rows = table.transitions.filter(({ verb }) => verb === step.verb || (verb === 'releaseInvoice' && releasingVerbs.includes(step.verb)));
    const row = rows.find((candidate) => candidate.from.includes(from) && to !== null && (candidate.to === to || (candidate.or ?? []).includes(to)));
    if (!find.require(row !== undefined, step, () => `${step.verb} took ${name} from ${from ?? 'nothing'} to ${to ?? 'nothing'}`)) continue;
    const allowed = row?.who.flatMap((party) => (party === 'anyone' ? [step.creator] : partiesOf(change, step, state, party))) ?? [];
    find.require(allowed.includes(step.creator), step, () => `${step.verb} of ${name} was done by ${step.creator}, which is not ${row?.who.join(' or ') ?? ''}`);
  }
});

function stateIn(value: AnyChange['after']): string | null {
  return value !== undefined && 'state' in value && typeof value.state === 'string' ? value.state : null;
}

function isSame(before: object | undefined, after: object): boolean {
  return before !== undefined && canonicalJson(before) === canonicalJson(after);
}

function sameClaim(before: HoldingSkeleton, after: HoldingSkeleton): boolean {
  const rest = (holding: HoldingSkeleton) => canonicalJson({ ...holding, state: '', proposal: null });
  return rest(before) === rest(after);
}

/** Parts of a split or merge come into being by the row of the holdings that are spent for them; invariant 3 checks their sum. */
function isPart({ type, before, after }: AnyChange, step: Step): boolean {
  if (type !== 'holding' || before !== undefined || after?.state !== 'free' || after.parents.length === 0) return false;
  return after.parents.every((parent) => changesOf(step, 'holding').some((change) => change.after?.id === parent && change.after.state === 'spent'));
}

/** Organisations that play a part in the object as it was before the step, or as it was made. */
function partiesOf(change: AnyChange, step: Step, state: LedgerState, party: PartyName): readonly string[] {
  const object = change.before ?? change.after;
  if (object === undefined) return [];
  if (party === 'self') return 'author' in object ? [object.author] : [];
  const proposal = change.type === 'holding' ? change.before?.proposal : undefined;
  if (party === 'receiver') return proposal?.receiver === undefined ? [] : [proposal.receiver];
  if (party === 'financier' && change.type === 'holding') return proposal?.financier === undefined ? [] : [proposal.financier];
  const certificate = 'certificateId' in object && object.certificateId !== undefined ? state.get('certificate', object.certificateId) : undefined;
  const holding = 'holdingId' in object ? (changesOf(step, 'holding').find(({ attributes }) => attributes[0] === object.holdingId)?.before ?? state.get('holding', object.holdingId)) : undefined;
  return [object, certificate, holding === undefined ? undefined : state.get('certificate', holding.certificateId)].flatMap((source) => {
    const value: unknown = source === undefined ? undefined : Reflect.get(source, party);
    return typeof value === 'string' ? [value] : [];
  });
}
