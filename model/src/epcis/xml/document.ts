import { parseContext, STANDARD_CONTEXT } from '../context';
import { guardJson, MAX_DEPTH, MAX_EVENTS } from '../guard';
import { EpcisInputError, refuseInput } from '../input-error';
import { parseTime } from '../time';
import type { EpcisInputEvent, EpcisProblem, InputLimits } from '../types';
import { convertEvent } from './event';
import { epcisNamespaces } from './fields';
import { Prefixes } from './names';
import { xmlPathOf } from './path';
import { XmlReader } from './reader';
import type { Treatment } from './reader';
import { qualified, shownName, step, trimXml } from './tree';
import type { XmlElement } from './tree';

const MAX_PROBLEMS = 20;
/** Levels of a JSON document above an event: document, body, list. */
const FRAME_DEPTH = 3;

/** What the root of an XML document says. */
export interface XmlFrame {
  readonly kind: 'document' | 'query';
  /** Schema version as written, e.g. "2.0" or "1.2". */
  readonly schemaVersion?: string;
  readonly creationDate?: string;
}

/**
 * Reads an EPCIS document in XML (2.0 and 1.x) piece by piece and hands each event over as the JSON-LD object of the
 * same event, as soon as its element ends: memory holds one event, however long the document is. Header, master data
 * and other elements beside the event list are passed by. Throws EpcisInputError (INVALID_EPCIS) with paths such as
 * "/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[2]/action".
 */
export class XmlDocumentReader {
  private readonly reader: XmlReader;
  private readonly prefixes = new Prefixes();
  private readonly problems: EpcisProblem[] = [];
  private readonly counts = new Map<string, number>();
  /** Steps to the elements whose children are told: the frame, then wrappers. */
  private readonly listPath: string[] = [];
  private found: XmlFrame | undefined;
  private rootPath = '/';
  private sawList = false;
  private bodies = 0;
  private events = 0;

  constructor(
    private readonly onEvent: (event: EpcisInputEvent) => void,
    private readonly limits: InputLimits = {},
  ) {
    this.reader = new XmlReader({ open: (element) => this.open(element), close: (element, treatment) => this.close(element, treatment), where: (open) => this.where(open) });
  }

  /** Takes the next piece of text. */
  write(text: string): void {
    this.reader.write(text);
  }

  /** Ends the document. Throws what its events cannot say, all together. */
  end(): void {
    this.reader.close();
    if (this.problems.length > 0) throw new EpcisInputError(this.problems);
    if (this.bodies === 0) refuseInput(this.rootPath, 'epcis.required', 'The document has no "EPCISBody".');
    if (!this.sawList && this.frame.kind === 'query') refuseInput(`${this.rootPath}/EPCISBody`, 'epcis.required', 'The query document has no "QueryResults" with an "EventList".');
    if (this.events === 0) refuseInput(this.rootPath, 'epcis.no-events', 'The input holds no events.');
  }

  /** What the root said; known once the first event is. */
  get frame(): XmlFrame {
    return this.found ?? { kind: 'document' };
  }

  /** JSON-LD context of the document: the standard one and the prefixes of the document. Complete once the first event is there. */
  get rawContext(): unknown {
    const declarations = this.prefixes.declarations();
    return declarations === undefined ? [STANDARD_CONTEXT] : [STANDARD_CONTEXT, declarations];
  }

  private open(element: XmlElement): Treatment {
    const above = element.parent;
    if (above === undefined) return this.root(element);
    const name = element.local;
    if (above.parent === undefined) {
      if (element.uri === '' && name === 'EPCISBody') return this.frameElement(element, ++this.bodies);
      if (isFrame(element) && name === 'EPCISBody') refuseInput(`${this.rootPath}/${step(element)}`, 'xml.namespace', 'Only the root stands in the namespace of EPCIS; declare it with a prefix (xmlns:epcis="...") instead of as the default namespace.');
      return 'skip';
    }
    switch (above.local) {
      case 'EPCISBody':
        if (name === 'EventList' && element.uri === '' && this.frame.kind === 'document') return this.list(element);
        return name === 'QueryResults' && this.frame.kind === 'query' ? this.frameElement(element) : 'skip';
      case 'QueryResults':
        return name === 'resultsBody' ? this.frameElement(element) : 'skip';
      case 'resultsBody':
        return name === 'EventList' ? this.list(element) : 'skip';
      default:
        return this.inList(element);
    }
  }

