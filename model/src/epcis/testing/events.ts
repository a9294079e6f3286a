import * as fc from 'fast-check';
import { canonicalId } from '../../gs1';
import type { JsonObject } from '../types';
import { bizSteps, bizTransactionTypes, components, dispositions, errorReasons, measurementTypes, sensorAlerts, sourceDestinationTypes } from '../vocabulary';
import { extensions, flatExtensions, prefixes } from './extensions';
import type { Prefixes } from './extensions';
import { classId, documentId, instanceId, instanceIds, partyId, placeId, uri } from './identifiers';

/** Events of all five types over the whole EPCIS 2.0 JSON schema that also keep the rules beyond it. */

const offset = fc.oneof(fc.constant('+00:00'), fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 13 }), fc.constantFrom('00', '15', '30', '45')).map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, '0')}:${minutes}`), fc.constant('+14:00'));

const time = fc
  .tuple(fc.date({ min: new Date('2000-01-02T00:00:00Z'), max: new Date('2026-01-01T00:00:00Z'), noInvalidDate: true }), fc.constantFrom('', '.1', '.25', '.000', '.123456789', '.9995'), fc.oneof(fc.constant('Z'), offset))
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`);

/** A standard word, bare or as CURIE, or the URI of another vocabulary. */
const word = (words: ReadonlySet<string>, curie: string): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.constantFrom(...words).map((name) => curie + name) }, { weight: 1, arbitrary: fc.constantFrom('https://own.example/voc/word', 'urn:x-own:voc:word', 'http://epcis.example.com/voc/word') });

const step = word(bizSteps, 'cbv:BizStep-');
const disposition = word(dispositions, 'cbv:Disp-');

const optional = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T & string)[] = []): fc.Arbitrary<JsonObject> => fc.record(fields, { requiredKeys: required, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
const merged = (...parts: fc.Arbitrary<JsonObject>[]): fc.Arbitrary<JsonObject> => fc.tuple(...parts).map((objects) => Object.assign({}, ...objects) as JsonObject);

const whole = fc.integer({ min: 1, max: 1_000_000 });
const fraction = fc.tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 1, max: 6 })).map(([units, places]) => Number((units / 10 ** places).toFixed(places)));
const uom = fc.constantFrom('KGM', 'LTR', 'C62', 'A93', '2N', 'MTK');

function quantityElement(zero: boolean): fc.Arbitrary<JsonObject> {
  const amount = fc.oneof(
    fc.constant({}),
    whole.map((quantity) => ({ quantity })),
    fc.record({ quantity: fc.oneof(whole, fraction.filter((each) => each > 0)), uom }),
    ...(zero ? [fc.constant({ quantity: 0 })] : []),
  );
  return fc.tuple(classId, amount).map(([epcClass, rest]) => ({ epcClass, ...rest }));
}
const quantities = (minLength: number, zero = false): fc.Arbitrary<JsonObject[]> => fc.array(quantityElement(zero), { minLength, maxLength: 3 });

const place = (scope: Prefixes): fc.Arbitrary<JsonObject> => merged(fc.record({ id: placeId }), extensions(scope, 1));
const transactions = (minLength: number): fc.Arbitrary<JsonObject[]> => fc.array(optional({ type: word(bizTransactionTypes, 'cbv:BTT-'), bizTransaction: documentId }, ['bizTransaction']), { minLength, maxLength: 3 });
const parties = (name: string): fc.Arbitrary<JsonObject[]> => fc.array(fc.tuple(word(sourceDestinationTypes, 'cbv:SDT-'), fc.oneof(partyId, placeId)).map(([type, id]) => ({ type, [name]: id })), { maxLength: 2 });

const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }));

function sensorElement(scope: Prefixes): fc.Arbitrary<JsonObject> {
  const source = { time, deviceID: instanceId, deviceMetadata: uri, rawData: uri, dataProcessingMethod: uri, bizRules: uri };
  const metadata = merged(optional({ ...source, startTime: time, endTime: time }), flatExtensions(scope));
  const report = merged(
    optional(
      {
        ...source,
        type: word(measurementTypes, 'gs1:'),
        exception: word(sensorAlerts, 'gs1:'),
        microorganism: uri,
        chemicalSubstance: uri,
        coordinateReferenceSystem: uri,
        value: number,
        component: word(components, 'cbv:Comp-'),
        stringValue: fc.constantFrom('open', 'a "b" <c>', 'é'),
        booleanValue: fc.boolean(),
        hexBinaryValue: fc.constantFrom('f0', 'AB09'),
        uriValue: uri,
        minValue: number,
        maxValue: number,
        meanValue: number,
        sDev: number,
        percRank: number,
        percValue: number,
        uom: fc.constantFrom('CEL', 'P1', 'A93'),
      },
      ['type'],
    ),
    flatExtensions(scope),
  );
  return merged(optional({ sensorMetadata: metadata, sensorReport: fc.array(report, { minLength: 1, maxLength: 2 }) }, ['sensorReport']), extensions(scope, 1));
}
const sensors = (scope: Prefixes, minLength: number): fc.Arbitrary<JsonObject[]> => fc.array(sensorElement(scope), { minLength, maxLength: 2 });

