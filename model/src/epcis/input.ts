import { DualchainError } from '../errors';
import { isObject, own, parseContext } from './context';
import { guardJson, MAX_DEPTH } from './guard';
import { parseTime } from './time';
import type { EpcisInput, EpcisInputEvent, EpcisProblem, InputLimits, JsonObject } from './types';

/** An EPCIS input that cannot be read: code INVALID_EPCIS, every problem with event index, JSON path and rule. */
export class EpcisInputError extends DualchainError {
  readonly problems: readonly EpcisProblem[];

  constructor(problems: readonly EpcisProblem[]) {
    const [first] = problems;
    super('INVALID_EPCIS', `${first === undefined ? 'The EPCIS input is not valid.' : `${first.path}: ${first.message}`}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`, { details: { problems } });
    this.problems = problems;
  }
}

const DEFAULT_BYTES = 20 * 1024 * 1024;
const DEFAULT_EVENTS = 100_000;

const fail = (path: string, rule: string, message: string): never => {
  throw new EpcisInputError([{ path, rule, message }]);
};

/**
 * Reads an EPCISDocument, an EPCISQueryDocument, one event or an array of events, as text, bytes (UTF-8) or JSON value.
 * Only the frame is judged here; each event is judged by validateEvent. Throws EpcisInputError with all problems of the frame.
 */
export function parseEpcisDocument(input: unknown, limits: InputLimits = {}): EpcisInput {
  const root = readJson(input, limits);
  const guarded = guardJson(root, '$', limits.maxDepth ?? MAX_DEPTH).map(nameEvent);
  if (guarded.length > 0) throw new EpcisInputError(guarded);
  const result = Array.isArray(root) ? readEvents(root) : isObject(root) ? readRoot(root) : fail('$', 'epcis.input', 'The input is neither an EPCIS document nor an event; give a JSON object with a "type".');
  if (result.events.length === 0) fail('$', 'epcis.no-events', 'The input holds no events.');
  const maxEvents = limits.maxEvents ?? DEFAULT_EVENTS;
  if (result.events.length > maxEvents) fail('$', 'epcis.too-many-events', `The input holds ${result.events.length} events; at most ${maxEvents} are taken at once. Split the document.`);
  return result;
}

function readJson(input: unknown, limits: InputLimits): unknown {
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) return input;
  const maxBytes = limits.maxBytes ?? DEFAULT_BYTES;
  const bytes = typeof input === 'string' ? Buffer.byteLength(input, 'utf8') : input.byteLength;
  if (bytes > maxBytes) fail('$', 'epcis.too-large', `The input is ${bytes} bytes long; at most ${maxBytes} are taken. Split the document.`);
  try {
    const text = typeof input === 'string' ? input.replace(/^\ufeff/, '') : new TextDecoder('utf-8', { fatal: true }).decode(input);
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown reason';
    return fail('$', 'json.syntax', `The input is not JSON in UTF-8: ${reason}.`);
  }
}

/** Index of the event that a path lies in, for problems found before events are told apart. */
function nameEvent(problem: EpcisProblem): EpcisProblem {
  const match = /^\$(?:\.epcisBody(?:\.queryResults\.resultsBody)?\.eventList)?\[([0-9]+)\]/.exec(problem.path);
  return match === null ? problem : { event: Number(match[1]), ...problem };
}

const bareContext = parseContext(undefined);

function readEvents(list: readonly unknown[]): EpcisInput {
  return { kind: 'events', context: bareContext, events: eventsAt(list, '$') };
}

function eventsAt(list: unknown, path: string): EpcisInputEvent[] {
  if (!Array.isArray(list)) return fail(path, 'epcis.event-list', 'The event list must be an array of events.');
  const problems: EpcisProblem[] = [];
  const events: EpcisInputEvent[] = [];
  list.forEach((event: unknown, index) => {
    if (isObject(event)) events.push({ index, path: `${path}[${index}]`, event });
    else problems.push({ event: index, path: `${path}[${index}]`, rule: 'epcis.event', message: 'The event must be a JSON object.' });
  });
  if (problems.length > 0) throw new EpcisInputError(problems);
  return events;
}

