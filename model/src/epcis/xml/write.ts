import { contextOf, expandName, expandValue, isObject, list, own, parseContext, standardPrefixes } from '../context';
import { numberText } from '../decimal';
import { memberPath } from '../guard';
import { refuseInput } from '../input-error';
import type { EpcisContext, JsonObject } from '../types';
import { vocabularies, wordOf } from '../vocabulary';
import type { Vocabulary } from '../vocabulary';
import { frameNamespace, sensorWords, xmlFields, xmlOrder } from './fields';
import { xmlNamespace } from './names';
import { XML_NAMESPACE } from './tree';

export interface XmlWriteOptions {
  /** Creation time of the document, ISO with offset. */
  readonly creationDate: string;
  /** Writes an EPCISQueryDocument with this query name instead of an EPCISDocument. */
  readonly queryName?: string;
}

/** Names that every XML parser takes; combining characters and joiners, which XML allows too, are left out. */
const xmlName = /^[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff][-.0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff]*$/;
const forbiddenCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Writes events that validateEvent accepts as an EPCIS 2.0 document in XML; read again, they have the same canonical
 * form and the same event hash. `context` is that of the events' document (parseContext). Throws EpcisInputError
 * (INVALID_EPCIS) for what XML cannot say: names that are no XML names (`xml.name`), characters that XML forbids
 * (`xml.character`), extensions in a namespace of EPCIS (`xml.namespace`).
 */
