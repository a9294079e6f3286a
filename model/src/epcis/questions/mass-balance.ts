import { compareUtf8 } from '../../canonical';
import { formatQuantity, parseQuantity, quantityPattern } from '../../quantity';
import { countOf, movementsOf, PIECES } from '../movements';
import type { ClassQuantity, EventLinks } from '../types';
import { itemsOf, processesOf } from './one-step';
import { defaultBands } from './process-kind';
import { amountIn, siteOf, siteOfPlace, storyOf } from './story';
import type { Passage, Story } from './story';
import type { BalanceLine, BalanceProblem, MassBalance, Process, ProcessKind, QuestionSource, ToldEvent, UnitQuantity, YieldBand, YieldBands } from './types';

type Way = 'received' | 'produced' | 'consumed' | 'shipped' | 'waste';

interface Moved {
  readonly event: ToldEvent;
  readonly site: string;
  readonly way: Way;
  readonly unit: string;
  readonly quantity: bigint;
}

interface Running {
  readonly site: string;
  readonly unit: string;
  readonly sums: Record<Way, bigint>;
}

const WAYS: readonly Way[] = ['received', 'produced', 'consumed', 'shipped', 'waste'];
const inflow = (way: Way): boolean => way === 'received' || way === 'produced';
/** Steps by which goods come in, the one that counts first: a lot that is received, accepted and stored came in once. */
const ARRIVALS: readonly string[] = ['receiving', 'accepting', 'storing'];
const COUNTING: readonly (string | undefined)[] = ['cycle_counting', 'stock_taking'];
const WASTED: readonly (string | undefined)[] = ['destroyed', 'disposed', 'expired', 'damaged'];
const HANDED_OUT: readonly (string | undefined)[] = ['shipping', 'retail_selling', 'dispensing'];
const ONE = parseQuantity('1');

/**
 * Whether a lot adds up, site by site: received + produced = consumed + shipped + waste + on hand. On hand is what is left;
 * what is checked is that never more left than was there, that a stock count says the same, that no more arrived than was
 * sent, and that each transformation keeps within the yield of its kind. Goods in containers count with what was packed.
 */
export async function massBalance(id: string, source: QuestionSource, options: { readonly site?: string; readonly bands?: YieldBands } = {}): Promise<MassBalance> {
  const story = await storyOf(id, source);
  const uncounted = new Set<string>();
  const moved = movements(story, uncounted);
  const problems: BalanceProblem[] = [];
  const lines = run(story, moved, problems);
  const processes = await Promise.all((await processesOf(id, 'both', story.eventsOf.get(id) ?? [], source)).map(({ events }) => processOf(events, options.bands ?? {})));
  for (const process of processes) if (process.within === false) problems.push({ rule: 'yield', message: `${process.kind} gave ${process.yield ?? ''} of its input; ${process.band.max === undefined ? `at least ${process.band.min}` : `${process.band.min} to ${process.band.max}`} is plausible`, events: process.events });
  const totals = totalsOf(lines);
  for (const { unit, inTransit } of totals) if (inTransit.startsWith('-')) problems.push({ rule: 'more received than shipped', message: `${inTransit.slice(1)} ${unit} more were received than shipped`, events: moved.filter((each) => each.way === 'received' && each.unit === unit).map(({ event }) => event.id), unit, by: inTransit.slice(1) });
  const site = options.site === undefined ? undefined : siteOfPlace(options.site);
  return {
    id,
    lines: lines.filter((line) => site === undefined || line.site === site).map(lineOf),
    totals,
    processes,
    problems: problems.filter((problem) => site === undefined || problem.site === undefined || problem.site === site),
    uncounted: [...uncounted],
  };
}

function movements(story: Story, uncounted: Set<string>): Moved[] {
  const arrivals = new Map<string, Set<string>>();
  const made = new Set<string>();
  for (const { event } of story.passages) {
    const { type, action, bizStep } = event.links;
    const site = siteOf(event.links) ?? '';
    if (type === 'ObjectEvent' && action === 'OBSERVE' && bizStep !== undefined && ARRIVALS.includes(bizStep)) arrivals.set(site, (arrivals.get(site) ?? new Set()).add(bizStep));
    if ((type === 'ObjectEvent' && action === 'ADD') || (type === 'TransformationEvent' && itemsOf(event.links, 'out').some((item) => item.id === story.id))) made.add(site);
  }
  const arrivesBy = (site: string): string | undefined => ARRIVALS.find((step) => arrivals.get(site)?.has(step) === true && (step !== 'storing' || !made.has(site)));
  return story.passages.flatMap((passage) => {
    const { event } = passage;
    const site = siteOf(event.links) ?? '';
    const way = wayOf(passage, story.id, arrivesBy(site));
    if (way === undefined) return [];
    const amounts = event.links.type === 'TransformationEvent' ? undefined : amountIn(story, passage);
    if (event.links.type === 'TransformationEvent') return transformed(event, story.id, site, uncounted);
    if (amounts === undefined) {
      uncounted.add(event.id);
      return [];
    }
    return [...amounts].map(([unit, quantity]): Moved => ({ event, site, way, unit, quantity }));
  });
}

