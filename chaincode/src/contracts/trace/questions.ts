import { canonicalId, custodyOf, DualchainError, eventLinks, massBalance as balanceOf, oneStep, parseContext, processKindOf, sealedEventParts } from '@dualchain/model';
import type { CustodyAnswer, MassBalanceAnswer, OneStepAnswer, Party, QuestionBounds, QuestionSource, ToldEvent, traceQuestionVerbs as verbs } from '@dualchain/model';
import { membersOf, sealedLookup } from '../../ledger';
import type { Call, CallOf, SealedFinding } from '../../ledger';
import { memberAt } from '../../rules/trace/place';

/** Events of one identifier that a question reads. */
export const MAX_EVENTS_OF_ID = 2_000;
/** Events that one question reads. */
export const MAX_EVENTS_READ = 10_000;

/** One range for each identifier that it follows (the id, its containers, its inputs), one read an event; where the caller's organisation holds link keys, what the sealed index costs. */
export async function oneStepBack(call: CallOf<typeof verbs.oneStepBack>): Promise<OneStepAnswer> {
  return step(call, 'back');
}

/** The same the other way. */
export async function oneStepForward(call: CallOf<typeof verbs.oneStepForward>): Promise<OneStepAnswer> {
  return step(call, 'forward');
}

async function step(call: CallOf<typeof verbs.oneStepBack>, direction: 'back' | 'forward'): Promise<OneStepAnswer> {
  const reader = await Reader.of(call);
  const { id, party } = call.input;
  return reader.bounded(await oneStep(direction, canonicalId(id), reader, party === undefined ? undefined : partyNamed(party, reader)));
}

/** Reads as {@link oneStepBack}, without inputs. */
export async function custody(call: CallOf<typeof verbs.custody>): Promise<CustodyAnswer> {
  const reader = await Reader.of(call);
  return reader.bounded(await custodyOf(canonicalId(call.input.id), reader));
}

/** Reads as {@link custody}, and a range for each transformation that was reported in parts. */
export async function massBalance(call: CallOf<typeof verbs.massBalance>): Promise<MassBalanceAnswer> {
  const reader = await Reader.of(call);
  const { id, site, bands } = call.input;
  const given = bands === undefined ? {} : Object.fromEntries(Object.entries(bands).flatMap(([kind, band]) => (band === undefined ? [] : [[kind, { min: band.min, ...(band.max === undefined ? {} : { max: band.max }) }]])));
  return reader.bounded(await balanceOf(canonicalId(id), reader, { ...(site === undefined ? {} : { site: canonicalId(site) }), bands: given }));
}

/** An MSP id has no colon, every other identifier has one. */
function partyNamed(text: string, { memberOf }: QuestionSource): Party {
  if (!text.includes(':')) return { mspId: text };
  const id = canonicalId(text);
  const mspId = memberOf(id);
  return { id, ...(mspId === undefined ? {} : { mspId }) };
}

/** Public events by identifier and those under seal that the caller's organisation may read, each read once; what was not read is counted. */
class Reader implements QuestionSource {
  readonly memberOf: QuestionSource['memberOf'];
  private readonly found = new Map<string, Promise<readonly ToldEvent[]>>();
  private readonly cut = new Set<string>();
  private readonly hidden = new Map<string, number>();
  private left = MAX_EVENTS_READ;
  private known = false;

  private constructor(
    private readonly call: Pick<Call, 'state' | 'sealed'>,
    members: Awaited<ReturnType<typeof membersOf>>,
    private readonly sealedOf: Awaited<ReturnType<typeof sealedLookup>>,
  ) {
    this.memberOf = (place) => memberAt(place, members);
  }

  static async of(call: Pick<Call, 'state' | 'sealed'>): Promise<Reader> {
    return new Reader(call, await membersOf(call.state), await sealedLookup(call));
  }

  readonly events = (id: string): Promise<readonly ToldEvent[]> => {
    const found = this.found.get(id) ?? this.read(id);
    this.found.set(id, found);
    return found;
  };

  private async read(id: string): Promise<readonly ToldEvent[]> {
    const { state } = this.call;
    const limit = Math.min(MAX_EVENTS_OF_ID, this.left);
    const rows = await state.scan('subject', [id], limit + 1);
    if (rows.length > limit) this.cut.add(id);
    this.left = Math.max(0, this.left - rows.length);
    const events: ToldEvent[] = [];
    for (const { attributes: [, , eventId = ''], value } of rows.slice(0, limit)) {
      this.known = true;
      if (value.declaredAt !== undefined) continue;
      const { reporter, event, context } = await state.require('event', eventId);
      const links = eventLinks(event, parseContext(context));
      events.push({ id: eventId, reporter, links, process: processKindOf(links, event) });
    }
    const sealed = await this.sealedOf?.(id);
    if (sealed === undefined) return events;
    if (sealed.hidden > 0) this.hidden.set(id, sealed.hidden);
    if (sealed.cut) this.cut.add(id);
    const open = new Set(rows.map(({ attributes }) => attributes[2]));
    return [...events, ...this.toldUnderSeal(sealed).filter((event) => !open.has(event.id))];
  }

  /** What the caller's organisation may read under seal; what is public under the same id stands. */
  private toldUnderSeal({ events, records }: SealedFinding): ToldEvent[] {
    this.known ||= events.length > 0;
    const counting = new Set(events.filter(({ links }) => links.errorDeclaration === undefined).map(({ id }) => id));
    const told = new Map<string, ToldEvent>();
    for (const record of records) {
      const { eventId, reporter, event, context } = sealedEventParts(record);
      const links = eventLinks(event, parseContext(context));
      if (counting.has(eventId) && links.errorDeclaration === undefined) told.set(eventId, { id: eventId, reporter, links, process: processKindOf(links, event) });
    }
    return [...told.values()];
  }

  /** The answer with what it lacks. Throws NOT_FOUND if no event names the id. */
  bounded<Answer>(answer: Answer): Answer & QuestionBounds {
    if (!this.known && this.hidden.size === 0) throw new DualchainError('NOT_FOUND', 'No event that your organisation can read names this identifier; check it, or capture its events first.');
    return { ...answer, cut: [...this.cut], hidden: [...this.hidden].map(([id, events]) => ({ id, events })) };
  }
}
