import { Checker } from './checker';
import type { FieldRules } from './checker';
import { contextFault, contextOf, isObject, own, parseContext } from './context';
import { guardJson, memberPath } from './guard';
import { bizTransactionList, certificationInfo, destinationList, epcList, errorDeclaration, filled, ilmd, persistentDisposition, place, quantityList, sameId, sensorElementList, sourceList } from './parts';
import { parseTime, zoneOffset } from './time';
import type { Action, EpcisContext, EpcisProblem, EventType, JsonObject, ValidateOptions } from './types';
import { vocabularies } from './vocabulary';
import { xmlPathOf } from './xml/path';

export const eventTypes: readonly EventType[] = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];
export const actions: readonly Action[] = ['ADD', 'OBSERVE', 'DELETE'];

/** How far an event may lie ahead of the present: clocks differ. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;
/** No more problems of one event are reported than this. */
const MAX_PROBLEMS = 100;

type Field = (check: Checker, value: unknown, path: string, event: JsonObject) => void;

const common: Readonly<Record<string, Field>> = {
  '@context': (check, value, path) => {
    const fault = contextFault(value);
    if (fault !== undefined) check.add(path, 'epcis.context', fault);
  },
  type: () => undefined,
  eventTime: (check, value, path) => void check.time(value, path),
  recordTime: (check, value, path) => void check.time(value, path),
  eventTimeZoneOffset: (check, value, path) => {
    if (typeof value !== 'string' || !zoneOffset.test(value)) check.add(path, 'epcis.time-offset', 'The time zone offset must look like "+01:00" or "-06:00".');
  },
  eventID: (check, value, path) => check.id(value, path),
  certificationInfo,
  errorDeclaration: (check, value, path, event) => errorDeclaration(check, value, path, own(event, 'eventID')),
  bizStep: (check, value, path) => check.word(value, path, vocabularies.bizStep),
  disposition: (check, value, path) => check.word(value, path, vocabularies.disposition),
  readPoint: place,
  bizLocation: place,
  bizTransactionList: (check, value, path) => bizTransactionList(check, value, path),
  sourceList,
  destinationList,
  sensorElementList,
  // The JSON schema has it for objects and transformations only, the XML schema for all event types.
  persistentDisposition,
};

const action: Field = (check, value, path) => {
  if (!(actions as readonly unknown[]).includes(value)) check.add(path, 'epcis.action', 'The action must be ADD, OBSERVE or DELETE.');
};
const id: Field = (check, value, path) => check.id(value, path);
const quantities: Field = (check, value, path, event) => quantityList(check, value, path, own(event, 'action') === 'OBSERVE');
const children: Readonly<Record<string, Field>> = { ...common, action, parentID: id, childEPCs: epcList, childQuantityList: quantities };

const fieldsOf: Readonly<Record<EventType, Readonly<Record<string, Field>>>> = {
  ObjectEvent: { ...common, action, epcList, quantityList: quantities, ilmd },
  AggregationEvent: children,
  AssociationEvent: children,
  TransactionEvent: { ...common, action, parentID: id, epcList, quantityList: quantities, bizTransactionList: (check, value, path) => bizTransactionList(check, value, path, 1) },
  TransformationEvent: {
    ...common,
    inputEPCList: epcList,
    inputQuantityList: quantities,
    outputEPCList: epcList,
    outputQuantityList: quantities,
    // An empty transformationID is written by published systems for "none".
    transformationID: (check, value, path) => {
      if (value !== '') check.id(value, path);
    },
    ilmd,
  },
};

const requiredOf: Readonly<Record<EventType, readonly string[]>> = {
  ObjectEvent: ['action'],
  AggregationEvent: ['action'],
  AssociationEvent: ['action', 'parentID'],
  TransactionEvent: ['action', 'bizTransactionList'],
  TransformationEvent: [],
};

/**
 * All broken rules of one event; an empty list accepts it (EPCIS 2.0, CBV 2.0; the closed lists are those of the official
 * JSON schema). Never throws, whatever the value. `context` is the document's; the event's own "@context" is added here.
 */
export function validateEvent(event: unknown, context: EpcisContext = parseContext(undefined), options: ValidateOptions = {}): EpcisProblem[] {
  const { path = '$', moved } = options;
  if (!path.startsWith('/')) return problemsOf(event, context, path, options);
  return problemsOf(event, context, '$', options).map((problem) => ({ ...problem, path: xmlPathOf(path, problem.path, moved) }));
}

function problemsOf(event: unknown, context: EpcisContext, path: string, options: ValidateOptions): EpcisProblem[] {
  const index = options.index ?? 0;
  const guarded = guardJson(event, path).map((problem) => ({ event: index, ...problem }));
  if (guarded.length > 0) return guarded;
  if (!isObject(event)) return [{ event: index, path, rule: 'epcis.event', message: 'The event must be a JSON object.' }];
  const check = new Checker(contextOf(event, context), index);
  const type = own(event, 'type');
  if (typeof type !== 'string' || !(eventTypes as readonly string[]).includes(type)) {
    check.add(`${path}.type`, 'epcis.event-type', `The event type must be one of ${eventTypes.join(', ')}.`);
    return check.problems;
  }
  checkFields(check, event, type as EventType, path);
  checkWhat(check, event, type as EventType, path);
  checkParent(check, event, path);
  checkFuture(check, event, path, options);
  return check.problems.slice(0, MAX_PROBLEMS);
}

