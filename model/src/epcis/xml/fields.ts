import { vocabularies } from '../vocabulary';
import type { Vocabulary } from '../vocabulary';

/**
 * How the XML binding of EPCIS writes the fields of an event (EPCIS 2.0, XML schema): data for reading, writing and for
 * telling where a problem stands. Fields that are not named here are extensions.
 */
export type XmlField =
  /** One element with text; `vocabulary`: a URI in XML, a bare word in JSON where it is standard. */
  | { readonly kind: 'text'; readonly vocabulary?: Vocabulary }
  /** An element for each value, without a list around them. */
  | { readonly kind: 'texts' }
  /** A list of elements with text. */
  | { readonly kind: 'list'; readonly item: string }
  /** A list of classes with quantity and unit. */
  | { readonly kind: 'quantities' }
  /** A list of identifiers, each with its type as attribute. */
  | { readonly kind: 'typed'; readonly item: string; readonly vocabulary: Vocabulary }
  /** An id, and extensions. */
  | { readonly kind: 'place' }
  | { readonly kind: 'dispositions' }
  | { readonly kind: 'error' }
  /** Extensions only. */
  | { readonly kind: 'ilmd' }
  | { readonly kind: 'sensors' };

const text: XmlField = { kind: 'text' };
const epcs: XmlField = { kind: 'list', item: 'epc' };
const quantities: XmlField = { kind: 'quantities' };
const place: XmlField = { kind: 'place' };

/** In the order in which the XML schema wants them; `writeEpcisXml` keeps it. */
const all = {
  eventTime: text,
  recordTime: text,
  eventTimeZoneOffset: text,
  eventID: text,
  errorDeclaration: { kind: 'error' },
  certificationInfo: { kind: 'texts' },
  parentID: text,
  epcList: epcs,
  childEPCs: epcs,
  inputEPCList: epcs,
  inputQuantityList: quantities,
  outputEPCList: epcs,
  outputQuantityList: quantities,
  transformationID: text,
  action: text,
  bizStep: { kind: 'text', vocabulary: vocabularies.bizStep },
  disposition: { kind: 'text', vocabulary: vocabularies.disposition },
  readPoint: place,
  bizLocation: place,
  bizTransactionList: { kind: 'typed', item: 'bizTransaction', vocabulary: vocabularies.bizTransaction },
  quantityList: quantities,
  childQuantityList: quantities,
  sourceList: { kind: 'typed', item: 'source', vocabulary: vocabularies.sourceDestination },
  destinationList: { kind: 'typed', item: 'destination', vocabulary: vocabularies.sourceDestination },
  sensorElementList: { kind: 'sensors' },
  persistentDisposition: { kind: 'dispositions' },
  ilmd: { kind: 'ilmd' },
} as const satisfies Record<string, XmlField>;

export const xmlFields: ReadonlyMap<string, XmlField> = new Map(Object.entries(all));

const common = ['eventTime', 'recordTime', 'eventTimeZoneOffset', 'eventID', 'errorDeclaration', 'certificationInfo'];
const context = ['action', 'bizStep', 'disposition', 'readPoint', 'bizLocation', 'bizTransactionList'];
const parties = ['sourceList', 'destinationList', 'sensorElementList', 'persistentDisposition'];

/** Order of the standard elements of each event type (XML schema, sequences of the event types). */
export const xmlOrder: Readonly<Record<string, readonly string[]>> = {
  ObjectEvent: [...common, 'epcList', ...context, 'quantityList', ...parties, 'ilmd'],
  AggregationEvent: [...common, 'parentID', 'childEPCs', ...context, 'childQuantityList', ...parties],
  TransactionEvent: [...common, 'bizTransactionList', 'parentID', 'epcList', ...context.filter((name) => name !== 'bizTransactionList'), 'quantityList', ...parties],
  TransformationEvent: [...common, 'inputEPCList', 'inputQuantityList', 'outputEPCList', 'outputQuantityList', 'transformationID', ...context.slice(1), ...parties, 'ilmd'],
  AssociationEvent: [...common, 'parentID', 'childEPCs', 'childQuantityList', ...context, ...parties],
};

/** Attributes of sensor reports that are numbers and truth values in JSON. */
export const sensorNumbers: ReadonlySet<string> = new Set(['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue']);
export const sensorWords: ReadonlyMap<string, Vocabulary> = new Map<string, Vocabulary>([
  ['type', vocabularies.measurement],
  ['exception', vocabularies.sensorAlert],
  ['component', vocabularies.component],
]);

/** Namespaces of EPCIS documents by the version of their schema. */
export const epcisNamespaces: ReadonlyMap<string, { readonly version: 1 | 2; readonly query: boolean }> = new Map([
  ['urn:epcglobal:epcis:xsd:1', { version: 1, query: false }],
  ['urn:epcglobal:epcis:xsd:2', { version: 2, query: false }],
  ['urn:epcglobal:epcis-query:xsd:1', { version: 1, query: true }],
  ['urn:epcglobal:epcis-query:xsd:2', { version: 2, query: true }],
]);

/** Namespaces that belong to the frame; no field of an event lies in one. */
export const frameNamespace = (uri: string): boolean => /^urn:epcglobal:(?:epcis|epcis-query|epcis-masterdata|):?xsd:[0-9]$/.test(uri) || uri === 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';
