import { createHash } from 'node:crypto';
import { compareUtf8 } from '../canonical';
import { canonicalByShape } from '../gs1';
import { contextOf, expandName, expandValue, isObject, list, own } from './context';
import { numberText, plainDecimal } from './decimal';
import { utcTime } from './time';
import type { EpcisContext, EventHash, JsonObject } from './types';
import { vocabularies, wordOf } from './vocabulary';
import type { Vocabulary } from './vocabulary';

/**
 * CBV 2.0 event hash id. The order of fields follows the published vectors and their pre-hashes where they differ from
 * the prose: type before its value; parentID before the EPC lists; sensorElementList before the lists of transactions,
 * destinations and sources, which are sorted together with ilmd and extensions at the end.
 */

type Format = Vocabulary | 'time' | undefined;

const { bizStep, disposition, bizTransaction, sourceDestination, component, measurement, sensorAlert } = vocabularies;

/** Left out of the hash: they say nothing about what happened, or are set by the repository. */
const ignored = new Set(['recordTime', 'eventID', 'type', 'errorDeclaration', '@context', 'comment', '#text']);

const quantityFields: readonly [string, Format][] = [['epcClass', undefined], ['quantity', undefined], ['uom', undefined]];
const metadataFields: readonly [string, Format][] = [['time', 'time'], ['startTime', 'time'], ['endTime', 'time'], ['deviceID', undefined], ['deviceMetadata', undefined], ['rawData', undefined], ['dataProcessingMethod', undefined], ['bizRules', undefined]];
const errorFields: readonly [string, Format][] = [['declarationTime', 'time'], ['reason', vocabularies.errorReason], ['correctiveEventIDs', undefined]];
const reportFields: readonly [string, Format][] = [
  ['type', measurement],
  ['exception', sensorAlert],
  ['deviceID', undefined],
  ['deviceMetadata', undefined],
  ['rawData', undefined],
  ['dataProcessingMethod', undefined],
  ['time', 'time'],
  ['microorganism', undefined],
  ['chemicalSubstance', undefined],
  ['value', undefined],
  ['component', component],
  ['stringValue', undefined],
  ['booleanValue', undefined],
  ['hexBinaryValue', undefined],
  ['uriValue', undefined],
  ['minValue', undefined],
  ['maxValue', undefined],
  ['meanValue', undefined],
  ['sDev', undefined],
  ['percRank', undefined],
  ['percValue', undefined],
  ['uom', undefined],
  ['coordinateReferenceSystem', undefined],
];

/** Event hash id of an event that validateEvent accepts; of others it gives some hash or throws a RangeError on absurd nesting. */
export function eventHash(event: JsonObject, context: EpcisContext): EventHash {
  const preHash = new PreHash(contextOf(event, context)).ofEvent(event);
  return { id: `ni:///sha-256;${createHash('sha256').update(preHash, 'utf8').digest('hex')}?ver=CBV2.0`, preHash };
}

/**
 * Canonical form of an event: equal for two forms of one event (URN or Digital Link, JSON or XML, any order of fields and
 * list elements), different if they say different things. The pre-hash, and what the hash leaves out but comments.
 */
export function canonicalEvent(event: JsonObject, context: EpcisContext): string {
  const preHash = new PreHash(contextOf(event, context));
  return `${preHash.ofEvent(event)}\n${preHash.beyond(event)}`;
}

const sorted = (parts: string[]): string => parts.sort(compareUtf8).join('');

class PreHash {
  constructor(private readonly context: EpcisContext) {}

  ofEvent(event: JsonObject): string {
    const field = (name: string, format?: Format): string => this.leaves(name, own(event, name), format);
    const epcs = (name: string): string => wrap(name, this.leaves('epc', own(event, name)));
    const quantities = (name: string): string => wrap(name, sorted(list(own(event, name)).map((element) => wrap('quantityElement', this.fields(element, quantityFields)))));
    const place = (name: string): string => {
      const value = own(event, name);
      return isObject(value) ? wrap(name, this.fields(value, [['id', undefined]]) + this.extensions(value, ['id'])) : '';
    };
    const persistent = own(event, 'persistentDisposition');
    const ordered = [
      `eventType=${this.text(own(event, 'type'))}`,
      field('eventTime', 'time'),
      field('eventTimeZoneOffset'),
      field('certificationInfo'),
      field('parentID'),
      epcs('epcList'),
      epcs('inputEPCList'),
      epcs('childEPCs'),
      quantities('quantityList'),
      quantities('childQuantityList'),
      quantities('inputQuantityList'),
      epcs('outputEPCList'),
      quantities('outputQuantityList'),
      field('action'),
      field('transformationID'),
      field('bizStep', bizStep),
      field('disposition', disposition),
      isObject(persistent) ? wrap('persistentDisposition', this.leaves('set', own(persistent, 'set'), disposition) + this.leaves('unset', own(persistent, 'unset'), disposition)) : '',
      place('readPoint'),
      place('bizLocation'),
      wrap('sensorElementList', sorted(list(own(event, 'sensorElementList')).map((element) => this.sensorElement(element)))),
    ];
    return ordered.join('') + this.rest(event);
  }

  /** What the hash leaves out. */
  beyond(event: JsonObject): string {
    const declaration = own(event, 'errorDeclaration');
    return (
      this.leaves('eventID', own(event, 'eventID')) +
      this.leaves('recordTime', own(event, 'recordTime'), 'time') +
      (isObject(declaration) ? `errorDeclaration${this.fields(declaration, errorFields)}${this.extensions(declaration, names(errorFields))}` : '')
    );
  }

