import type { LedgerState } from '../../client/src/audit/ledger-state';
import { isLive } from '../../client/src/audit/ledger-state';
import type { ErrorCode, MemberRecord, PartyName, Transition, Verb } from '../../model/src';
import { partByCalling, roleUsers, saidFirst, withoutRow } from './exceptions';
import type { Reached } from './reach';

/** One caller that must not do it, and what the ledger must answer. */
export interface WrongCaller {
  readonly mspId: string;
  /** Of the network's users; `director` has every attribute, so that only the organisation is wrong. */
  readonly user: string;
  readonly code: ErrorCode;
}

export interface Trial {
  readonly verb: Verb;
  /** Organisation that rightly does it. */
  readonly caller: string;
  readonly reached: readonly Reached[];
  readonly state: LedgerState;
  readonly organisations: readonly string[];
}

/**
 * Everyone that the data of the verb and the rows of the tables keep from a transaction, which is right in all else:
 * organisations that are no members, lack the role, or play no part in one of the objects; and users of the right
 * organisation without the attribute. Who is wrong in several ways is refused by what is checked first, in this order.
 */
export function wrongCallers({ verb, caller, reached, state, organisations }: Trial): WrongCaller[] {
  const alone = verb.name in withoutRow;
  const allowed = organisations.filter((mspId) => alone ? mspId === caller : verb.name in partByCalling || reached.every((each) => each.rows.some((row) => row.who.some((party) => (party === 'members' ? reached.some(({ after }) => after?.['mspId'] === mspId) : plays(party, each, state, mspId))))));
  if (reached.length > 0 && !allowed.includes(caller)) throw new Error(`The tables do not let ${caller} do ${verb.name}, which the ledger took: ${reached.map(({ type, id, from, rows }) => `${type} ${id} (${from}) for ${rows.flatMap(({ who }) => who).join(', ')}`).join('; ')}.`);
  const organisationsOf = organisations.flatMap((mspId): WrongCaller[] => {
    const member = state.get('member', mspId);
    const code = (verb.name === 'bootstrap' ? undefined : codeFor(verb, member)) ?? (allowed.includes(mspId) ? undefined : (saidFirst[verb.name] ?? withoutRow[verb.name] ?? 'NOT_A_PARTY'));
    return mspId === caller || code === undefined ? [] : [{ mspId, user: 'director', code }];
  });
  const usersOf = verb.users.length === 0 ? [] : Object.entries(roleUsers).flatMap(([user, roles]): WrongCaller[] => (roles.some((role) => verb.users.includes(role)) ? [] : [{ mspId: caller, user, code: 'WRONG_ROLE' }]));
  return [...organisationsOf, ...usersOf];
}

/** What keeps an organisation from a verb, whatever the objects are. */
function codeFor({ roles, whileSuspended }: Verb, member: MemberRecord | undefined): ErrorCode | undefined {
  if (member === undefined || (member.state === 'suspended' && !whileSuspended)) return 'NOT_A_MEMBER';
  return roles.length > 0 && !roles.some((role) => member.roles.includes(role)) ? 'WRONG_ROLE' : undefined;
}

/** Whether an organisation plays a part in an object as it stands; in one that comes into being, as it is made. */
function plays(party: Transition['who'][number], { type, before, after }: Reached, state: LedgerState, mspId: string): boolean {
  if (party === 'anyone') return state.get('member', mspId) !== undefined;
  const object = before ?? after ?? {};
  const proposal = (object['proposal'] ?? {}) as Readonly<Record<string, unknown>>;
  const holding = typeof object['holdingId'] === 'string' ? (state.get('holding', object['holdingId']) as unknown as Readonly<Record<string, unknown>> | undefined) : undefined;
  const certificateId = type === 'certificate' ? object['id'] : (object['certificateId'] ?? holding?.['certificateId']);
  const certificate = typeof certificateId === 'string' ? (state.get('certificate', certificateId) as unknown as Readonly<Record<string, unknown>> | undefined) : undefined;
  const line = typeof object['creditLineId'] === 'string' ? (state.get('creditLine', object['creditLineId']) as unknown as Readonly<Record<string, unknown>> | undefined) : undefined;
  // Of an order over a receipt, a holding or a certificate: what it is over.
  const scope = type === 'freeze' ? (state.get(object['scopeType'] as 'receipt' | 'holding' | 'certificate', String(object['scopeId'])) as unknown as Readonly<Record<string, unknown>> | undefined) : undefined;
  const within = (objects: readonly (Readonly<Record<string, unknown>> | undefined)[], ...fields: readonly string[]) => objects.some((each) => fields.some((field) => [each?.[field]].flat().includes(mspId)));
  switch (party) {
    case 'self':
      return within([object, proposal], 'author', 'proposer');
    case 'receiver':
      return within([proposal], 'receiver');
    case 'financier':
      return within([proposal, object], 'financier', ...(type === 'holding' ? ['financiers'] : [])) || within([line], 'financier') || (type === 'quote' && before === undefined && within([holding?.['proposal'] as Readonly<Record<string, unknown>> | undefined], 'financiers')) || (type === 'receipt' && within([pledgeOf(after, state)], 'financier'));
    case 'settler':
      return within([object, proposal, certificate], 'settler') || (type === 'receipt' && within([pledgeOf(after, state)], 'settler'));
    case 'owner':
      return type === 'certificate' ? [...state.find('holdingsOfCertificate', String(certificateId))].some((each) => isLive(each) && each.owner === mspId) : within(before === undefined && holding !== undefined ? [holding] : [object, ...(object['owner'] === undefined ? [holding] : [])], 'owner');
    default:
      return within([object, certificate, line, scope], party satisfies PartyName);
  }
}

/** The loan that a receipt comes to be pledged for. */
function pledgeOf(receipt: Reached['after'], state: LedgerState): Readonly<Record<string, unknown>> | undefined {
  const id = receipt?.['pledgeId'];
  return typeof id === 'string' ? (state.get('receiptPledge', id) as unknown as Readonly<Record<string, unknown>> | undefined) : undefined;
}
