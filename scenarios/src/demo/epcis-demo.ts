import type { CapturedEvent, Dualchain, RefusedEvent, Trace } from '@dualchain/client';
import { connect } from '@dualchain/client';
import type { EpcisInput, EventLinks } from '@dualchain/model';
import { DualchainError, eventLinks, glnOf, parseEpcisDocument, parseKey, shortId, summary } from '@dualchain/model';
import { readFileSync, statSync } from 'node:fs';
import { founding, Stage } from '../play/index';
import type { PlayableNetwork, PlayingOrganisation } from '../play/index';
import { loadStory } from '../story/index';
import type { Actor } from '../story/index';
import type { Screen } from './screen';
import { clip, WIDTH } from './screen';
import { traceTree } from './trace-tree';

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 40;
const MAX_LOTS = 200;
const MAX_TREES = 5;
const MAX_TREE_LINES = 60;
const MAX_REFUSED = 20;
const MAX_CONTAINERS = 8;
const DEFAULT_REPORTER: Actor = 'processor';

/** A file as it is captured: its text, and its frame, which was found to be readable. */
export interface EpcisFile {
  readonly file: string;
  readonly text: string;
  readonly input: EpcisInput;
}

/** Reads a file before anything is started for it. Throws INVALID_INPUT (unreadable), INVALID_EPCIS (no EPCIS). */
export function readEpcisFile(file: string): EpcisFile {
  let text: string;
  try {
    const size = statSync(file).size;
    if (size > MAX_BYTES) throw new DualchainError('TOO_LARGE', `${file} is ${size} bytes long; at most ${MAX_BYTES} are taken. Split the document.`);
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    if (cause instanceof DualchainError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new DualchainError('INVALID_INPUT', missing ? `There is no file ${file}.` : `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
  try {
    return { file, text, input: parseEpcisDocument(text) };
  } catch (cause) {
    if (!(cause instanceof DualchainError)) throw cause;
    throw new DualchainError(cause.code, `${file}: ${cause.message}`, { cause, details: { ...cause.details } });
  }
}

/**
 * Captures a file and traces every lot in it. Answers whether every event was captured.
 * Throws what `capture` and the queries throw.
 */
export async function runEpcisDemo(screen: Screen, network: PlayableNetwork, { file, text, input }: EpcisFile, signal?: AbortSignal): Promise<boolean> {
  await using stage = new Stage(network, loadStory(), { signal });
  for await (const _ of founding.steps(stage)) void _;
  const reporter = reporterOf(input, stage.organisations);
  await using client = await connect({ profile: network.profileDirectory(reporter), user: 'maker' });
  screen.heading('1', `Capture of ${file}`, `${stage.nameOf(client.mspId)} reports ${count(input.events.length, 'event')}; a second organisation witnesses each transaction.`);
  const report = await client.trace.capture(text, { mode: 'proceed', signal, onProgress: ({ captured, total }) => screen.progress(`captured ${captured} of ${total} …`) });
  const events = input.events.flatMap(({ event, index }) => {
    const captured = report.captured.find((each) => each.index === index);
    return captured === undefined ? [] : [{ captured, links: eventLinks(event, input.context) }];
  });
  showEvents(screen, events);
  if (events.length > 0) screen.line();
  showRefused(screen, report.refused);
  if (report.refused.length > 0) screen.line();
  const verdict = `captured ${report.captured.length} of ${report.total} events`;
  screen.line(`   ${report.refused.length === 0 ? screen.colours.green('✓') : screen.colours.red('✗')} ${screen.colours.bold(verdict)}`);
  if (events.length > 0) await showTraces(screen, client, events.map(({ links }) => links));
  return report.refused.length === 0;
}

/** Digits that GLNs of one company share at least. */
const COMPANY_DIGITS = 7;

/** The member at whose places most of the events seem to have happened, because nobody reports for another; the ledger decides. */
export function reporterOf({ events }: EpcisInput, members: readonly PlayingOrganisation[]): string {
  const seen = new Map<string, number>();
  for (const { event } of events) {
    for (const field of ['readPoint', 'bizLocation']) {
      const place = event[field];
      const id = typeof place === 'object' && place !== null && 'id' in place && typeof place.id === 'string' ? glnOf(place.id) : undefined;
      const member = members.find(({ gln }) => gln.slice(0, COMPANY_DIGITS) === id?.slice(0, COMPANY_DIGITS));
      if (member !== undefined) seen.set(member.slug, (seen.get(member.slug) ?? 0) + 1);
    }
  }
  return [...seen].sort(([, a], [, b]) => b - a)[0]?.[0] ?? DEFAULT_REPORTER;
}

function showEvents(screen: Screen, events: readonly { readonly captured: CapturedEvent; readonly links: EventLinks }[]): void {
  const rows = events.slice(0, MAX_ROWS).map(({ captured, links }) => {
    const { time, type, action, step, what } = summary(links);
    return [String(captured.index), time.slice(0, 16).replace('T', ' '), clip(step || type.replace('Event', ''), 15), action, clip(what, 37), captured.already === true ? 'again' : captured.transactionId.slice(0, 8)];
  });
  if (rows.length > 0) screen.table(['#', 'time (UTC)', 'step', 'action', 'what', 'tx'], rows, { widths: [5, 17, 16, 8, 38, null] });
  if (events.length > MAX_ROWS) screen.paragraph(`… and ${events.length - MAX_ROWS} more`, screen.colours.dim);
}

function showRefused(screen: Screen, refused: readonly RefusedEvent[]): void {
  const { red, dim } = screen.colours;
  if (refused.length === 0) return;
  for (const { index, problems } of refused.slice(0, MAX_REFUSED)) {
    for (const { path, rule, message } of problems) {
      screen.line(`   ${red('✗')} event ${index}  ${path}  ${red(rule)}`);
      screen.paragraph(message, dim, '     ');
    }
  }
  const more = refused.slice(MAX_REFUSED);
  if (more.length === 0) return;
  const rules = new Map<string, number>();
  for (const { rule } of more.flatMap(({ problems }) => problems)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  screen.paragraph(`… and ${more.length} more refused events: ${[...rules].map(([rule, times]) => `${rule} ×${times}`).join(', ')}`, dim);
}

interface TracedLot {
  readonly id: string;
  readonly back: Trace;
  readonly forward: Trace;
}

async function showTraces(screen: Screen, client: Dualchain, links: readonly EventLinks[]): Promise<void> {
  const { lots, what } = lotsIn(links);
  if (lots.length === 0) return;
  screen.heading('2', `Trace of ${count(lots.length, what)}`, 'Each is asked for at one peer: what it was made of, and what it went into, over transformations and containers.');
  const traced: TracedLot[] = [];
  for (const id of lots.slice(0, MAX_LOTS)) {
    screen.progress(`tracing ${traced.length + 1} of ${lots.length} …`);
    const [back, forward] = await Promise.all([client.trace.traceBack({ id }), client.trace.traceForward({ id })]);
    traced.push({ id, back, forward });
  }
  const size = ({ nodes, truncated, cut }: Trace) => `${nodes.length - 1}${truncated || cut.length > 0 ? '+' : ''}`;
  const rows = traced.slice(0, MAX_ROWS).map(({ id, back, forward }) => [clip(shortId(id), 62), size(back), size(forward), String(new Set([...back.events, ...forward.events]).size)]);
  screen.table([what, 'made of', 'went into', 'events'], rows, { widths: [64, 9, 10, 8], right: [1, 2, 3] });
  if (lots.length > MAX_ROWS) screen.paragraph(`… and ${lots.length - MAX_ROWS} more${lots.length > MAX_LOTS ? `, of which ${lots.length - MAX_LOTS} were not traced` : ''}`, screen.colours.dim);
  const deepest = (trace: Trace) => Math.max(0, ...trace.nodes.map(({ depth }) => depth));
  const ends = traced.filter(({ back, forward }) => back.edges.length > 0 && !forward.edges.some(({ kind }) => kind === 'transformation')).sort((a, b) => deepest(b.back) - deepest(a.back));
  for (const { id, back, forward } of ends.slice(0, MAX_TREES)) {
    screen.line();
    for (const line of traceTree(id, back.edges, { direction: 'back', maxLines: MAX_TREE_LINES })) screen.line(`   ${clip(line, WIDTH - 3)}`);
    const containers = [...new Set([...back.carriers.map((carrier) => carrier.id), ...forward.edges.flatMap(({ kind, to }) => (kind === 'aggregation' ? [to] : []))])];
    if (containers.length > 0) screen.paragraph(`on the way in ${containers.slice(0, MAX_CONTAINERS).map(shortId).join(', ')}${containers.length > MAX_CONTAINERS ? ` and ${containers.length - MAX_CONTAINERS} more` : ''}`, screen.colours.dim);
  }
  if (ends.length > MAX_TREES) screen.paragraph(`… and ${ends.length - MAX_TREES} more ends of the chain`, screen.colours.dim);
}

/** The lots that the events name, in the order in which they appear; where there are none, the single objects. */
export function lotsIn(links: readonly EventLinks[]): { lots: string[]; what: 'lot' | 'object' } {
  const transformations = new Set(links.flatMap(({ transformationId }) => transformationId ?? []));
  const subjects = [...new Set([...links].sort((a, b) => (a.time < b.time ? -1 : 1)).flatMap((each) => each.subjects))].filter((id) => !transformations.has(id));
  // Lots of industry vocabularies are no GS1 keys: what has a quantity counts, unless it is a mere kind of goods.
  const classes = new Set(links.flatMap((each) => [...each.classes, ...each.inputQuantities, ...each.outputQuantities].map(({ id }) => id)));
  const lots = subjects.filter((id) => classes.has(id) && parseKey(id)?.level !== 'class');
  return lots.length > 0 ? { lots, what: 'lot' } : { lots: subjects, what: 'object' };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
