import { amountIn, canonicalId, eventLinks, formatQuantity, handOversOf, parseContext, parseKey, processKindOf, siteOf, storyOf } from '@dualchain/model';
import type { EventLinks, HandOver, Passage, QuestionSource, Story, ToldEvent } from '@dualchain/model';
import type { TraceEventRecord } from '../../results/objects';
import { required, trackingEventOf } from './cte';

/** Columns of the sheet, in order. */
export const columns = [
  'Critical tracking event',
  'Traceability lot code',
  'Product identifier',
  'Product description',
  'Food used or produced',
  'Quantity',
  'Unit of measure',
  'Date',
  'Time (UTC)',
  'Location',
  'Previous source',
  'Subsequent recipient',
  'Traceability lot code source',
  'Harvest details',
  'Made of traceability lot codes',
  'Container',
  'Reference document type',
  'Reference document',
  'Captured by',
  'Event',
  'Missing key data elements',
] as const;

/** One critical tracking event of one lot; an element that the events do not tell is empty. */
export type RegulatorRow = Readonly<Record<(typeof columns)[number], string>>;

export interface RowOptions {
  /** Texts for products, places and parties, by identifier in any form; a place or party without one is told by its identifier. */
  readonly descriptions?: Readonly<Record<string, string>>;
  readonly memberOf: QuestionSource['memberOf'];
  /** Name of a member by MSP id. */
  readonly nameOf: (mspId: string) => string;
}

const HARVEST = /(?:catchArea|vesselName|vesselID|farmName|fieldName|growingArea|pondName|pond|harvestArea|fishingGearTypeCode|productionMethodForFishAndSeafoodCode)$/;
const MAX_DETAILS = 12;

