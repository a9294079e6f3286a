import { expandValue, parseContext } from '../context';
import { numberText, plainDecimal } from '../decimal';
import type { EpcisProblem, JsonObject } from '../types';
import { vocabularies, wordOf } from '../vocabulary';
import type { Vocabulary } from '../vocabulary';
import { ElementReader, put } from './element-reader';
import type { Child, Fields } from './element-reader';
import { sensorNumbers, sensorWords, xmlFields } from './fields';
import type { XmlField } from './fields';
import { Prefixes } from './names';
import { qualified, shownName, trimXml, XSI } from './tree';
import type { XmlAttribute, XmlElement } from './tree';

/** An event element as the JSON-LD object of the same event. */
export interface ConvertedEvent {
  readonly event: JsonObject;
  /** Fields that XML wraps or writes as attribute: their path below the event. */
  readonly moved?: Readonly<Record<string, string>>;
  /** What no JSON form can say. */
  readonly problems: readonly EpcisProblem[];
}

/**
 * Reads one event element. Wrappers of EPCIS 1.x ("extension", "baseExtension") are opened, the deprecated QuantityEvent
 * becomes the observation that it means (EPCIS 1.2, QuantityEvent). Values are not judged here: validateEvent does that, as for JSON.
 */
export function convertEvent(element: XmlElement, document: Prefixes, index: number, path: string): ConvertedEvent {
  const prefixes = new Prefixes(document);
  for (const [prefix, uri] of Object.entries(element.declared)) prefixes.declare(prefix, uri);
  const reader = new EventReader(prefixes, index);
  const { fields, moved } = reader.read(element, path);
  const declarations = prefixes.declarations();
  if (declarations !== undefined) fields.set('@context', declarations);
  return { event: Object.fromEntries(fields), problems: reader.problems, ...(moved.size === 0 ? {} : { moved: Object.fromEntries(moved) }) };
}

class EventReader extends ElementReader {
  read(root: XmlElement, path: string): { fields: Fields; moved: Map<string, string> } {
    const fields: Fields = new Map([['type', root.uri === '' ? root.local : qualified(root)]]);
    const moved = new Map<string, string>();
    const quantityEvent = root.uri === '' && root.local === 'QuantityEvent';
    this.structural(root, path);
    this.attributes(root, path, fields);
    for (const attribute of root.attributes) if (attribute.uri !== XSI) moved.set(this.nameOf(attribute, path), `@${shownName(qualified(attribute))}`);
    const known = new Map<string, Child[]>();
    for (const child of this.children(root, path)) {
      const { uri, local, parent } = child.element;
      const same = uri === '' ? known.get(local) : undefined;
      if (same !== undefined) same.push(child);
      else if (uri === '' && (xmlFields.has(local) || (quantityEvent && quantityFields.has(local)))) known.set(local, [child]);
      else this.extension(child, fields);
      if (parent !== root) moved.set(this.nameOf(child.element, child.path), child.path.slice(path.length + 1));
    }
    for (const [name, found] of known) {
      const field = xmlFields.get(name);
      if (field?.kind !== 'texts') this.once(found);
      fields.set(name, field === undefined ? this.leaf(found[0]) : this.field(field, found));
    }
    if (quantityEvent) observe(fields, moved);
    return { fields, moved };
  }

  private field(field: XmlField, found: readonly Child[]): unknown {
    const [child] = found;
    if (child === undefined) return undefined;
    switch (field.kind) {
      case 'text':
        return field.vocabulary === undefined ? this.leaf(child) : bareWord(this.leaf(child), field.vocabulary);
      case 'texts':
        return found.length === 1 ? this.leaf(child) : found.map((each) => this.leaf(each));
      case 'list':
        return this.items(child, field.item).map((item) => this.leaf(item));
      case 'quantities':
        return this.items(child, 'quantityElement').map((item) => this.quantityElement(item));
      case 'typed':
        return this.items(child, field.item).map((item) => this.typed(item, field.item, field.vocabulary));
      case 'place':
        return this.object(child, ['id']);
      case 'ilmd':
        return this.object(child, []);
      case 'error':
        return this.errorDeclaration(child);
      case 'dispositions':
        return this.dispositions(child);
      case 'sensors':
        return this.items(child, 'sensorElement').map((item) => this.sensorElement(item));
    }
  }

  private quantityElement(child: Child): JsonObject {
    this.structural(child.element, child.path);
    this.noAttributes(child);
    const fields: Fields = new Map();
    for (const inner of this.children(child.element, child.path)) {
      const { element } = inner;
      if (element.uri !== '') this.extension(inner, fields);
      else if (element.local !== 'quantity') this.single(fields, inner, this.leaf(inner));
      else if (!isNil(element)) this.single(fields, inner, exactNumber(this.leaf(inner)));
    }
    return Object.fromEntries(fields);
  }

  private typed(child: Child, item: string, vocabulary: Vocabulary): JsonObject {
    const type = child.element.attributes.find(({ uri, local }) => uri === '' && local === 'type');
    this.noAttributes(child, 'type');
    return { ...(type === undefined ? {} : { type: bareWord(trimXml(type.value), vocabulary) }), [item]: this.leafText(child) };
  }