  /** What the fixed order does not name: typed lists, ilmd, extensions; sorted as rendered. */
  private rest(event: JsonObject): string {
    const parts: string[] = [];
    for (const [name, value] of Object.entries(event)) {
      if (name === 'bizTransactionList') parts.push(this.typedList(name, 'bizTransaction', value, bizTransaction));
      else if (name === 'sourceList') parts.push(this.typedList(name, 'source', value, sourceDestination));
      else if (name === 'destinationList') parts.push(this.typedList(name, 'destination', value, sourceDestination));
      else if (name === 'sensorElementList') parts.push(this.strayRules(value));
      else if (!orderedNames.has(name) && !this.isIgnored(name)) parts.push(...this.generic(name, value));
    }
    return sorted(parts);
  }

  private typedList(name: string, itemName: string, value: unknown, vocabulary: Vocabulary): string {
    const items = list(value).map((item) => (isObject(item) ? this.leaves('type', own(item, 'type'), vocabulary) + this.leaves(itemName, own(item, itemName)) : ''));
    return wrap(name, sorted(items));
  }

  private sensorElement(value: unknown): string {
    if (!isObject(value)) return '';
    const metadata = own(value, 'sensorMetadata');
    const metadataText = isObject(metadata) ? wrap('sensorMetadata', this.fields(metadata, metadataFields) + this.extensions(metadata, names(metadataFields))) : '';
    const reports = list(own(value, 'sensorReport')).map((report) => (isObject(report) ? wrap('sensorReport', this.fields(report, reportFields) + this.extensions(report, [...names(reportFields), 'bizRules'])) : ''));
    return wrap('sensorElement', metadataText + sorted(reports) + this.extensions(value, ['sensorMetadata', 'sensorReport']));
  }

  /** bizRules of a sensor report has no place in the order; the vectors give it in a second sensorElementList. */
  private strayRules(value: unknown): string {
    const elements = list(value).map((element) => {
      const reports = isObject(element) ? list(own(element, 'sensorReport')) : [];
      return wrap('sensorElement', sorted(reports.map((report) => (isObject(report) ? wrap('sensorReport', this.leaves('bizRules', own(report, 'bizRules'))) : ''))));
    });
    return wrap('sensorElementList', sorted(elements));
  }

  private fields(value: unknown, order: readonly [string, Format][]): string {
    return isObject(value) ? order.map(([name, format]) => this.leaves(name, own(value, name), format)).join('') : '';
  }

  /** name=value of a field or of each element of a list; empty values are left out. */
  private leaves(name: string, value: unknown, format?: Format): string {
    return sorted(list(value).map((item) => wrap(name, this.equals(this.text(item, format)))));
  }

  private extensions(object: JsonObject, known: readonly string[]): string {
    const parts = Object.entries(object).flatMap(([name, value]) => (known.includes(name) || this.isIgnored(name) ? [] : this.generic(name, value)));
    return sorted(parts);
  }

  /** Extension or ILMD element: {namespace}name=value, lists as repeated elements, objects as sorted children. */
  private generic(name: string, value: unknown): string[] {
    if (value === undefined || value === null) return [];
    const expanded = expandName(name, this.context);
    const label = expanded === undefined ? name : `{${expanded.namespace}}${expanded.local}`;
    if (Array.isArray(value)) return value.flatMap((item: unknown) => (Array.isArray(item) ? [label + sorted(this.generic(name, item))] : this.generic(name, item)));
    if (!isObject(value)) return [label + this.equals(this.text(value))];
    // The text of an element that also has attributes or children (XML) stands before them.
    const text = this.equals(this.text(own(value, '#text')));
    return [label + text + sorted(Object.entries(value).flatMap(([child, inner]) => (commentOf(child, this.context) ? [] : this.generic(child, inner))))];
  }

  private equals(text: string): string {
    return text === '' ? '' : `=${text}`;
  }

  private text(value: unknown, format?: Format): string {
    if (typeof value === 'number') return numberText(value);
    if (typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') return '';
    const trimmed = value.trim();
    if (format === 'time') return utcTime(trimmed) ?? trimmed;
    const expanded = expandValue(trimmed, this.context);
    if (format !== undefined && !expanded.includes(':') && format.words.has(expanded)) return format.web + expanded;
    return canonicalValue(expanded);
  }

  private isIgnored(name: string): boolean {
    return ignored.has(name) || commentOf(name, this.context);
  }
}

/** Any value in its canonical spelling: CBV URNs as web URIs, numbers without needless digits, GS1 keys as Digital Links. */
function canonicalValue(text: string): string {
  for (const vocabulary of [bizStep, disposition, bizTransaction, sourceDestination, vocabularies.errorReason]) {
    if (text.startsWith(vocabulary.urn)) return vocabulary.web + (wordOf(vocabulary, text) ?? '');
  }
  return plainDecimal(text) ?? canonicalByShape(text) ?? text;
}

function commentOf(name: string, context: EpcisContext): boolean {
  if (name === 'comment' || name === '#text') return true;
  if (!name.endsWith('comment')) return false;
  const expanded = expandName(name, context);
  return expanded !== undefined && expanded.namespace + expanded.local === 'http://www.w3.org/2000/01/rdf-schema#comment';
}

const wrap = (name: string, content: string): string => (content === '' ? '' : name + content);
const names = (fields: readonly [string, Format][]): string[] => fields.map(([name]) => name);

const orderedNames = new Set(
  `eventTime eventTimeZoneOffset certificationInfo parentID epcList inputEPCList childEPCs quantityList childQuantityList inputQuantityList
  outputEPCList outputQuantityList action transformationID bizStep disposition persistentDisposition readPoint bizLocation`.split(/\s+/),
);