function readRoot(root: JsonObject): EpcisInput {
  const type = own(root, 'type');
  if (type === 'EPCISDocument') return readDocument(root);
  if (type === 'EPCISQueryDocument') return readQueryDocument(root);
  if (typeof type !== 'string') fail('$.type', 'epcis.type', 'The input has no "type"; it must be EPCISDocument, EPCISQueryDocument or the type of an event.');
  const rawContext = own(root, '@context');
  return { kind: 'event', context: parseContext(rawContext), ...(rawContext === undefined ? {} : { rawContext }), events: [{ index: 0, path: '$', event: root }] };
}

const documentFields = new Set(['@context', 'id', 'type', 'schemaVersion', 'creationDate', 'instanceIdentifier', 'sender', 'receiver', 'epcisHeader', 'epcisBody']);

function readFrame(root: JsonObject, complete: boolean): { frame: Omit<EpcisInput, 'events' | 'kind'>; body: JsonObject } {
  const problems: EpcisProblem[] = [];
  const add = (path: string, rule: string, message: string): void => {
    problems.push({ path, rule, message });
  };
  for (const name of Object.keys(root)) {
    if (!documentFields.has(name) && !name.includes(':')) add(`$.${name}`, 'epcis.unknown-field', `EPCIS documents have no field "${name.slice(0, 60)}"; remove it or give it a namespace prefix.`);
  }
  const context = own(root, '@context');
  if (context === undefined) add('$["@context"]', 'epcis.required', 'The document has no "@context"; add "https://ref.gs1.org/standards/epcis/epcis-context.jsonld".');
  else if (typeof context !== 'string' && typeof context !== 'object') add('$["@context"]', 'epcis.context', 'The "@context" must be a URI, an object or an array of these.');
  const version = own(root, 'schemaVersion');
  if (version === undefined ? complete : typeof version !== 'string' || !/^2(\.[0-9]+)*$/.test(version)) add('$.schemaVersion', 'epcis.schema-version', 'The "schemaVersion" must be "2.0"; convert documents of EPCIS 1.x first.');
  const created = own(root, 'creationDate');
  if (created === undefined ? complete : typeof created !== 'string' || parseTime(created) === undefined) add('$.creationDate', 'epcis.time', 'The "creationDate" must be a time with offset such as "2026-11-24T08:00:00Z".');
  const header = own(root, 'epcisHeader');
  if (header !== undefined && !isObject(header)) add('$.epcisHeader', 'epcis.shape', 'The "epcisHeader" must be an object.');
  const body = own(root, 'epcisBody');
  if (!isObject(body)) add('$.epcisBody', 'epcis.required', 'The document has no "epcisBody" object.');
  if (problems.length > 0 || !isObject(body)) throw new EpcisInputError(problems);
  return {
    body,
    frame: {
      context: parseContext(context),
      rawContext: context,
      ...(typeof created === 'string' ? { creationDate: created } : {}),
      ...(typeof version === 'string' ? { schemaVersion: version } : {}),
      ...(isObject(header) ? { header } : {}),
    },
  };
}

function readDocument(root: JsonObject): EpcisInput {
  const { frame, body } = readFrame(root, true);
  const single = own(body, 'event');
  if (isObject(single) && own(body, 'eventList') === undefined) return { kind: 'document', ...frame, events: [{ index: 0, path: '$.epcisBody.event', event: single }] };
  return { kind: 'document', ...frame, events: eventsAt(own(body, 'eventList'), '$.epcisBody.eventList') };
}

function readQueryDocument(root: JsonObject): EpcisInput {
  const { frame, body } = readFrame(root, false);
  const results = own(body, 'queryResults');
  const resultsBody = isObject(results) ? own(results, 'resultsBody') : undefined;
  if (!isObject(resultsBody)) return fail('$.epcisBody.queryResults.resultsBody', 'epcis.required', 'The query document has no "queryResults" with a "resultsBody".');
  return { kind: 'query', ...frame, events: eventsAt(own(resultsBody, 'eventList'), '$.epcisBody.queryResults.resultsBody.eventList') };
}
