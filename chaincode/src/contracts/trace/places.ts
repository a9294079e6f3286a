import type { EventLinks, InputOf, MemberRecord, PlaceDelegation, traceVerbs as verbs } from '@dualchain/model';
import { membersOf, requireMember, sayOwn } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { requireKnown } from '../consortium/records';
import { decideDelegation, placeOwners, placeProblems, placesOf } from '../../rules/trace/place';
import type { PlaceProblem } from '../../rules/trace/place';

type Reader = Pick<Call, 'state' | 'anchors'>;
type Judging = Reader & Pick<Call, 'member'>;

/** What is wrong with the places of an event. */
type Judge = (links: EventLinks) => PlaceProblem[];

/** Reads 4, 1 hash; writes 3. */
export async function delegatePlaces(call: CallOf<typeof verbs.delegatePlaces>): Promise<PlaceDelegation> {
  const { input, member } = call;
  const delegation = decideDelegation(input, member);
  await requireMember(call, delegation.delegate);
  await sayOwn(call, 'placeDelegation', [delegation.delegate, delegation.owner], delegation, delegation.owner);
  call.emit({ ids: { delegate: delegation.delegate, owner: delegation.owner } });
  return delegation;
}

/** At whose places a member may report events now. Throws NOT_FOUND for a stranger. */
export async function placeDelegations(call: Call<InputOf<typeof verbs.placeDelegations>>): Promise<PlaceDelegation[]> {
  const { mspId: delegate } = await requireKnown(call, call.input.delegate);
  return delegationsTo(call, delegate, (await membersOf(call.state)).map(({ mspId }) => mspId));
}

/** Judges places of events that stand publicly: whose places they are may be seen by what is read. Reads the members if there is a place, and one and a hash for each other member that it belongs to. */
export async function judgePlaces(call: Judging, events: readonly EventLinks[]): Promise<Judge> {
  const members = events.some((links) => placesOf(links).length > 0) ? await membersOf(call.state) : [];
  return judgeBy(call, members, placeOwners(events, members));
}

/** Judges places of events under seal: every member is asked about, so that what is read tells nothing of them. Reads one for each of them, and a hash for each that delegated. */
export function judgeSealedPlaces(call: Judging, members: readonly MemberRecord[]): Promise<Judge> {
  return judgeBy(call, members, members.map(({ mspId }) => mspId));
}

async function judgeBy(call: Judging, members: readonly MemberRecord[], owners: readonly string[]): Promise<Judge> {
  const { member } = call;
  const delegations = await delegationsTo(call, member.mspId, owners);
  return (links) => placeProblems(links, member, members, delegations);
}

/** What these owners delegated to a member, each by its own anchor. */
async function delegationsTo({ state, anchors }: Reader, delegate: string, owners: readonly string[]): Promise<PlaceDelegation[]> {
  const others = owners.filter((owner) => owner !== delegate);
  await state.prepare(others.map((owner) => ['placeDelegation', delegate, owner]));
  const found: PlaceDelegation[] = [];
  for (const owner of others) {
    const delegation = await state.get('placeDelegation', delegate, owner);
    if (delegation === undefined || delegation.places.length === 0) continue;
    if (await anchors.stands('placeDelegation', [delegate, owner], delegation, owner)) found.push(delegation);
  }
  return found;
}
