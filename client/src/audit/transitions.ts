import { stateTables } from '@dualchain/model';
import type { ObjectType, PartyName, StateTable } from '@dualchain/model';
import { stepInvariant } from './invariant';
import { isClaim, isLive } from './ledger-state';
import type { LedgerState } from './ledger-state';
import { carriedOutBy, partPayingVerbs } from './rules';
import { changesOf } from './step';
import type { AnyChange, Step } from './step';

/** Tables by object type; a table may write its object in two words. */
const tables = new Map<string, StateTable>(stateTables.map((table) => [table.object.replaceAll(' ', '').toLowerCase(), table]));
const tableOf = (type: ObjectType): StateTable | undefined => tables.get(type.toLowerCase());

export const spentOnce = stepInvariant('18', 'Objects change by a row of their state table only, so that a holding is spent once', (step, state, find) => {
  for (const change of step.changes) {
    const [from, to] = [stateIn(change, 'before'), stateIn(change, 'after')];
    const table = tableOf(change.type);
    if (table === undefined || from === to || isPart(change, step) || (change.type === 'holding' && change.after !== undefined && !isClaim(state, change.after))) continue;
    const name = `${change.type} ${change.attributes.join('/')}`;
    const rows = table.transitions.filter(({ verb }) => verb === step.verb || carriedOutBy[verb]?.includes(step.verb) === true);
    const fitting = rows.filter((row) => row.from.includes(from) && to !== null && (row.to === to || (row.or ?? []).includes(to)));
    if (!find.require(fitting.length > 0, step, () => `${step.verb} took ${name} from ${from ?? 'nothing'} to ${to ?? 'nothing'}`)) continue;
    const who = [...new Set(fitting.flatMap((row) => row.who))];
    const allowed = who.flatMap((party) => (party === 'anyone' || party === 'members' ? [step.creator] : partiesOf(change, step, state, party)));
    find.require(allowed.includes(step.creator), step, () => `${step.verb} of ${name} was done by ${step.creator}, which is not ${who.join(' or ')}`);
  }
});

/** State of an object; an attestation says it by a mark. */
function stateIn({ type, before, after }: AnyChange, which: 'before' | 'after'): string | null {
  const value = which === 'before' ? before : after;
  if (value === undefined) return null;
  if (type === 'attestation') return Reflect.get(value, 'revoked') === true ? 'revoked' : 'standing';
  return 'state' in value && typeof value.state === 'string' ? value.state : null;
}

/** Parts of a split, a merge or a part payment come into being by the row of the holdings that are spent for them; invariant 3 checks their sum. */
function isPart({ type, before, after }: AnyChange, step: Step): boolean {
  if (type !== 'holding' || before !== undefined || after === undefined || after.parents.length === 0) return false;
  if (after.state !== 'free' && !partPayingVerbs.includes(step.verb)) return false;
  return after.parents.every((parent) => changesOf(step, 'holding').some((change) => change.after?.id === parent && change.after.state === 'spent'));
}

/** Organisations that play a part in the object as it was before the step, or as it was made. */
function partiesOf(change: AnyChange, step: Step, state: LedgerState, party: PartyName): readonly string[] {
  const object = change.before ?? change.after;
  if (object === undefined) return [];
  if (party === 'owner' && change.type === 'certificate') return ownersOf(state, change.attributes[0] ?? '');
  const proposal: unknown = 'proposal' in object ? object.proposal : undefined;
  const proposed = typeof proposal === 'object' && proposal !== null ? proposal : {};
  if (party === 'self') return textsOf([object, proposed], ['author', 'proposer']);
  if (party === 'receiver' || party === 'seller') return textsOf([proposed], [party]);
  if ((party === 'financier' || party === 'settler') && change.type === 'receipt') return textsOf([proposed, object, pledgeOf(change.after, state)], [party]);
  if (party === 'financier' && change.type === 'holding') return textsOf([proposed, object], [party]);
  const certificate = 'certificateId' in object && object.certificateId !== undefined ? state.get('certificate', object.certificateId) : undefined;
  const holding = 'holdingId' in object ? (changesOf(step, 'holding').find(({ attributes }) => attributes[0] === object.holdingId)?.before ?? state.get('holding', object.holdingId)) : undefined;
  const frozen = change.type === 'freeze' && 'scopeType' in object && object.scopeType === 'receipt' ? state.get('receipt', object.scopeId) : undefined;
  return textsOf([object, frozen ?? {}, certificate ?? {}, (holding === undefined ? undefined : state.get('certificate', holding.certificateId)) ?? {}], [party]);
}

/** The loan that a receipt comes to be pledged for. */
function pledgeOf(receipt: AnyChange['after'], state: LedgerState): object {
  const id: unknown = receipt === undefined ? undefined : Reflect.get(receipt, 'pledgeId');
  return (typeof id === 'string' ? state.get('receiptPledge', id) : undefined) ?? {};
}

function ownersOf(state: LedgerState, certificateId: string): string[] {
  return [...state.find('holdingsOfCertificate', certificateId)].filter((holding) => isLive(holding) && isClaim(state, holding)).map(({ owner }) => owner);
}

function textsOf(objects: readonly object[], fields: readonly string[]): string[] {
  return objects.flatMap((object) => fields.map((field): unknown => Reflect.get(object, field))).filter((value) => typeof value === 'string');
}
