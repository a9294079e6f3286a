import { shortId } from '../summary';
import { commissions, decommissions } from '../links';
import type { EventLinks } from '../types';
import { receives, ships } from './hand-overs';
import { massBalance } from './mass-balance';
import { partyIn, partyOf, reporterOf, sameParty, siteOf, storyOf } from './story';
import type { Passage, Story } from './story';
import type { Custody, CustodyGap, CustodySpan, Party, QuestionSource } from './types';

type Open = { -readonly [Field in keyof CustodySpan]: CustodySpan[Field] };

/**
 * Who holds an object or lot now and who held it before, from its own events and those of the containers that it was in.
 * What the events leave open is named in `gaps`: an origin that nobody captured, a shipment that nobody received, a
 * reception by somebody else than it was sent to, goods that turn up elsewhere without a hand-over.
 */
export async function custodyOf(id: string, source: QuestionSource): Promise<Custody> {
  const story = await storyOf(id, source);
  const walk = new CustodyWalk(story, source.memberOf);
  for (const passage of story.passages) walk.take(passage);
  const { lines } = await massBalance(id, source);
  const isLot = story.passages.some(({ event: { links } }) => [...links.classes, ...links.inputQuantities, ...links.outputQuantities].some((element) => element.id === id));
  return walk.result(isLot ? lines.filter(({ onHand }) => onHand !== '0').map(({ site, unit, onHand }) => ({ ...(site === undefined ? {} : { site }), unit, quantity: onHand })) : []);
}

class CustodyWalk {
  private readonly chain: Open[] = [];
  private readonly gaps: CustodyGap[] = [];
  private readonly persistent = new Set<string>();
  private owner: Party | undefined;
  private transit: { readonly passage: Passage; readonly from: Party; readonly to: Party } | undefined;
  private ended: Custody['ended'];
  private disposition: string | undefined;

  constructor(
    private readonly story: Story,
    private readonly memberOf: QuestionSource['memberOf'],
  ) {}

  take(passage: Passage): void {
    const { event, under } = passage;
    const { links } = event;
    const mine = under === this.story.id;
    if (links.disposition !== undefined) this.disposition = links.disposition;
    for (const word of links.persistentDisposition?.set ?? []) this.persistent.add(word);
    for (const word of links.persistentDisposition?.unset ?? []) this.persistent.delete(word);
    const begins = mine && commissions(links).some((item) => item.id === this.story.id);
    if (ships(links)) this.ship(passage);
    else if (receives(links)) this.receive(passage);
    else this.see(passage, begins);
    this.owns(links, begins, passage);
    if (mine && decommissions(links).some((item) => item.id === this.story.id)) this.ended = { at: links.time, event: event.id, how: links.type === 'TransformationEvent' ? 'used' : 'decommissioned' };
    else if (begins) this.ended = undefined;
  }

  private ship(passage: Passage): void {
    const { event } = passage;
    const sender = partyIn(event.links.sources, this.memberOf) ?? reporterOf(event, this.memberOf);
    this.settle(passage);
    if (this.current === undefined || sameParty(this.current.holder, sender) === false) this.see(passage, false, sender);
    if (this.current !== undefined) {
      this.current.until = event.links.time;
      this.current.events = [...new Set([...this.current.events, event.id])];
    }
    this.transit = { passage, from: sender, to: partyIn(event.links.destinations, this.memberOf) ?? {} };
  }

  private receive(passage: Passage): void {
    const { event, under } = passage;
    const { transit } = this;
    const named = partyIn(event.links.destinations, this.memberOf);
    const reporter = reporterOf(event, this.memberOf);
    const known = transit !== undefined && sameParty(transit.to, reporter) !== false && transit.to.id !== undefined ? transit.to : reporter;
    const holder = named ?? known;
    if (transit === undefined && this.current?.until === undefined && this.current !== undefined && sameParty(this.current.holder, holder) === true) return this.extend(passage);
    if (transit === undefined) this.gap(this.current === undefined ? 'origin unknown' : 'not handed over', passage, this.current === undefined ? `It was received by ${nameOf(holder)}; nobody captured where it came from.` : `${nameOf(this.current.holder)} did not ship it; ${nameOf(holder)} received it.`);
    else if (sameParty(transit.to, holder) === false) this.gap('received by another', passage, `It was sent to ${nameOf(transit.to)}; ${nameOf(holder)} received it.`, transit.passage);
    this.transit = undefined;
    this.open(passage, holder, 'received', under === this.story.id ? undefined : under);
  }