/** The rows of the lots, sorted by time, from all events that name them or their containers. Events that were declared to be errors give none. */
export async function regulatorRows(lots: readonly string[], records: readonly TraceEventRecord[], options: RowOptions): Promise<RegulatorRow[]> {
  const told = new Map<string, ToldEvent & { readonly record: TraceEventRecord }>();
  const bySubject = new Map<string, ToldEvent[]>();
  for (const record of records) {
    const links = eventLinks(record.event, parseContext(record.context));
    if (links.errorDeclaration !== undefined || (record.declarations?.length ?? 0) > 0) continue;
    const event = { id: record.id, reporter: record.reporter, links, process: processKindOf(links, record.event), record };
    told.set(record.id, event);
    for (const subject of links.subjects) bySubject.set(subject, [...(bySubject.get(subject) ?? []), event]);
  }
  const source: QuestionSource = { events: (id) => Promise.resolve(bySubject.get(id) ?? []), memberOf: options.memberOf };
  const texts = new Map(Object.entries(options.descriptions ?? {}).map(([id, text]) => [canonicalId(id), text]));
  const stories = new Map<string, Story>();
  for (const lot of lots) stories.set(lot, await storyOf(lot, source));
  const origins = new Map([...stories].map(([lot, story]) => [lot, originOf(story)]));
  const rows = [...stories].flatMap(([lot, story]) => {
    const handOvers = handOversOf(story, source);
    return story.passages.flatMap((passage) => rowOf({ lot, story, passage, handOvers, texts, origin: origins.get(lot), record: told.get(passage.event.id)?.record, options }));
  });
  return rows.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(row: RegulatorRow): string {
  return [row.Date, row['Time (UTC)'], row.Event, row['Food used or produced'] === 'produced' ? '1' : '0', row['Traceability lot code']].join('\n');
}

/** Where a lot's code was given. */
function originOf({ id, passages }: Story): string | undefined {
  const first = passages.find(({ event: { links }, under }) => under === id && ((links.type === 'ObjectEvent' && links.action === 'ADD') || [...links.outputs, ...links.outputQuantities.map((element) => element.id)].includes(id)));
  return first === undefined ? undefined : siteOf(first.event.links);
}

interface Ground {
  readonly lot: string;
  readonly story: Story;
  readonly passage: Passage;
  readonly handOvers: readonly HandOver[];
  readonly texts: ReadonlyMap<string, string>;
  readonly origin: string | undefined;
  readonly record: TraceEventRecord | undefined;
  readonly options: RowOptions;
}

function rowOf({ lot, story, passage, handOvers, texts, origin, record, options }: Ground): RegulatorRow[] {
  const { event, under } = passage;
  const { links } = event;
  const kind = trackingEventOf(links);
  // What is made or harvested is named by itself; a container is not food.
  if (kind === undefined || (under !== lot && kind !== 'Shipping' && kind !== 'Receiving')) return [];
  const describe = (id: string | undefined): string => (id === undefined ? '' : (texts.get(id) ?? nameById(id, options)));
  const party = (each: HandOver['from'] | undefined, place: string | undefined): string => {
    const who = each?.id === undefined ? (each?.mspId === undefined ? '' : options.nameOf(each.mspId)) : describe(each.id);
    return [who, describe(place)].filter((text, index, all) => text !== '' && all.indexOf(text) === index).join(', ');
  };
  const own = handOvers.find(({ events }) => events.includes(event.id));
  const next = own ?? handOvers.find(({ shipped }) => shipped !== undefined && shipped >= links.time);
  const documents = own?.documents ?? links.bizTransactions;
  // What living things were fed with is not harvested; it stands with what was made of it.
  const sides = sidesOf(links, lot).filter((side) => kind !== 'Harvesting' || side !== 'used');
  return sides.flatMap((side) =>
    quantitiesOf(story, passage, side).map(({ unit, quantity }) => {
      const row: RegulatorRow = {
        'Critical tracking event': kind,
        'Traceability lot code': lotCodeOf(lot),
        'Product identifier': productOf(lot),
        'Product description': texts.get(lot) ?? texts.get(`https://id.gs1.org/01/${productOf(lot)}`) ?? descriptionIn(record),
        'Food used or produced': side === 'moved' ? '' : side,
        Quantity: quantity,
        'Unit of measure': unit,
        Date: links.time.slice(0, 10),
        'Time (UTC)': links.time.slice(11, 19),
        Location: describe(siteOf(links)),
        'Previous source': kind === 'Receiving' ? party(own?.from, own?.fromPlace) : '',
        'Subsequent recipient': kind === 'Shipping' || kind === 'Harvesting' || kind === 'Cooling' ? party(next?.to, next?.toPlace) : '',
        'Traceability lot code source': describe(origin),
        'Harvest details': kind === 'Harvesting' || kind === 'First land-based receiving' ? detailsOf(record) : '',
        'Made of traceability lot codes': side === 'produced' ? [...links.inputs, ...links.inputQuantities.map((element) => element.id)].map(lotCodeOf).join('; ') : '',
        Container: under === lot ? '' : under,
        'Reference document type': documents.map(({ type }) => type).join('; '),
        'Reference document': documents.map(({ id }) => id).join('; '),
        'Captured by': options.nameOf(event.reporter),
        Event: event.id,
        'Missing key data elements': '',
      };
      return { ...row, 'Missing key data elements': required[kind].filter((name) => row[name] === '').join('; ') };
    }),
  );
}

type Side = 'used' | 'produced' | 'moved';

function sidesOf(links: EventLinks, lot: string): Side[] {
  if (links.type !== 'TransformationEvent') return links.action === 'ADD' ? ['produced'] : ['moved'];
  const used = [...links.inputs, ...links.inputQuantities.map(({ id }) => id)].includes(lot);
  const produced = [...links.outputs, ...links.outputQuantities.map(({ id }) => id)].includes(lot);
  return [...(used ? (['used'] as const) : []), ...(produced ? (['produced'] as const) : [])];
}

/** One row a unit; one without quantity where the event does not count. */
function quantitiesOf(story: Story, passage: Passage, side: Side): readonly { readonly unit: string; readonly quantity: string }[] {
  const { links } = passage.event;
  const none = [{ unit: '', quantity: '' }];
  if (links.type === 'TransformationEvent') {
    const elements = (side === 'used' ? links.inputQuantities : links.outputQuantities).filter(({ id }) => id === story.id);
    return elements.length === 0 ? [{ unit: 'EA', quantity: '1' }] : elements.map(({ quantity = '', uom }) => ({ quantity, unit: quantity === '' ? '' : (uom ?? 'EA') }));
  }
  const amounts = [...(amountIn(story, passage) ?? [])];
  return amounts.length === 0 ? none : amounts.map(([unit, quantity]) => ({ unit, quantity: formatQuantity(quantity) }));
}

function lotCodeOf(id: string): string {
  const code = /\/(?:10|21)\/([^/]+)$/.exec(id)?.[1];
  return code === undefined ? id : decodeURIComponent(code);
}

function productOf(id: string): string {
  const key = parseKey(id);
  return key?.ai === '01' ? key.value : '';
}

function nameById(id: string, { memberOf, nameOf }: RowOptions): string {
  const mspId = memberOf(id);
  return mspId === undefined ? id : `${nameOf(mspId)} (${id})`;
}

function descriptionIn(record: TraceEventRecord | undefined): string {
  return fieldsIn(record?.event['ilmd'], /(?:descriptionShort|productDescription|productName)$/)[0]?.[1] ?? '';
}

function detailsOf(record: TraceEventRecord | undefined): string {
  return fieldsIn(record?.event['ilmd'], HARVEST).slice(0, MAX_DETAILS).map(([name, value]) => `${name}: ${value}`).join('; ');
}

/** Texts of a tree of fields with these names, without their prefixes. Events are bounded in depth. */
function fieldsIn(value: unknown, names: RegExp): (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((each) => fieldsIn(each, names));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => (names.test(name) && (typeof inner === 'string' || typeof inner === 'number') ? [[name.replace(/^.*[:#/]/, ''), String(inner)] as const] : fieldsIn(inner, names)));
}
