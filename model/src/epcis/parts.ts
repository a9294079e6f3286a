import { canonicalId, checkId, parseKey } from '../gs1';
import { quantityPattern } from '../quantity';
import type { Checker, FieldRules } from './checker';
import { expandValue, isObject, own } from './context';
import { numberText } from './decimal';
import { vocabularies, wordOf } from './vocabulary';
import type { Vocabulary } from './vocabulary';

/** The parts that several event types share; each checks one field value and reports to the checker. */

const { bizTransaction, component, disposition, errorReason, measurement, sensorAlert, sourceDestination } = vocabularies;

/** List of instance-level identifiers. */
export function epcList(check: Checker, value: unknown, path: string): void {
  const seen = new Set<unknown>();
  check.list(value, path).forEach((id, i) => {
    const at = `${path}[${i}]`;
    const canonical = sameId(check, id);
    if (seen.has(canonical)) check.add(at, 'epcis.duplicate', 'This identifier stands twice in the list (perhaps once as URN and once as Digital Link); remove one.');
    seen.add(canonical);
    check.id(id, at);
    if (levelOf(check, id) === 'class' || levelOf(check, id) === 'lot') check.add(at, 'epcis.class-in-epc-list', 'This identifies a class or lot, not one object; put it into the quantity list with its quantity.');
  });
}

/** The identifier in the form in which it is compared; what is no identifier as it is. */
export function sameId(check: Checker, id: unknown): unknown {
  const expanded = typeof id === 'string' ? expandValue(id, check.context) : id;
  return checkId(expanded) === undefined ? canonicalId(expanded as string) : id;
}

function levelOf(check: Checker, id: unknown): 'class' | 'lot' | 'instance' | undefined {
  if (typeof id !== 'string') return undefined;
  const expanded = expandValue(id, check.context);
  if (checkId(expanded) !== undefined) return undefined;
  return parseKey(expanded)?.level;
}

/** List of classes or lots with quantity and unit. `zero`: a quantity of 0 says something (an observation may count none). */
export function quantityList(check: Checker, value: unknown, path: string, zero: boolean): void {
  check.list(value, path).forEach((element, i) => {
    const at = `${path}[${i}]`;
    if (!check.object(element, at)) return;
    const present = check.fields(
      element,
      at,
      {
        epcClass: (id, idPath) => {
          check.id(id, idPath);
          if (levelOf(check, id) === 'instance') check.add(idPath, 'epcis.instance-in-quantity', 'This identifies one object, not a class or lot; put it into the EPC list.');
        },
        quantity: (amount, amountPath) => quantity(check, amount, amountPath, own(element, 'uom') === undefined, zero),
        uom: (unit, unitPath) => {
          if (typeof unit !== 'string' || !/^[A-Z0-9]{2,3}$/.test(unit)) check.add(unitPath, 'epcis.uom', 'The unit must be a UN/ECE Recommendation 20 code of two or three characters such as "KGM".');
        },
      },
      false,
    );
    check.require(present, at, ['epcClass']);
    if (present.has('uom') && !present.has('quantity')) check.add(at, 'epcis.uom', 'A unit stands without a quantity; add the quantity or remove the unit.');
  });
}

function quantity(check: Checker, value: unknown, path: string, count: boolean, zero: boolean): void {
  if (!check.number(value, path)) return;
  const text = numberText(value);
  if (value < 0) check.add(path, 'epcis.quantity', 'A quantity cannot be negative; say by action or business step that goods go out.');
  else if (value === 0 && !zero) check.add(path, 'epcis.quantity', 'The quantity is 0; leave the element out. Only an observation may count zero.');
  else if (!quantityPattern.test(text)) check.add(path, 'epcis.quantity', `The quantity ${text.slice(0, 40)} has more than 15 digits before or 6 after the point; choose a unit that fits.`);
  else if (count && text.includes('.')) check.add(path, 'epcis.uom', `A quantity without unit counts pieces, so ${text} must be a whole number; add the unit ("uom") or correct the count.`);
}

export function bizTransactionList(check: Checker, value: unknown, path: string, minimum = 0): void {
  typedList(check, value, path, 'bizTransaction', bizTransaction, false, minimum);
}

export function sourceList(check: Checker, value: unknown, path: string): void {
  typedList(check, value, path, 'source', sourceDestination, true);
}

export function destinationList(check: Checker, value: unknown, path: string): void {
  typedList(check, value, path, 'destination', sourceDestination, true);
}

function typedList(check: Checker, value: unknown, path: string, name: string, vocabulary: Vocabulary, typed: boolean, minimum = 0): void {
  check.list(value, path, minimum).forEach((item, i) => {
    const at = `${path}[${i}]`;
    if (!check.object(item, at)) return;
    const rules: FieldRules = { type: (type, typePath) => check.word(type, typePath, vocabulary), [name]: (id, idPath) => check.id(id, idPath) };
    check.require(check.fields(item, at, rules, false), at, typed ? ['type', name] : [name]);
  });
}

/** readPoint or bizLocation. */
export function place(check: Checker, value: unknown, path: string): void {
  if (!check.object(value, path)) return;
  check.require(check.fields(value, path, { id: (id, idPath) => check.id(id, idPath) }, true), path, ['id']);
}