  private root(element: XmlElement): Treatment {
    const namespace = epcisNamespaces.get(element.uri);
    const expected = namespace?.query === true ? 'EPCISQueryDocument' : 'EPCISDocument';
    this.rootPath = `/${shownName(qualified(element))}`;
    if (namespace === undefined || element.local !== expected) {
      return refuseInput(this.rootPath, 'epcis.input', `The root element {${shownName(element.uri)}}${shownName(element.local)} is not one of an EPCIS document; it must be EPCISDocument in urn:epcglobal:epcis:xsd:2 (or :1), or EPCISQueryDocument in urn:epcglobal:epcis-query:xsd:2 (or :1).`);
    }
    const attribute = (name: string): string | undefined => {
      const found = element.attributes.find(({ uri, local }) => uri === '' && local === name);
      return found === undefined ? undefined : trimXml(found.value);
    };
    const schemaVersion = attribute('schemaVersion');
    const creationDate = attribute('creationDate');
    const complete = !namespace.query;
    if (schemaVersion === undefined ? complete : !new RegExp(`^${namespace.version}(\\.[0-9]+)*$`).test(schemaVersion)) {
      refuseInput(`${this.rootPath}/@schemaVersion`, 'epcis.schema-version', `The "schemaVersion" of a document in ${element.uri} must be ${namespace.version === 2 ? '"2.0"' : '"1.2", "1.1" or "1.0"'}.`);
    }
    // XML of EPCIS 1.x may leave the offset out here; nothing depends on it.
    if (creationDate === undefined ? complete : parseTime(creationDate) === undefined && (namespace.version === 2 || parseTime(`${creationDate}Z`) === undefined)) {
      refuseInput(`${this.rootPath}/@creationDate`, 'epcis.time', 'The "creationDate" must be a time with offset such as "2026-11-24T08:00:00Z".');
    }
    this.found = { kind: namespace.query ? 'query' : 'document', ...(schemaVersion === undefined ? {} : { schemaVersion }), ...(creationDate === undefined ? {} : { creationDate }) };
    return this.frameElement(element);
  }

  private frameElement(element: XmlElement, count = 1): Treatment {
    if (count > 1) refuseInput(`${this.rootPath}/${step(element)}[${count}]`, 'xml.repeated', 'A document has one EPCISBody.');
    for (const [prefix, uri] of Object.entries(element.declared)) this.prefixes.declare(prefix, uri);
    this.listPath.push(shownName(qualified(element)));
    return 'enter';
  }

  private list(element: XmlElement): Treatment {
    if (this.sawList) refuseInput(`/${[...this.listPath, step(element)].join('/')}[2]`, 'xml.repeated', 'A document has one EventList.');
    this.sawList = true;
    return this.frameElement(element);
  }

  /** Children of the event list: events, and the wrappers in which EPCIS 1.x puts the newer event types. */
  private inList(element: XmlElement): Treatment {
    if (element.uri !== '' || element.local !== 'extension') return 'keep';
    this.listPath.push(`extension[${this.count('extension')}]`);
    return 'enter';
  }

  private close(element: XmlElement, treatment: Treatment): void {
    if (treatment === 'keep') this.event(element);
    else {
      // Places within a wrapper are counted anew in the next one; nothing of this one is needed any more.
      const path = `${this.listPath.join('/')}/`;
      if (element.local === 'extension') for (const name of this.counts.keys()) if (name.startsWith(path)) this.counts.delete(name);
      this.listPath.pop();
    }
  }

  private where(open: readonly XmlElement[]): { path: string; event?: number } {
    const [event, ...inner] = open.slice(this.listPath.length);
    if (event === undefined) return { path: `/${this.listPath.join('/')}` };
    const name = shownName(qualified(event));
    return { path: `/${[...this.listPath, `${name}[${(this.counts.get(this.key(name)) ?? 0) + 1}]`, ...inner.map((element) => step(element))].join('/')}`, event: this.events };
  }

  private key(name: string): string {
    return `${this.listPath.join('/')}/${name}`;
  }

  /** Place of the next element of this name among its siblings. */
  private count(name: string): number {
    const key = this.key(name);
    const next = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, next);
    return next;
  }

  private event(element: XmlElement): void {
    const index = this.events;
    const name = shownName(qualified(element));
    const path = `/${[...this.listPath, `${name}[${this.count(name)}]`].join('/')}`;
    this.events += 1;
    const maxEvents = this.limits.maxEvents ?? MAX_EVENTS;
    if (this.events > maxEvents) refuseInput(path, 'epcis.too-many-events', `The input holds more than ${maxEvents} events. Split the document.`);
    if (isFrame(element)) refuseInput(path, 'xml.namespace', `"${name}" stands in a namespace of EPCIS; inside the document elements of EPCIS have no namespace: take the prefix or the default namespace away.`, index);
    const { event, moved, problems } = convertEvent(element, this.prefixes, index, path);
    const guarded = problems.length > 0 ? [] : guardJson(event, '$', (this.limits.maxDepth ?? MAX_DEPTH) - FRAME_DEPTH);
    this.problems.push(...problems, ...guarded.map((problem) => ({ event: index, ...problem, path: xmlPathOf(path, problem.path, moved) })));
    if (this.problems.length >= MAX_PROBLEMS) throw new EpcisInputError(this.problems);
    if (problems.length + guarded.length === 0) this.onEvent({ index, path, event, ...(moved === undefined ? {} : { moved }) });
  }
}

const isFrame = ({ uri }: XmlElement): boolean => epcisNamespaces.has(uri);

/** Reads a whole document; see {@link XmlDocumentReader}. */
export function readXmlDocument(text: string, limits: InputLimits): { frame: XmlFrame; rawContext: unknown; context: ReturnType<typeof parseContext>; events: EpcisInputEvent[] } {
  const events: EpcisInputEvent[] = [];
  const reader = new XmlDocumentReader((event) => events.push(event), limits);
  reader.write(text);
  reader.end();
  const { frame, rawContext } = reader;
  return { frame, rawContext, context: parseContext(rawContext), events };
}