export function writeEpcisXml(events: readonly JsonObject[], context: EpcisContext, options: XmlWriteOptions): string {
  const shared = new Map(Object.entries(context.prefixes).filter(([prefix, uri]) => standardPrefixes[prefix] !== uri && declarable(prefix, uri)));
  const query = options.queryName !== undefined;
  const prefix = shared.has('epcis') ? 'epcisdocument' : 'epcis';
  const root = `${prefix}:${query ? 'EPCISQueryDocument' : 'EPCISDocument'}`;
  const eventList = `<EventList>\n${events.map((event, index) => new EventWriter(contextOf(event, context), shared, index).write(event)).join('\n')}\n</EventList>`;
  const body = query ? `<${prefix}:QueryResults><queryName>${escaped(options.queryName ?? '')}</queryName><resultsBody>${eventList}</resultsBody></${prefix}:QueryResults>` : eventList;
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns:${prefix}="urn:epcglobal:epcis${query ? '-query' : ''}:xsd:2"${declarations(shared)} schemaVersion="2.0" creationDate="${escaped(options.creationDate)}">
<EPCISBody>${body}</EPCISBody>
</${root}>
`;
}

/** Prefixes that XML lets a document declare. */
const declarable = (prefix: string, uri: string): boolean => !/^xml/i.test(prefix) && uri !== XML_NAMESPACE && !frameNamespace(uri) && !forbiddenCharacter.test(uri);

const declarations = (prefixes: ReadonlyMap<string, string>): string => [...prefixes].map(([prefix, uri]) => ` xmlns:${prefix}="${escaped(xmlNamespace(uri))}"`).join('');

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };
const escaped = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character);

const standard = parseContext(undefined);

class EventWriter {
  /** Prefixes that this event declares beside those of the document. */
  private readonly declared = new Map<string, string>();
  private source = '';

  constructor(
    private readonly context: EpcisContext,
    private readonly shared: ReadonlyMap<string, string>,
    private readonly index: number,
  ) {}

  write(event: JsonObject): string {
    this.source = JSON.stringify(event);
    // Values may use any prefix of the event's own context, so all of them are declared.
    for (const [prefix, uri] of Object.entries(this.context.prefixes)) {
      if (this.shared.get(prefix) !== uri && standard.prefixes[prefix] !== uri && declarable(prefix, uri)) this.declared.set(prefix, uri);
    }
    const type = String(own(event, 'type'));
    const order = xmlOrder[type] ?? [];
    const known = order.map((name) => this.field(name, own(event, name), memberPath('$', name)));
    const rest = Object.entries(event).filter(([name]) => name !== 'type' && name !== '@context' && !order.includes(name));
    const content = [...known, ...rest.map(([name, value]) => this.extension(name, value, memberPath('$', name)))].join('');
    return `<${type}${declarations(this.declared)}>${content}</${type}>`;
  }

  private field(name: string, value: unknown, path: string): string {
    const field = xmlFields.get(name);
    if (value === undefined || field === undefined) return '';
    const items = (write: (item: unknown, at: string) => string): string => wrapped(name, list(value).map((item, i) => write(item, `${path}[${i}]`)).join(''));
    switch (field.kind) {
      case 'text':
        return wrapped(name, this.text(field.vocabulary === undefined ? value : this.uri(value, field.vocabulary), path));
      case 'texts':
        return list(value).map((item) => element(name, '', this.text(this.uri(item), path))).join('');
      case 'list':
        return items((item, at) => element(field.item, '', this.text(this.uri(item), at)));
      case 'quantities':
        return items((item, at) => element('quantityElement', '', this.texts(item, at, ['epcClass', 'quantity', 'uom'])));
      case 'typed':
        return items((item, at) => (isObject(item) ? element(field.item, this.attribute('type', own(item, 'type') === undefined ? undefined : this.uri(own(item, 'type'), field.vocabulary), at), this.text(this.uri(own(item, field.item)), at)) : ''));
      case 'place':
        return isObject(value) ? element(name, '', this.texts(value, path, ['id']) + this.extensions(value, path, ['id'])) : '';
      case 'ilmd':
        return isObject(value) ? element(name, '', this.extensions(value, path, [])) : '';
      case 'error':
        return isObject(value) ? this.errorDeclaration(value, path) : '';
      case 'dispositions':
        return isObject(value) ? element(name, '', ['unset', 'set'].flatMap((part) => list(own(value, part)).map((word) => element(part, '', this.text(this.uri(word, vocabularies.disposition), path)))).join('')) : '';
      case 'sensors':
        return items((item, at) => (isObject(item) ? this.sensorElement(item, at) : ''));
    }
  }

  private texts(value: unknown, path: string, names: readonly string[]): string {
    return isObject(value) ? names.map((name) => (own(value, name) === undefined ? '' : element(name, '', this.text(this.uri(own(value, name)), memberPath(path, name))))).join('') : '';
  }

  private errorDeclaration(value: JsonObject, path: string): string {
    const reason = own(value, 'reason');
    const ids = list(own(value, 'correctiveEventIDs')).map((id) => element('correctiveEventID', '', this.text(this.uri(id), path)));
    return element(
      'errorDeclaration',
      '',
      this.texts(value, path, ['declarationTime']) + (reason === undefined ? '' : element('reason', '', this.text(this.uri(reason, vocabularies.errorReason), path))) + wrapped('correctiveEventIDs', ids.join('')) + this.extensions(value, path, ['declarationTime', 'reason', 'correctiveEventIDs']),
    );
  }

  private sensorElement(value: JsonObject, path: string): string {
    const metadata = own(value, 'sensorMetadata');
    const reports = list(own(value, 'sensorReport'));
    return element(
      'sensorElement',
      '',
      (isObject(metadata) ? this.sensorPart('sensorMetadata', metadata, `${path}.sensorMetadata`) : '') + reports.map((report, i) => (isObject(report) ? this.sensorPart('sensorReport', report, `${path}.sensorReport[${i}]`) : '')).join('') + this.extensions(value, path, ['sensorMetadata', 'sensorReport']),
    );
  }

  /** Metadata and reports say everything in attributes; an extension with parts, or one of a name that is taken, becomes an element. */
  private sensorPart(name: string, value: JsonObject, path: string): string {
    const taken = new Set<string>();
    let attributes = '';
    let content = '';
    for (const [field, inner] of Object.entries(value)) {
      const at = memberPath(path, field);
      if (!field.includes(':')) attributes += this.attribute(field, field === 'stringValue' ? inner : this.uri(inner, sensorWords.get(field)), at);
      else if ((typeof inner === 'object' && inner !== null) || taken.has(this.fullName(field))) content += this.extension(field, inner, at);
      else attributes += this.attribute(this.nameOf(field, at), inner, at);
      taken.add(this.fullName(field));
    }
    return element(name, attributes, content);
  }

  private attribute(name: string, value: unknown, path: string): string {
    return value === undefined || value === null ? '' : ` ${name}="${this.text(value, path)}"`;
  }

  private extensions(value: JsonObject, path: string, known: readonly string[]): string {
    return Object.entries(value).map(([name, inner]) => (known.includes(name) ? '' : this.extension(name, inner, memberPath(path, name)))).join('');
  }

  /** A list becomes repeated elements, a list in a list an element with elements of the same name. */
  private extension(name: string, value: unknown, path: string): string {
    if (value === undefined || value === null) return '';
    const tag = this.nameOf(name, path);
    if (Array.isArray(value)) return value.map((item, i) => (Array.isArray(item) ? element(tag, '', this.extension(name, item, `${path}[${i}]`)) : this.extension(name, item, `${path}[${i}]`))).join('');
    if (!isObject(value)) return element(tag, '', this.text(value, path));
    const text = own(value, '#text');
    return element(tag, '', (text === undefined ? '' : this.text(text, path)) + this.extensions(value, path, ['#text']));
  }

  /** Two prefixes may mean one namespace, and then two names are one. */
  private fullName(name: string): string {
    const expanded = expandName(name, this.context);
    return expanded === undefined ? name : `{${expanded.namespace}}${expanded.local}`;
  }

  private nameOf(name: string, path: string): string {
    const expanded = expandName(name, this.context);
    const local = expanded?.local ?? name;
    if (!xmlName.test(local)) this.refuse(path, 'xml.name', `"${name.slice(0, 60)}" has no form as a name in XML; rename it.`);
    if (expanded === undefined) return local;
    const { namespace } = expanded;
    if (frameNamespace(namespace)) this.refuse(path, 'xml.namespace', 'Extensions use a namespace of their own, not one of EPCIS.');
    if (namespace === XML_NAMESPACE) return `xml:${local}`;
    if (forbiddenCharacter.test(namespace)) this.refuse(path, 'xml.character', 'The namespace holds a character that XML forbids.');
    return `${this.prefixFor(namespace, name.slice(0, name.indexOf(':')))}:${local}`;
  }

  private prefixFor(namespace: string, written: string): string {
    if (this.inForce(written) === namespace) return written;
    for (const scope of [this.declared, this.shared]) for (const [prefix, uri] of scope) if (uri === namespace && this.inForce(prefix) === namespace) return prefix;
    let prefix = written;
    // A prefix made here must not give a meaning to a value that happens to begin with it.
    for (let i = 1; this.inForce(prefix) !== undefined || !declarable(prefix, namespace) || (this.context.prefixes[prefix] !== namespace && (prefix === written || this.source.includes(`${prefix}:`))); i += 1) prefix = `ns${i}`;
    this.declared.set(prefix, namespace);
    return prefix;
  }

  private inForce(prefix: string): string | undefined {
    return this.declared.get(prefix) ?? this.shared.get(prefix);
  }

  /** Standard words as URIs, which XML wants; CURIEs written out; other values as they are. */
  private uri(value: unknown, vocabulary?: Vocabulary): unknown {
    if (typeof value !== 'string') return value;
    const expanded = expandValue(value, this.context);
    const word = vocabulary === undefined ? undefined : wordOf(vocabulary, expanded);
    return vocabulary === undefined || word === undefined || !vocabulary.words.has(word) ? expanded : (vocabulary.urn ?? vocabulary.web) + word;
  }

  private text(value: unknown, path: string): string {
    const text = typeof value === 'number' ? numberText(value) : String(value);
    if (forbiddenCharacter.test(text)) this.refuse(path, 'xml.character', 'The text holds a character that XML forbids.');
    return escaped(text);
  }

  private refuse(path: string, rule: string, message: string): never {
    return refuseInput(path, rule, message, this.index);
  }
}

const element = (name: string, attributes: string, content: string): string => (content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`);

/** Nothing at all if there is nothing inside: empty lists say nothing. */
const wrapped = (name: string, content: string): string => (content === '' ? '' : `<${name}>${content}</${name}>`);