const errorDeclaration = (scope: Prefixes): fc.Arbitrary<JsonObject> => merged(optional({ declarationTime: time, reason: word(errorReasons, 'cbv:ER-'), correctiveEventIDs: fc.uniqueArray(uri, { maxLength: 2 }) }, ['declarationTime']), extensions(scope, 1));

/** Different words for set and unset. */
const persistentDisposition = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...dispositions), { minLength: 2, maxLength: 5 }), fc.constantFrom('both', 'set', 'unset'))
  .map(([words, which]): JsonObject => (which === 'both' ? { set: words.slice(0, 1), unset: words.slice(1) } : { [which]: words }));

const common = (scope: Prefixes): fc.Arbitrary<JsonObject> =>
  merged(
    optional(
      {
        eventTime: time,
        eventTimeZoneOffset: offset,
        recordTime: time,
        eventID: fc.uuid().map((id) => `urn:uuid:${id}`),
        certificationInfo: fc.oneof(uri, fc.array(uri, { maxLength: 2 })),
        errorDeclaration: errorDeclaration(scope),
        bizStep: step,
        disposition,
        readPoint: place(scope),
        bizLocation: place(scope),
        bizTransactionList: transactions(0),
        sourceList: parties('source'),
        destinationList: parties('destination'),
        sensorElementList: sensors(scope, 0),
      },
      ['eventTime', 'eventTimeZoneOffset'],
    ),
    extensions(scope),
  );

const action = fc.constantFrom('ADD', 'OBSERVE', 'DELETE');

/** A list of things or of classes, or both, under their names. */
const things = (epcs: string, classes: string, zero = false): fc.Arbitrary<JsonObject> =>
  fc.oneof(
    instanceIds(1).map((ids) => ({ [epcs]: ids })),
    quantities(1, zero).map((list) => ({ [classes]: list })),
    fc.tuple(instanceIds(0), quantities(1, zero)).map(([ids, list]) => ({ [epcs]: ids, [classes]: list })),
  );

const objectEvent = (scope: Prefixes): fc.Arbitrary<JsonObject> =>
  fc.oneof(
    { weight: 4, arbitrary: action.chain((each) => merged(fc.constant({ type: 'ObjectEvent', action: each }), common(scope), things('epcList', 'quantityList', each === 'OBSERVE'), optional({ persistentDisposition, ...(each === 'ADD' ? { ilmd: extensions(scope) } : {}) }))) },
    { weight: 1, arbitrary: merged(fc.constant({ type: 'ObjectEvent', action: 'OBSERVE' }), common(scope), fc.record({ sensorElementList: sensors(scope, 1), readPoint: place(scope) })) },
  );

/** Contents that do not hold the container. */
function contents(type: string, parentNeeded: boolean, scope: Prefixes): fc.Arbitrary<JsonObject> {
  return action.chain((each) =>
    merged(
      fc.constant({ type, action: each }),
      common(scope),
      fc.tuple(instanceId, each === 'DELETE' ? fc.oneof(fc.constant({}), things('childEPCs', 'childQuantityList')) : things('childEPCs', 'childQuantityList', each === 'OBSERVE'), fc.boolean()).map(([parentID, children, left]) => {
        const { childEPCs, ...rest } = children as { childEPCs?: string[] };
        const others = childEPCs?.filter((id) => canonicalId(id) !== canonicalId(parentID));
        const clash = others !== undefined && others.length < (childEPCs?.length ?? 0);
        const parent = clash ? 'urn:x-own:thing:another' : parentID;
        return { ...(left && each === 'OBSERVE' && !parentNeeded ? {} : { parentID: parent }), ...(childEPCs === undefined ? {} : { childEPCs }), ...rest };
      }),
    ),
  );
}

const transactionEvent = (scope: Prefixes): fc.Arbitrary<JsonObject> =>
  action.chain((each) =>
    merged(fc.constant({ type: 'TransactionEvent', action: each }), common(scope), transactions(1).map((bizTransactionList) => ({ bizTransactionList })), optional({ parentID: instanceId }), each === 'DELETE' ? fc.oneof(fc.constant({}), things('epcList', 'quantityList')) : things('epcList', 'quantityList', each === 'OBSERVE')),
  );

const transformationEvent = (scope: Prefixes): fc.Arbitrary<JsonObject> => {
  const inputs = things('inputEPCList', 'inputQuantityList');
  const outputs = things('outputEPCList', 'outputQuantityList');
  const transformationID = documentId.map((id) => ({ transformationID: id }));
  return merged(fc.constant({ type: 'TransformationEvent' }), common(scope), fc.oneof(merged(inputs, outputs), merged(transformationID, inputs), merged(transformationID, outputs), merged(transformationID, inputs, outputs)), optional({ persistentDisposition, ilmd: extensions(scope) }));
};

/** An event of any type; `outer` are the prefixes of its document. */
export function epcisEvent(outer: Prefixes): fc.Arbitrary<JsonObject> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant<Prefixes>({}) }, { weight: 1, arbitrary: prefixes }).chain((inner) => {
    const scope = { ...outer, ...inner };
    const event = fc.oneof(objectEvent(scope), contents('AggregationEvent', false, scope), contents('AssociationEvent', true, scope), transactionEvent(scope), transformationEvent(scope));
    return event.map((each) => (Object.keys(inner).length === 0 ? each : { '@context': inner, ...each }));
  });
}