  /** A structure with these texts and with extensions; elements named in `others` are left to the caller. */
  private object(child: Child, texts: readonly string[], others: readonly string[] = []): JsonObject {
    const fields: Fields = new Map();
    this.structural(child.element, child.path);
    this.attributes(child.element, child.path, fields);
    for (const inner of this.children(child.element, child.path)) {
      const { uri, local } = inner.element;
      if (uri === '' && texts.includes(local)) this.single(fields, inner, this.leaf(inner));
      else if (uri !== '' || !others.includes(local)) this.extension(inner, fields);
    }
    return Object.fromEntries(fields);
  }

  private errorDeclaration(child: Child): JsonObject {
    const { reason, ...fields } = this.object(child, ['declarationTime', 'reason'], ['correctiveEventIDs']);
    const lists = this.children(child.element, child.path).filter(({ element }) => element.uri === '' && element.local === 'correctiveEventIDs');
    this.once(lists);
    const [list] = lists;
    return {
      ...fields,
      ...(typeof reason === 'string' ? { reason: bareWord(reason, vocabularies.errorReason) } : {}),
      ...(list === undefined ? {} : { correctiveEventIDs: this.items(list, 'correctiveEventID').map((item) => this.leaf(item)) }),
    };
  }

  private dispositions(child: Child): JsonObject {
    this.structural(child.element, child.path);
    this.noAttributes(child);
    const lists = { unset: [] as string[], set: [] as string[] };
    for (const inner of this.children(child.element, child.path)) {
      const { uri, local } = inner.element;
      if (uri === '' && (local === 'set' || local === 'unset')) lists[local].push(bareWord(this.leaf(inner), vocabularies.disposition));
      else this.add(inner.path, 'epcis.unknown-field', 'Only "set" and "unset" elements stand here; remove this one.');
    }
    return Object.fromEntries(Object.entries(lists).filter(([, words]) => words.length > 0));
  }

  private sensorElement(child: Child): JsonObject {
    const fields: Fields = new Map();
    const reports: JsonObject[] = [];
    this.structural(child.element, child.path);
    this.attributes(child.element, child.path, fields);
    for (const inner of this.children(child.element, child.path)) {
      const { uri, local } = inner.element;
      if (uri === '' && local === 'sensorReport') reports.push(this.sensorPart(inner));
      else if (uri === '' && local === 'sensorMetadata') this.single(fields, inner, this.sensorPart(inner));
      else this.extension(inner, fields);
    }
    if (reports.length > 0) fields.set('sensorReport', reports);
    return Object.fromEntries(fields);
  }

  /** sensorMetadata and sensorReport: what they say stands in attributes. */
  private sensorPart({ element, path }: Child): JsonObject {
    const fields: Fields = new Map();
    this.structural(element, path);
    for (const attribute of element.attributes) {
      if (attribute.uri === XSI) continue;
      const name = this.nameOf(attribute, path);
      if (this.allowed(name, path)) put(fields, name, attribute.uri === '' ? sensorValue(attribute) : trimXml(attribute.value));
    }
    for (const inner of this.children(element, path)) this.extension(inner, fields);
    return Object.fromEntries(fields);
  }
}

const quantityFields = new Set(['epcClass', 'quantity']);

/** A QuantityEvent says what an observation of one class says. */
function observe(fields: Fields, moved: Map<string, string>): void {
  const quantity = fields.get('quantity');
  fields.set('type', 'ObjectEvent');
  fields.set('action', 'OBSERVE');
  fields.set('quantityList', [{ epcClass: fields.get('epcClass'), ...(typeof quantity === 'string' ? { quantity: exactNumber(quantity) } : {}) }].map((element) => Object.fromEntries(Object.entries(element).filter(([, value]) => value !== undefined))));
  fields.delete('epcClass');
  fields.delete('quantity');
  moved.set('quantityList', '.');
}

const isNil = ({ attributes }: XmlElement): boolean => attributes.some(({ uri, local, value }) => uri === XSI && local === 'nil' && /^(?:true|1)$/.test(trimXml(value)));

const standard = parseContext(undefined);

/** A standard word without its namespace, as JSON writes it; everything else as it is. */
function bareWord(text: string, vocabulary: Vocabulary): string {
  const word = wordOf(vocabulary, expandValue(text, standard));
  return word !== undefined && vocabulary.words.has(word) ? word : text;
}

/** A decimal number that JSON holds with every digit; otherwise the text, which validation refuses. */
function exactNumber(text: string): number | string {
  const value = plainDecimal(text) === undefined ? NaN : Number(text);
  return numberText(value) === plainDecimal(text) ? value : text;
}

function sensorValue({ local, value }: XmlAttribute): unknown {
  const text = trimXml(value);
  if (sensorNumbers.has(local)) return /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
  if (local === 'booleanValue') return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  const vocabulary = sensorWords.get(local);
  if (vocabulary !== undefined) return bareWord(text, vocabulary);
  return local === 'stringValue' ? value : text;
}