function checkFields(check: Checker, event: JsonObject, type: EventType, path: string): void {
  // Only for the fields that it has: there are many fields, and many events.
  const known = fieldsOf[type];
  const rules: FieldRules = Object.fromEntries(Object.keys(event).flatMap((name) => {
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    return rule === undefined ? [] : [[name, (value: unknown, at: string) => rule(check, value, at, event)]];
  }));
  const present = check.fields(event, path, rules, true);
  check.require(present, path, ['eventTime', 'eventTimeZoneOffset', ...requiredOf[type]]);
  if (type === 'ObjectEvent' && present.has('ilmd') && ['OBSERVE', 'DELETE'].includes(own(event, 'action') as string)) check.add(`${path}.ilmd`, 'epcis.ilmd', 'Instance or lot master data belongs to the birth of objects: use it with action ADD or in a TransformationEvent only.');
}

/** What the event is about: which lists must hold something (EPCIS 2.0, rules of the event types). */
function checkWhat(check: Checker, event: JsonObject, type: EventType, path: string): void {
  const any = (...names: string[]): boolean => names.some((name) => filled(event, name));
  const act = own(event, 'action');
  const missing = (field: string, message: string): void => check.add(memberPath(path, field), 'epcis.what', message);
  switch (type) {
    case 'ObjectEvent':
      if (!any('epcList', 'quantityList') && !(any('sensorElementList') && own(event, 'readPoint') !== undefined)) missing('epcList', 'The event names no object: fill epcList or quantityList, or give sensor data with a readPoint.');
      break;
    case 'AggregationEvent':
      if (own(event, 'parentID') === undefined && act !== 'OBSERVE') check.add(`${path}.parentID`, 'epcis.required', 'The field "parentID" is missing; only an observation may leave the container open.');
      if (act !== 'DELETE' && !any('childEPCs', 'childQuantityList')) missing('childEPCs', 'The event names no contents: fill childEPCs or childQuantityList. Only DELETE may leave them out, for "everything".');
      break;
    case 'AssociationEvent':
      if (act !== 'DELETE' && !any('childEPCs', 'childQuantityList')) missing('childEPCs', 'The event names nothing that is associated: fill childEPCs or childQuantityList. Only DELETE may leave them out, for "everything".');
      break;
    case 'TransactionEvent':
      if (act !== 'DELETE' && !any('epcList', 'quantityList') && own(event, 'parentID') === undefined) missing('epcList', 'The event names no object: fill epcList, quantityList or parentID. Only DELETE may leave them out, for "everything".');
      break;
    case 'TransformationEvent': {
      const input = any('inputEPCList', 'inputQuantityList');
      const output = any('outputEPCList', 'outputQuantityList');
      const linked = typeof own(event, 'transformationID') === 'string' && own(event, 'transformationID') !== '';
      if (linked ? !input && !output : !input) missing('inputEPCList', 'The transformation has no inputs: fill inputEPCList or inputQuantityList, or link several events by a transformationID.');
      if (!linked && !output) missing('outputEPCList', 'The transformation has no outputs: fill outputEPCList or outputQuantityList, or link several events by a transformationID.');
      break;
    }
  }
}

/** A container or carrier is not a part of itself; a transaction may name a pallet with what is on it. */
function checkParent(check: Checker, event: JsonObject, path: string): void {
  const parent = own(event, 'parentID');
  const children = own(event, 'childEPCs');
  if (parent === undefined || !Array.isArray(children)) return;
  const same = sameId(check, parent);
  children.forEach((child, i) => {
    if (sameId(check, child) === same) check.add(`${path}.childEPCs[${i}]`, 'epcis.parent-among-children', 'The parent stands among its own children; remove it from the list.');
  });
}

function checkFuture(check: Checker, event: JsonObject, path: string, options: ValidateOptions): void {
  const now = options.now === undefined ? undefined : parseTime(options.now);
  if (now === undefined) return;
  const latest = now + (options.futureToleranceMs ?? FUTURE_TOLERANCE_MS);
  const later = (value: unknown): boolean => typeof value === 'string' && (parseTime(value) ?? 0) > latest;
  const declaration = own(event, 'errorDeclaration');
  if (later(own(event, 'eventTime'))) check.add(`${path}.eventTime`, 'epcis.time-future', `The event time lies after the present (${options.now ?? ''}); capture events when they have happened, and check the clock and the offset.`);
  if (isObject(declaration) && later(own(declaration, 'declarationTime'))) check.add(`${path}.errorDeclaration.declarationTime`, 'epcis.time-future', `The error is declared after the present (${options.now ?? ''}); check the clock and the offset.`);
}
