import { contextFault, isObject, isUri, own, parseContext } from './context';
import { guardJson, MAX_DEPTH, MAX_EVENTS, memberPath } from './guard';
import { EpcisInputError, refuseInput as fail } from './input-error';
import { scanJson } from './json-scan';
import { parseJsonText } from './json-text';
import { decodeText } from './text';
import { parseTime } from './time';
import type { EpcisInput, EpcisInputEvent, EpcisProblem, InputLimits, JsonObject } from './types';
import { pathInInput, readXmlDocument } from './xml';

const DEFAULT_BYTES = 20 * 1024 * 1024;

type JsonInput = Omit<EpcisInput, 'syntax'>;

/**
 * Reads an EPCISDocument or EPCISQueryDocument in JSON-LD or XML (2.0, and XML 1.x), one event or an array of events in
 * JSON-LD, as text, bytes or JSON value; which syntax it was stands in the result. Events come out as JSON-LD objects.
 * Only the frame is judged here; each event is judged by validateEvent. Throws EpcisInputError with all problems of the frame.
 */
export function parseEpcisDocument(input: unknown, limits: InputLimits = {}): EpcisInput {
  const text = readText(input, limits);
  if (text !== undefined && /^[ \t\r\n]*</.test(text)) {
    const { frame, ...read } = readXmlDocument(text, limits);
    return { syntax: 'xml', ...frame, ...read };
  }
  const root = text === undefined ? input : parseJson(text, limits.maxDepth ?? MAX_DEPTH);
  const maxEvents = limits.maxEvents ?? MAX_EVENTS;
  const count = listLength(root);
  if (count > maxEvents) fail('$', 'epcis.too-many-events', `The input holds ${count} events; at most ${maxEvents} are taken at once. Split the document.`);
  const guarded = guardJson(root, '$', limits.maxDepth ?? MAX_DEPTH).map(nameEvent);
  if (guarded.length > 0) throw new EpcisInputError(guarded);
  const result = Array.isArray(root) ? readEvents(root) : isObject(root) ? readRoot(root) : fail('$', 'epcis.input', 'The input is neither an EPCIS document nor an event; give a JSON object with a "type".');
  if (result.events.length === 0) fail('$', 'epcis.no-events', 'The input holds no events.');
  return { syntax: 'json', ...result };
}

/** A problem of one event, its path beginning with "$", told by the event's place in its input. */
export function locateProblem(item: EpcisInputEvent, problem: EpcisProblem): EpcisProblem {
  return { ...problem, event: item.index, path: pathInInput(item.path, problem.path, item.moved) };
}

/** Text of an input that is text or bytes; undefined for a JSON value. */
function readText(input: unknown, limits: InputLimits): string | undefined {
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) return undefined;
  const maxBytes = limits.maxBytes ?? DEFAULT_BYTES;
  const bytes = typeof input === 'string' ? Buffer.byteLength(input, 'utf8') : input.byteLength;
  if (bytes > maxBytes) fail('$', 'epcis.too-large', `The input is ${bytes} bytes long; at most ${maxBytes} are taken. Split the document.`);
  return typeof input === 'string' ? input.replace(/^\ufeff/, '') : decodeText(input);
}

function parseJson(text: string, maxDepth: number): unknown {
  const problem = scanJson(text, maxDepth);
  if (problem !== undefined) throw new EpcisInputError([nameEvent(problem)]);
  return parseJsonText(text, (reason) => fail('$', 'json.syntax', `The input is not JSON, and no XML either: ${reason}.`));
}

/** Length of the event list, before anything of it is looked at. */
function listLength(root: unknown): number {
  if (Array.isArray(root)) return root.length;
  const body = isObject(root) ? own(root, 'epcisBody') : undefined;
  const results = isObject(body) ? own(body, 'queryResults') : undefined;
  const resultsBody = isObject(results) ? own(results, 'resultsBody') : undefined;
  return Math.max(...[body, resultsBody].map((holder) => (isObject(holder) ? own(holder, 'eventList') : undefined)).map((list) => (Array.isArray(list) ? list.length : 0)));
}

/** Index of the event that a path lies in, for problems found before events are told apart. */
function nameEvent(problem: EpcisProblem): EpcisProblem {
  const match = /^\$(?:\.epcisBody(?:\.queryResults\.resultsBody)?\.eventList)?\[([0-9]+)\]/.exec(problem.path);
  return match === null ? problem : { event: Number(match[1]), ...problem };
}

const bareContext = parseContext(undefined);

function readEvents(list: readonly unknown[]): JsonInput {
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

function readRoot(root: JsonObject): JsonInput {
  const type = own(root, 'type');
  if (type === 'EPCISDocument') return readDocument(root);
  if (type === 'EPCISQueryDocument') return readQueryDocument(root);
  if (typeof type !== 'string') fail('$.type', 'epcis.type', 'The input has no "type"; it must be EPCISDocument, EPCISQueryDocument or the type of an event.');
  const rawContext = own(root, '@context');
  return { kind: 'event', context: parseContext(rawContext), ...(rawContext === undefined ? {} : { rawContext }), events: [{ index: 0, path: '$', event: root }] };
}

const documentFields = new Set(['@context', 'id', 'type', 'schemaVersion', 'creationDate', 'instanceIdentifier', 'sender', 'receiver', 'epcisHeader', 'epcisBody']);

function readFrame(root: JsonObject, complete: boolean): { frame: Omit<JsonInput, 'events' | 'kind'>; body: JsonObject } {
  const problems: EpcisProblem[] = [];
  const add = (path: string, rule: string, message: string): void => {
    problems.push({ path, rule, message });
  };
  for (const name of Object.keys(root)) {
    if (!documentFields.has(name) && !isUri(name)) add(memberPath('$', name), 'epcis.unknown-field', `EPCIS documents have no field "${name.slice(0, 60)}"; remove it or give it a namespace prefix.`);
  }
  const context = own(root, '@context');
  if (context === undefined) add('$["@context"]', 'epcis.required', 'The document has no "@context"; add "https://ref.gs1.org/standards/epcis/epcis-context.jsonld".');
  const contextProblem = context === undefined ? undefined : contextFault(context);
  if (contextProblem !== undefined) add('$["@context"]', 'epcis.context', contextProblem);
  for (const name of ['id', 'instanceIdentifier', 'sender', 'receiver']) {
    const value = own(root, name);
    if (value !== undefined && (typeof value !== 'string' || (name === 'id' && !isUri(value)))) add(`$.${name}`, 'epcis.shape', `This must be a ${name === 'id' ? 'URI' : 'text'}.`);
  }
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

function readDocument(root: JsonObject): JsonInput {
  const { frame, body } = readFrame(root, true);
  const single = own(body, 'event');
  if (isObject(single) && own(body, 'eventList') === undefined) return { kind: 'document', ...frame, events: [{ index: 0, path: '$.epcisBody.event', event: single }] };
  return { kind: 'document', ...frame, events: eventsAt(own(body, 'eventList'), '$.epcisBody.eventList') };
}

function readQueryDocument(root: JsonObject): JsonInput {
  const { frame, body } = readFrame(root, false);
  const results = own(body, 'queryResults');
  const resultsBody = isObject(results) ? own(results, 'resultsBody') : undefined;
  if (!isObject(resultsBody)) return fail('$.epcisBody.queryResults.resultsBody', 'epcis.required', 'The query document has no "queryResults" with a "resultsBody".');
  return { kind: 'query', ...frame, events: eventsAt(own(resultsBody, 'eventList'), '$.epcisBody.queryResults.resultsBody.eventList') };
}