  /** An observation in between: at the same holder, or at another one to whom nobody handed it. */
  private see(passage: Passage, begins: boolean, who?: Party): void {
    const { event, under } = passage;
    const holder = who ?? reporterOf(event, this.memberOf);
    // A carrier, an inspector: what is seen on the way changes no custody, unless it is where it was sent to.
    if (this.transit !== undefined && !begins) {
      if (who === undefined && sameParty(this.transit.to, holder) !== true) return;
      if (who === undefined) {
        this.gap('never received', passage, `${nameOf(holder)} has it, and nobody captured that it was received.`, this.transit.passage);
        this.transit = undefined;
        return this.open(passage, holder, 'seen', under === this.story.id ? undefined : under);
      }
    }
    if (this.current !== undefined && this.current.until === undefined && sameParty(this.current.holder, holder) !== false) return this.extend(passage);
    if (begins) return this.open(passage, holder, 'begun', undefined);
    if (this.current === undefined) this.gap('origin unknown', passage, `It was first seen at ${nameOf(holder)}; nobody captured where it came from.`);
    else this.gap('not handed over', passage, `${nameOf(this.current.holder)} held it last; ${nameOf(holder)} has it, and nobody captured a hand-over.`);
    this.open(passage, holder, 'seen', under === this.story.id ? undefined : under);
  }

  /** A shipment that was not received before the next one goes out. */
  private settle(passage: Passage): void {
    if (this.transit === undefined) return;
    this.gap('never received', passage, `It was sent to ${nameOf(this.transit.to)}, and nobody captured that it was received before it was sent on.`, this.transit.passage);
    this.transit = undefined;
  }

  private open({ event }: Passage, holder: Party, how: CustodySpan['how'], under: string | undefined): void {
    const { current } = this;
    if (current !== undefined && current.until === undefined) current.until = event.links.time;
    const place = siteOf(event.links);
    this.chain.push({ holder, ...(place === undefined ? {} : { place }), from: event.links.time, how, ...(under === undefined ? {} : { under }), events: [event.id] });
  }

  private extend({ event }: Passage): void {
    const { current } = this;
    if (current === undefined) return;
    const place = siteOf(event.links);
    if (place !== undefined) current.place = place;
    current.events = [...new Set([...current.events, event.id])];
  }

  private owns({ sources, destinations }: EventLinks, begins: boolean, { event }: Passage): void {
    const to = destinations.find(({ type }) => type === 'owning_party');
    const from = sources.find(({ type }) => type === 'owning_party');
    if (to !== undefined) this.owner = partyOf(to.id, this.memberOf);
    else if (from !== undefined) this.owner ??= partyOf(from.id, this.memberOf);
    else if (begins) this.owner ??= reporterOf(event, this.memberOf);
  }

  private gap(kind: CustodyGap['kind'], { event }: Passage, message: string, before?: Passage): void {
    this.gaps.push({ kind, time: event.links.time, events: [...(before === undefined ? [] : [before.event.id]), event.id], message });
  }

  private get current(): Open | undefined {
    return this.chain.at(-1);
  }

  result(onHand: Custody['onHand']): Custody {
    const { story, transit, owner, current } = this;
    // Of a lot a part may be used; it is gone when nothing is left.
    const ended = onHand.length === 0 ? this.ended : undefined;
    if (ended !== undefined && current !== undefined) current.until ??= ended.at;
    const held = transit === undefined && ended === undefined ? current : undefined;
    const open = story.stays.filter(({ until, stay }) => until === undefined && stay.until === undefined).sort((a, b) => a.path.length - b.path.length);
    return {
      id: story.id,
      ...(held === undefined ? {} : { holder: held.holder }),
      ...(owner === undefined ? {} : { owner }),
      ...(held?.place === undefined ? {} : { place: held.place }),
      ...(transit === undefined || ended !== undefined ? {} : { inTransit: { since: transit.passage.event.links.time, from: transit.from, to: transit.to, under: transit.passage.under } }),
      ...(ended === undefined ? {} : { ended }),
      containers: [...new Map(open.map(({ stay }) => [stay.container, { id: stay.container, since: stay.from }])).values()],
      ...(this.disposition === undefined ? {} : { disposition: this.disposition }),
      persistentDispositions: [...this.persistent],
      onHand,
      chain: this.chain,
      gaps: this.gaps,
    };
  }
}

function nameOf({ id, mspId }: Party): string {
  return mspId ?? (id === undefined ? 'somebody unnamed' : shortId(id));
}