function wayOf({ event: { links }, under }: Passage, id: string, arrivesBy: string | undefined): Way | undefined {
  const { type, action, bizStep, disposition } = links;
  if (type === 'TransformationEvent') return 'produced';
  if (type !== 'ObjectEvent') return undefined;
  // Making and unmaking a container is no movement of what is in it.
  if (action === 'ADD') return under === id ? 'produced' : undefined;
  if (action === 'DELETE') {
    if (HANDED_OUT.includes(bizStep)) return 'shipped';
    if (bizStep === 'destroying' || WASTED.includes(disposition)) return 'waste';
    return under === id ? 'consumed' : undefined;
  }
  if (bizStep === 'shipping') return 'shipped';
  return bizStep !== undefined && bizStep === arrivesBy ? 'received' : undefined;
}

function transformed(event: ToldEvent, id: string, site: string, uncounted: Set<string>): Moved[] {
  const { inputs, outputs } = event.links;
  const single: Moved[] = [...(inputs.includes(id) ? [{ event, site, way: 'consumed' as const, unit: PIECES, quantity: ONE }] : []), ...(outputs.includes(id) ? [{ event, site, way: 'produced' as const, unit: PIECES, quantity: ONE }] : [])];
  const counted = movementsOf(event.links).filter(({ lot }) => lot === id);
  if (counted.some(({ quantity }) => quantity === undefined)) uncounted.add(event.id);
  return [...single, ...counted.flatMap(({ way, unit, quantity }): Moved[] => (quantity === undefined ? [] : [{ event, site, way: way === 'used' ? 'consumed' : 'produced', unit, quantity }]))];
}

/** In order of time; what comes in at one time counts before what goes out. */
function run(story: Story, moved: readonly Moved[], problems: BalanceProblem[]): Running[] {
  const lines = new Map<string, Running>();
  const lineFor = (site: string, unit: string): Running => {
    const key = `${site}\n${unit}`;
    const line = lines.get(key) ?? { site, unit, sums: { received: 0n, produced: 0n, consumed: 0n, shipped: 0n, waste: 0n } };
    lines.set(key, line);
    return line;
  };
  const counts: { event: ToldEvent; time: string }[] = story.passages.filter(({ event: { links }, under }) => under === story.id && links.type === 'ObjectEvent' && links.action === 'OBSERVE' && COUNTING.includes(links.bizStep)).map(({ event }) => ({ event, time: event.links.time }));
  const seen = story.passages.filter(({ event: { links } }) => links.type === 'ObjectEvent' && links.action === 'OBSERVE' && links.bizStep !== 'shipping' && !COUNTING.includes(links.bizStep) && siteOf(links) !== undefined);
  const steps = [...moved.map((move) => ({ move, time: move.event.links.time, rank: inflow(move.way) ? 0 : 2 })), ...seen.map((passage) => ({ passage, time: passage.event.links.time, rank: 1 })), ...counts.map(({ event, time }) => ({ count: event, time, rank: 3 }))].sort((a, b) => compareUtf8(a.time, b.time) || a.rank - b.rank);
  for (const step of steps) {
    if ('count' in step) checkCount(story.id, step.count, lineFor, problems);
    else if ('passage' in step) carryOver(story, step.passage, lines, lineFor);
    else {
      const { site, unit, way, quantity, event } = step.move;
      const line = lineFor(site, unit);
      const before = onHand(line);
      line.sums[way] += quantity;
      const after = onHand(line);
      if (after < 0n && after < before) {
        const by = formatQuantity(before < 0n ? quantity : -after);
        problems.push({ rule: 'more than available', message: `${formatQuantity(quantity)} ${unit} were ${way === 'waste' ? 'destroyed' : way}${site === '' ? '' : ` at ${site}`}, ${by} more than were there`, events: [event.id], ...(site === '' ? {} : { site }), unit, by });
      }
    }
  }
  return [...lines.values()].sort((a, b) => compareUtf8(a.site, b.site) || compareUtf8(a.unit, b.unit));
}

/**
 * What is seen at a site, and did not arrive there by a shipment, was brought there by who holds it (landed, transshipped,
 * moved to a store): it leaves the site where it was last and counts as shipped there and received here.
 */
