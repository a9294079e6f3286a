import type { JsonObject } from '../types';

/**
 * Documents that are wrong in one way each: the list that docs/epcis.md names. A fault changes the second of two events
 * (or the frame), and says by which rule and where it must be refused; `xml` is the place in the XML form of the same
 * fault, written by writeEpcisXml, where XML can have it.
 */
export interface InvalidKind {
  readonly name: string;
  readonly type?: 'ObjectEvent' | 'AggregationEvent' | 'TransactionEvent' | 'TransformationEvent' | 'AssociationEvent';
  readonly change: (event: Record<string, unknown>) => void;
  /** JSON path below the event. */
  readonly path: string;
  readonly rule: string;
  /** Path below the XML element of the event. */
  readonly xml?: string;
}

const common = { eventTime: '2026-01-01T08:00:00.000+01:00', eventTimeZoneOffset: '+01:00' };
const sgtin = (serial: number): string => `urn:epc:id:sgtin:0614141.107346.${serial}`;
const lot = 'urn:epc:class:lgtin:4054739.099914.1';

/** A valid event of each type. */
export const validEvents: Readonly<Record<string, JsonObject>> = {
  ObjectEvent: {
    type: 'ObjectEvent',
    ...common,
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    epcList: [sgtin(1), sgtin(2)],
    quantityList: [{ epcClass: lot, quantity: 2.5, uom: 'KGM' }],
    readPoint: { id: 'urn:epc:id:sgln:0614141.00777.0' },
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000009:1' }],
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4000001.00012' }],
    destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:0614141.00777.0' }],
    sensorElementList: [{ sensorMetadata: { deviceID: 'urn:epc:id:giai:4000001.111' }, sensorReport: [{ type: 'Temperature', value: 4, uom: 'CEL' }] }],
    errorDeclaration: { declarationTime: '2026-01-02T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['urn:uuid:2'] },
    persistentDisposition: { set: ['completeness_verified'], unset: ['completeness_inferred'] },
    ilmd: { 'cbvmda:lotNumber': '1' },
    'ex:note': { 'ex:inner': 'text' },
  },
  AggregationEvent: { type: 'AggregationEvent', ...common, action: 'ADD', parentID: 'urn:epc:id:sscc:0614141.1234567890', childEPCs: [sgtin(1)] },
  AssociationEvent: { type: 'AssociationEvent', ...common, action: 'ADD', parentID: 'urn:epc:id:grai:4012345.55555.987', childEPCs: ['urn:epc:id:giai:4000001.12345'] },
  TransactionEvent: { type: 'TransactionEvent', ...common, action: 'ADD', bizTransactionList: [{ bizTransaction: 'urn:x:po:1' }], epcList: [sgtin(1)] },
  TransformationEvent: { type: 'TransformationEvent', ...common, inputQuantityList: [{ epcClass: lot, quantity: 1, uom: 'KGM' }], outputEPCList: [sgtin(1)] },
};

/** Sets a field, or a member of one: "readPoint.id". */
const set =
  (path: string, value: unknown): InvalidKind['change'] =>
  (event) => {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const holder = names.reduce<Record<string, unknown>>((object, name) => object[name] as Record<string, unknown>, event);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  };

const at = (field: string, value: unknown, rule: string, xml?: string, path = `.${field}`): Omit<InvalidKind, 'name'> => ({ change: set(field, value), path, rule, ...(xml === undefined ? {} : { xml }) });

const deep = (levels: number): unknown => JSON.parse(`${'{"ex:a":'.repeat(levels)}"x"${'}'.repeat(levels)}`);

export const invalidKinds: readonly InvalidKind[] = [
  { name: 'no event time', ...at('eventTime', undefined, 'epcis.required', 'eventTime') },
  { name: 'a time without offset', ...at('eventTime', '2026-01-01T08:00:00', 'epcis.time-offset', 'eventTime') },
  { name: 'a day that does not exist', ...at('eventTime', '2026-02-30T08:00:00Z', 'epcis.time', 'eventTime') },
  { name: 'a time of day that does not exist', ...at('eventTime', '2026-01-01T25:00:00Z', 'epcis.time', 'eventTime') },
  { name: 'a date only', ...at('eventTime', '2026-01-01', 'epcis.time', 'eventTime') },
  { name: 'an event in the future', ...at('eventTime', '2026-11-24T08:05:01Z', 'epcis.time-future', 'eventTime') },
  { name: 'no time zone offset', ...at('eventTimeZoneOffset', undefined, 'epcis.required', 'eventTimeZoneOffset') },
  { name: 'a time zone by name', ...at('eventTimeZoneOffset', 'CET', 'epcis.time-offset', 'eventTimeZoneOffset') },
  { name: 'a time zone offset beyond 14 hours', ...at('eventTimeZoneOffset', '+15:00', 'epcis.time-offset', 'eventTimeZoneOffset') },
  { name: 'a record time that is none', ...at('recordTime', 'yesterday', 'epcis.time', 'recordTime') },
  { name: 'an unknown event type', ...at('type', 'MovementEvent', 'epcis.event-type') },
  { name: 'no action', ...at('action', undefined, 'epcis.required', 'action') },
  { name: 'an action in lower case', ...at('action', 'add', 'epcis.action', 'action') },
  { name: 'an unknown business step', ...at('bizStep', 'flying', 'cbv.biz-step', 'bizStep') },
  { name: 'a disposition as business step', ...at('bizStep', 'urn:epcglobal:cbv:disp:active', 'cbv.biz-step', 'bizStep') },
  { name: 'an unknown disposition', ...at('disposition', 'https://ref.gs1.org/cbv/Disp-lost', 'cbv.disposition', 'disposition') },
  { name: 'a field of no namespace', ...at('colour', 'red', 'epcis.unknown-field', 'colour') },
  { name: 'a field of another event type', ...at('parentID', sgtin(9), 'epcis.unknown-field', 'parentID') },
  { name: 'an undeclared prefix', ...at('zz:colour', 'red', 'epcis.prefix', undefined, '["zz:colour"]') },
  { name: 'a null', ...at('bizStep', null, 'epcis.null') },
  { name: 'a field of the wrong kind', ...at('epcList', sgtin(1), 'epcis.shape') },
  { name: 'an identifier that is no URI', ...at('epcList', ['0614141107346'], 'epcis.id-uri', 'epcList/epc[1]', '.epcList[0]') },
  { name: 'an identifier with a space', ...at('epcList', ['urn:x:a b'], 'epcis.id-characters', 'epcList/epc[1]', '.epcList[0]') },
  { name: 'an identifier that is too long', ...at('epcList', [`urn:x:${'a'.repeat(2000)}`], 'epcis.id-length', 'epcList/epc[1]', '.epcList[0]') },
  { name: 'a wrong check digit', ...at('readPoint.id', 'https://id.gs1.org/414/0614141007775', 'gs1.check-digit', 'readPoint/id') },
  { name: 'one object twice', ...at('epcList', [sgtin(1), sgtin(1)], 'epcis.duplicate', 'epcList/epc[2]', '.epcList[1]') },
  { name: 'one object twice, as URN and as Digital Link', ...at('epcList', [sgtin(1), 'https://id.gs1.org/01/10614141073464/21/1'], 'epcis.duplicate', 'epcList/epc[2]', '.epcList[1]') },
  { name: 'a lot among objects', ...at('epcList', [lot], 'epcis.class-in-epc-list', 'epcList/epc[1]', '.epcList[0]') },
  { name: 'an object among lots', ...at('quantityList', [{ epcClass: sgtin(1) }], 'epcis.instance-in-quantity', 'quantityList/quantityElement[1]/epcClass', '.quantityList[0].epcClass') },
  { name: 'a quantity of nothing named', ...at('quantityList', [{ quantity: 1 }], 'epcis.required', 'quantityList/quantityElement[1]/epcClass', '.quantityList[0].epcClass') },
  { name: 'a negative quantity', ...at('quantityList', [{ epcClass: lot, quantity: -1, uom: 'KGM' }], 'epcis.quantity', 'quantityList/quantityElement[1]/quantity', '.quantityList[0].quantity') },
  { name: 'none added', ...at('quantityList', [{ epcClass: lot, quantity: 0 }], 'epcis.quantity', 'quantityList/quantityElement[1]/quantity', '.quantityList[0].quantity') },
  { name: 'more digits than a ledger counts', ...at('quantityList', [{ epcClass: lot, quantity: 1.1234567, uom: 'KGM' }], 'epcis.quantity', 'quantityList/quantityElement[1]/quantity', '.quantityList[0].quantity') },
  { name: 'a quantity as text', ...at('quantityList', [{ epcClass: lot, quantity: 'two' }], 'epcis.shape', 'quantityList/quantityElement[1]/quantity', '.quantityList[0].quantity') },
  { name: 'half a piece', ...at('quantityList', [{ epcClass: lot, quantity: 0.5 }], 'epcis.uom', 'quantityList/quantityElement[1]/quantity', '.quantityList[0].quantity') },
  { name: 'a unit that is no code', ...at('quantityList', [{ epcClass: lot, quantity: 1, uom: 'kilo' }], 'epcis.uom', 'quantityList/quantityElement[1]/uom', '.quantityList[0].uom') },
  { name: 'a unit without quantity', ...at('quantityList', [{ epcClass: lot, uom: 'KGM' }], 'epcis.uom', 'quantityList/quantityElement[1]', '.quantityList[0]') },
  { name: 'no object at all', change: (event) => ['epcList', 'quantityList', 'sensorElementList'].forEach((name) => delete event[name]), path: '.epcList', rule: 'epcis.what', xml: 'epcList' },
  { name: 'a place without id', ...at('readPoint', { 'ex:gate': '4' }, 'epcis.required', 'readPoint/id', '.readPoint.id') },
  { name: 'a transaction without id', ...at('bizTransactionList', [{ type: 'po' }], 'epcis.required', undefined, '.bizTransactionList[0].bizTransaction') },
  { name: 'an unknown transaction type', ...at('bizTransactionList', [{ type: 'receipt', bizTransaction: 'urn:x:1' }], 'cbv.biz-transaction-type', 'bizTransactionList/bizTransaction[1]/@type', '.bizTransactionList[0].type') },
  { name: 'a source without type', ...at('sourceList', [{ source: 'urn:x:1' }], 'epcis.required', 'sourceList/source[1]/@type', '.sourceList[0].type') },
  { name: 'an unknown source type', ...at('sourceList', [{ type: 'owner', source: 'urn:x:1' }], 'cbv.source-destination-type', 'sourceList/source[1]/@type', '.sourceList[0].type') },
  { name: 'master data of what is only observed', change: (event) => Object.assign(event, { action: 'OBSERVE' }), path: '.ilmd', rule: 'epcis.ilmd', xml: 'ilmd' },
  { name: 'master data without namespace', ...at('ilmd', { lotNumber: '1' }, 'epcis.unknown-field', 'ilmd/lotNumber', '.ilmd.lotNumber') },
  { name: 'a sensor element without report', ...at('sensorElementList', [{ sensorMetadata: {} }], 'epcis.required', 'sensorElementList/sensorElement[1]/sensorReport', '.sensorElementList[0].sensorReport') },
  { name: 'a report of nothing', ...at('sensorElementList', [{ sensorReport: [{ value: 4 }] }], 'epcis.required', 'sensorElementList/sensorElement[1]/sensorReport[1]/@type', '.sensorElementList[0].sensorReport[0].type') },
  { name: 'an unknown measurement', ...at('sensorElementList', [{ sensorReport: [{ type: 'Warmth', value: 4 }] }], 'cbv.measurement-type', 'sensorElementList/sensorElement[1]/sensorReport[1]/@type', '.sensorElementList[0].sensorReport[0].type') },
  { name: 'an unknown component', ...at('sensorElementList', [{ sensorReport: [{ type: 'Angle', component: 'w' }] }], 'cbv.component', 'sensorElementList/sensorElement[1]/sensorReport[1]/@component', '.sensorElementList[0].sensorReport[0].component') },
  { name: 'a reading as text', ...at('sensorElementList', [{ sensorReport: [{ type: 'Temperature', value: 'warm' }] }], 'epcis.shape', 'sensorElementList/sensorElement[1]/sensorReport[1]/@value', '.sensorElementList[0].sensorReport[0].value') },
  { name: 'a truth value as text', ...at('sensorElementList', [{ sensorReport: [{ type: 'Temperature', booleanValue: 'yes' }] }], 'epcis.shape', 'sensorElementList/sensorElement[1]/sensorReport[1]/@booleanValue', '.sensorElementList[0].sensorReport[0].booleanValue') },
  { name: 'bytes that are not hexadecimal', ...at('sensorElementList', [{ sensorReport: [{ type: 'Temperature', hexBinaryValue: 'xyz' }] }], 'epcis.shape', 'sensorElementList/sensorElement[1]/sensorReport[1]/@hexBinaryValue', '.sensorElementList[0].sensorReport[0].hexBinaryValue') },
  { name: 'a disposition set and unset', ...at('persistentDisposition', { set: ['damaged'], unset: ['cbv:Disp-damaged'] }, 'epcis.persistent-disposition', undefined, '.persistentDisposition.unset[0]') },
  { name: 'a persistent disposition twice', ...at('persistentDisposition', { set: ['damaged', 'https://ref.gs1.org/cbv/Disp-damaged'] }, 'epcis.duplicate', 'persistentDisposition/set[2]', '.persistentDisposition.set[1]') },
  { name: 'a persistent disposition of nothing', ...at('persistentDisposition', {}, 'epcis.required', 'persistentDisposition') },
  { name: 'an error declared without time', ...at('errorDeclaration', { reason: 'incorrect_data' }, 'epcis.required', 'errorDeclaration/declarationTime', '.errorDeclaration.declarationTime') },
  { name: 'an error declared in the future', ...at('errorDeclaration', { declarationTime: '2027-01-01T00:00:00Z' }, 'epcis.time-future', 'errorDeclaration/declarationTime', '.errorDeclaration.declarationTime') },
  { name: 'an unknown reason of an error', ...at('errorDeclaration.reason', 'oops', 'cbv.error-reason', 'errorDeclaration/reason') },
  { name: 'a correction that is no id', ...at('errorDeclaration.correctiveEventIDs', ['no id'], 'epcis.id-characters', 'errorDeclaration/correctiveEventIDs/correctiveEventID[1]', '.errorDeclaration.correctiveEventIDs[0]') },
  { name: 'an event that corrects itself', change: (event) => Object.assign(event, { eventID: 'urn:uuid:2' }), path: '.errorDeclaration.correctiveEventIDs[0]', rule: 'epcis.corrective-id', xml: 'errorDeclaration/correctiveEventIDs/correctiveEventID[1]' },
  { name: 'certification that is no URI', ...at('certificationInfo', ['urn:x:1', 'ISO 9001'], 'epcis.id-characters', 'certificationInfo[2]', '.certificationInfo[1]') },
  { name: 'a context that is none', ...at('@context', 7, 'epcis.context', undefined, '["@context"]') },
  { name: 'a context that maps a prefix to a number', ...at('@context', [{ two: 2 }], 'epcis.context', undefined, '["@context"]') },
  { name: 'an aggregation without container', type: 'AggregationEvent', ...at('parentID', undefined, 'epcis.required', 'parentID') },
  { name: 'an aggregation of nothing', type: 'AggregationEvent', ...at('childEPCs', [], 'epcis.what', 'childEPCs') },
  { name: 'a container inside itself', type: 'AggregationEvent', ...at('childEPCs', ['https://id.gs1.org/00/106141412345678908'], 'epcis.parent-among-children', 'childEPCs/epc[1]', '.childEPCs[0]') },
  { name: 'master data of an aggregation', type: 'AggregationEvent', ...at('ilmd', { 'ex:a': '1' }, 'epcis.unknown-field', 'ilmd') },
  { name: 'an association without parent', type: 'AssociationEvent', ...at('parentID', undefined, 'epcis.required', 'parentID') },
  { name: 'an association of nothing', type: 'AssociationEvent', ...at('childEPCs', undefined, 'epcis.what', 'childEPCs') },
  { name: 'a transaction event without transaction', type: 'TransactionEvent', ...at('bizTransactionList', undefined, 'epcis.required', 'bizTransactionList') },
  { name: 'a transaction event with an empty list of transactions', type: 'TransactionEvent', ...at('bizTransactionList', [], 'epcis.empty-list') },
  { name: 'a transaction event about nothing', type: 'TransactionEvent', ...at('epcList', undefined, 'epcis.what', 'epcList') },
  { name: 'a transformation of nothing', type: 'TransformationEvent', ...at('inputQuantityList', undefined, 'epcis.what', 'inputEPCList', '.inputEPCList') },
  { name: 'a transformation into nothing', type: 'TransformationEvent', ...at('outputEPCList', [], 'epcis.what', 'outputEPCList') },
  { name: 'a transformation with an action', type: 'TransformationEvent', ...at('action', 'ADD', 'epcis.unknown-field', 'action') },
  { name: 'a null byte', ...at('ex:note', 'a\u0000b', 'json.control-character', undefined, '["ex:note"]') },
  { name: 'half a character', ...at('ex:note', '\ud800', 'json.unicode', undefined, '["ex:note"]') },
  { name: 'a text without bounds', ...at('ex:note', 'a'.repeat(40_000), 'json.text-length', 'ex:note', '["ex:note"]') },
  { name: 'nesting without bounds', ...at('ex:note', deep(100), 'json.depth', undefined, `["ex:note"]${'["ex:a"]'.repeat(60)}`) },
  { name: 'a field that reaches a prototype', change: (event) => Object.defineProperty(event, '__proto__', { value: { polluted: true }, enumerable: true, configurable: true }), path: '.__proto__', rule: 'json.forbidden-name' },
  { name: 'a field that reaches a constructor', ...at('ex:note', { constructor: { name: 'x' } }, 'json.forbidden-name', 'ex:note/constructor', '["ex:note"].constructor') },
];