export function persistentDisposition(check: Checker, value: unknown, path: string): void {
  if (!check.object(value, path)) return;
  const lists = new Map<string, Set<unknown>>();
  const words = (list: unknown, at: string): void => {
    const seen = new Set<unknown>();
    for (const other of lists.values()) for (const word of other) seen.add(word);
    const mine = new Set<unknown>();
    check.list(list, at, 1).forEach((word, i) => {
      const same = typeof word === 'string' ? (wordOf(disposition, expandValue(word, check.context)) ?? word) : word;
      if (mine.has(same)) check.add(`${at}[${i}]`, 'epcis.duplicate', 'This disposition stands twice in the list; remove one.');
      else if (seen.has(same)) check.add(`${at}[${i}]`, 'epcis.persistent-disposition', 'This disposition is set and unset by the same event; say one of it.');
      mine.add(same);
      check.word(word, `${at}[${i}]`, disposition);
    });
    lists.set(at, mine);
  };
  const present = check.fields(value, path, { set: words, unset: words }, false);
  if (present.size === 0) check.add(path, 'epcis.required', 'A persistent disposition must set or unset something.');
}

/** `eventId`: that of the event itself, which cannot correct itself. */
export function errorDeclaration(check: Checker, value: unknown, path: string, eventId: unknown): void {
  if (!check.object(value, path)) return;
  const present = check.fields(
    value,
    path,
    {
      declarationTime: (time, at) => void check.time(time, at),
      reason: (reason, at) => check.word(reason, at, errorReason),
      correctiveEventIDs: (ids, at) => correctiveIds(check, ids, at, eventId),
    },
    true,
  );
  check.require(present, path, ['declarationTime']);
}

function correctiveIds(check: Checker, value: unknown, path: string, eventId: unknown): void {
  const seen = new Set<unknown>();
  check.list(value, path).forEach((id, i) => {
    check.id(id, `${path}[${i}]`);
    if (seen.has(id)) check.add(`${path}[${i}]`, 'epcis.duplicate', 'This event id stands twice in the list; remove one.');
    else if (id === eventId) check.add(`${path}[${i}]`, 'epcis.corrective-id', 'The event names itself as its correction; name the events that replace it.');
    seen.add(id);
  });
}

export function certificationInfo(check: Checker, value: unknown, path: string): void {
  if (Array.isArray(value)) value.forEach((uri, i) => check.id(uri, `${path}[${i}]`));
  else check.id(value, path);
}

/** Master data of an instance or lot: namespaced names with free content. */
export function ilmd(check: Checker, value: unknown, path: string): void {
  if (check.object(value, path)) check.fields(value, path, {}, true);
}

export function sensorElementList(check: Checker, value: unknown, path: string): void {
  check.list(value, path).forEach((element, i) => {
    const at = `${path}[${i}]`;
    if (!check.object(element, at)) return;
    const present = check.fields(element, at, { sensorMetadata: (metadata, metadataPath) => sensorMetadata(check, metadata, metadataPath), sensorReport: (reports, reportPath) => sensorReports(check, reports, reportPath) }, true);
    check.require(present, at, ['sensorReport']);
  });
}

type Rule = (check: Checker, value: unknown, path: string) => void;
const asId: Rule = (check, value, path) => check.id(value, path);
const asTime: Rule = (check, value, path) => void check.time(value, path);
const asNumber: Rule = (check, value, path) => void check.number(value, path);
const asText: Rule = (check, value, path) => void check.text(value, path);
const asWord =
  (vocabulary: Vocabulary): Rule =>
  (check, value, path) =>
    check.word(value, path, vocabulary);

const sources: Readonly<Record<string, Rule>> = { time: asTime, deviceID: asId, deviceMetadata: asId, rawData: asId, dataProcessingMethod: asId, bizRules: asId };
const metadataRules: Readonly<Record<string, Rule>> = { ...sources, startTime: asTime, endTime: asTime };
const reportRules: Readonly<Record<string, Rule>> = {
  ...sources,
  type: asWord(measurement),
  exception: asWord(sensorAlert),
  microorganism: asId,
  chemicalSubstance: asId,
  coordinateReferenceSystem: asId,
  value: asNumber,
  component: asWord(component),
  stringValue: asText,
  booleanValue: (check, value, path) => {
    if (typeof value !== 'boolean') check.add(path, 'epcis.shape', 'This must be true or false, without quotes.');
  },
  hexBinaryValue: (check, value, path) => {
    if (typeof value !== 'string' || !/^[A-Fa-f0-9]+$/.test(value)) check.add(path, 'epcis.shape', 'This must be a text of hexadecimal digits.');
  },
  uriValue: asId,
  minValue: asNumber,
  maxValue: asNumber,
  meanValue: asNumber,
  sDev: asNumber,
  percRank: asNumber,
  percValue: asNumber,
  uom: asText,
};

function bind(check: Checker, rules: Readonly<Record<string, Rule>>): FieldRules {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, (value: unknown, path: string) => rule(check, value, path)]));
}

function sensorMetadata(check: Checker, value: unknown, path: string): void {
  if (check.object(value, path)) check.fields(value, path, bind(check, metadataRules), true);
}

function sensorReports(check: Checker, value: unknown, path: string): void {
  check.list(value, path, 1).forEach((report, i) => {
    const at = `${path}[${i}]`;
    if (!check.object(report, at)) return;
    // An alarm or error may stand without a measurement (XML schema; published examples).
    const present = check.fields(report, at, bind(check, reportRules), true);
    if (!present.has('exception')) check.require(present, at, ['type']);
  });
}

/** Whether a field holds a list with something in it. */
export function filled(event: unknown, name: string): boolean {
  const value = isObject(event) ? own(event, name) : undefined;
  return Array.isArray(value) && value.length > 0;
}