function carryOver(story: Story, passage: Passage, lines: ReadonlyMap<string, Running>, lineFor: (site: string, unit: string) => Running): void {
  const site = siteOf(passage.event.links) ?? '';
  for (const [unit, quantity] of amountIn(story, passage) ?? []) {
    const here = lineFor(site, unit);
    let missing = quantity - onHand(here);
    for (const line of [...lines.values()].reverse()) {
      const there = onHand(line);
      if (line === here || line.unit !== unit || there <= 0n || missing <= 0n) continue;
      const brought = there < missing ? there : missing;
      line.sums.shipped += brought;
      here.sums.received += brought;
      missing -= brought;
    }
  }
}

function checkCount(id: string, event: ToldEvent, lineFor: (site: string, unit: string) => Running, problems: BalanceProblem[]): void {
  const site = siteOf(event.links) ?? '';
  for (const [unit, quantity] of countOf(event.links, id) ?? []) {
    const difference = quantity - onHand(lineFor(site, unit));
    if (difference !== 0n) problems.push({ rule: 'stock count', message: `${formatQuantity(quantity)} ${unit} were counted${site === '' ? '' : ` at ${site}`}, ${signed(difference < 0n ? -difference : difference)} ${difference < 0n ? 'less' : 'more'} than events tell`, events: [event.id], ...(site === '' ? {} : { site }), unit, by: signed(difference) });
  }
}

function onHand({ sums: { received, produced, consumed, shipped, waste } }: Running): bigint {
  return received + produced - consumed - shipped - waste;
}

function signed(quantity: bigint): string {
  return quantity < 0n ? `-${formatQuantity(-quantity)}` : formatQuantity(quantity);
}

function lineOf(line: Running): BalanceLine {
  const { site, unit, sums } = line;
  const [received = '0', produced = '0', consumed = '0', shipped = '0', waste = '0'] = WAYS.map((way) => formatQuantity(sums[way]));
  return { ...(site === '' ? {} : { site }), unit, received, produced, consumed, shipped, waste, onHand: signed(onHand(line)) };
}

function totalsOf(lines: readonly Running[]): MassBalance['totals'] {
  return [...new Set(lines.map(({ unit }) => unit))].map((unit) => {
    const mine = lines.filter((line) => line.unit === unit);
    const sum = (of: (line: Running) => bigint): bigint => mine.reduce((total, line) => total + of(line), 0n);
    return {
      unit,
      produced: formatQuantity(sum(({ sums }) => sums.produced)),
      consumed: formatQuantity(sum(({ sums }) => sums.consumed)),
      waste: formatQuantity(sum(({ sums }) => sums.waste)),
      onHand: signed(sum(onHand)),
      inTransit: signed(sum(({ sums }) => sums.shipped - sums.received)),
    };
  });
}

function processOf(events: readonly ToldEvent[], bands: YieldBands): Process {
  const kind: ProcessKind = events.map(({ process }) => process).find((each) => each !== 'processing') ?? 'processing';
  const band = bands[kind] ?? defaultBands[kind];
  const inputs = sumOf(events, 'in');
  const outputs = sumOf(events, 'out');
  const shown = (sums: ReadonlyMap<string, bigint> | undefined): UnitQuantity[] => [...(sums ?? [])].map(([unit, quantity]) => ({ unit, quantity: formatQuantity(quantity) }));
  const base = { events: events.map(({ id }) => id), kind, inputs: shown(inputs), outputs: shown(outputs), band };
  const [unit, input] = inputs?.size === 1 ? ([...inputs][0] ?? []) : [];
  const output = unit === undefined || outputs?.size !== 1 ? undefined : outputs.get(unit);
  if (input === undefined || output === undefined || input === 0n) return base;
  return { ...base, yield: formatQuantity((output * ONE) / input), within: fits(input, output, band) };
}

/** Exactly, without division. */
function fits(input: bigint, output: bigint, { min, max }: YieldBand): boolean {
  return output * ONE >= input * parseQuantity(min) && (max === undefined || output * ONE <= input * parseQuantity(max));
}

/** Undefined if one of them is not counted. */
function sumOf(events: readonly ToldEvent[], side: 'in' | 'out'): ReadonlyMap<string, bigint> | undefined {
  const sums = new Map<string, bigint>();
  for (const { id: _id, quantity, uom = PIECES } of events.flatMap(({ links }: { readonly links: EventLinks }): ClassQuantity[] => itemsOf(links, side))) {
    if (quantity === undefined || !quantityPattern.test(quantity)) return undefined;
    sums.set(uom, (sums.get(uom) ?? 0n) + parseQuantity(quantity));
  }
  return sums;
}
