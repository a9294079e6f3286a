import { DualchainError } from '../../errors';
import { eventParameters } from './event-parameters';
import { familyParameter } from './families';
import { refused, timeOf, wholeNumber } from './values';
import type { Condition, EventQuery, QueryParameters, Span } from './types';

const MAX_VALUES = 100;
const MAX_PARAMETERS = 50;
const DEFAULT_PAGE = 100;
const MAX_PAGE = 500;
const MAX_COUNT = 1_000_000;

/** Names of the standard that this ledger does not answer, with what to do instead. */
const unserved: readonly (readonly [RegExp, string])[] = [
  [/^(?:HASATTR|EQATTR)_/, 'asks for master data, which the ledger does not hold; ask for the identifiers themselves'],
  [/^(?:EQ|GE|GT|LE|LT|EXISTS|WD)_(?:type|deviceID|deviceMetadata|rawData|dataProcessingMethod|bizRules|time|startTime|endTime|microorganism|chemicalSubstance|value|minValue|maxValue|meanValue|sDev|percRank|percValue|stringValue|booleanValue|hexBinaryValue|uriValue|SENSORELEMENT|SENSORMETADATA|SENSORREPORT)/, 'asks for sensor data, which no query filters; ask for the events and filter them'],
];

/**
 * Reads query parameters. Throws INVALID_INPUT that names a parameter which does not exist, is not served, or has a
 * value that it does not take, and says what to write.
 */
export function readQuery(parameters: QueryParameters): EventQuery {
  const names = Object.keys(parameters);
  if (names.length > MAX_PARAMETERS) throw new DualchainError('INVALID_INPUT', `A query has at most ${MAX_PARAMETERS} parameters.`);
  const conditions: Condition[] = [];
  for (const name of names) {
    if (Object.hasOwn(control, name)) continue;
    const values = valuesOf(name, parameters[name]);
    const read = (Object.hasOwn(eventParameters, name) ? eventParameters[name] : undefined) ?? familyParameter(name);
    if (read === undefined) throw unknownParameter(name);
    conditions.push(read(name, values));
  }
  const value = <Name extends keyof typeof control>(name: Name): ReturnType<(typeof control)[Name]> | undefined =>
    Object.hasOwn(parameters, name) ? (control[name](name, valuesOf(name, parameters[name])) as ReturnType<(typeof control)[Name]>) : undefined;
  const eventTime = span(value('GE_eventTime'), value('LT_eventTime'));
  const recordTime = span(value('GE_recordTime'), value('LT_recordTime'));
  const orderBy = value('orderBy');
  const eventCountLimit = value('eventCountLimit');
  const maxEventCount = value('maxEventCount');
  const direction = value('orderDirection');
  const nextPageToken = value('nextPageToken');
  if (eventCountLimit !== undefined && maxEventCount !== undefined) throw refused('maxEventCount', 'goes not with eventCountLimit: the one refuses a larger answer, the other cuts it; give one of them');
  if (direction !== undefined && orderBy === undefined) throw refused('orderDirection', 'needs orderBy: "eventTime" or "recordTime"');
  return {
    conditions,
    eventTime,
    recordTime,
    ...(orderBy === undefined ? {} : { orderBy }),
    direction: direction ?? (orderBy === undefined ? 'ASC' : 'DESC'),
    ...(eventCountLimit === undefined ? {} : { eventCountLimit }),
    ...(maxEventCount === undefined ? {} : { maxEventCount }),
    perPage: value('perPage') ?? DEFAULT_PAGE,
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
  };
}

const one = (name: string, values: readonly string[]): string => {
  const [only, ...more] = values;
  if (only === undefined || more.length > 0) throw refused(name, 'takes one value');
  return only;
};

const choice =
  <Word extends string>(...words: readonly Word[]) =>
  (name: string, values: readonly string[]): Word => {
    const text = one(name, values);
    const word = words.find((each) => each === text);
    if (word === undefined) throw refused(name, `must be ${words.map((each) => `"${each}"`).join(' or ')}`);
    return word;
  };

const count = (max: number) => (name: string, values: readonly string[]) => wholeNumber(name, one(name, values), max);
const time = (name: string, values: readonly string[]) => timeOf(name, one(name, values));

/** Parameters that say when and how many, and not which. */
const control = {
  GE_eventTime: time,
  LT_eventTime: time,
  GE_recordTime: time,
  LT_recordTime: time,
  orderBy: choice('eventTime', 'recordTime'),
  orderDirection: choice('ASC', 'DESC'),
  eventCountLimit: count(MAX_COUNT),
  maxEventCount: count(MAX_COUNT),
  perPage: count(MAX_PAGE),
  nextPageToken: (name: string, values: readonly string[]) => {
    const token = one(name, values);
    if (!/^[A-Za-z0-9_-]{1,6000}$/.test(token)) throw refused(name, 'must be the nextPageToken of an earlier answer, unchanged');
    return token;
  },
} as const;

/** The names without those of the open families (EQ_bizTransaction_…, EQ_source_…, EXISTS_ilmd_… and so on). */
export const queryParameters: readonly string[] = [...Object.keys(eventParameters), ...Object.keys(control)];

function valuesOf(name: string, value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list.length > MAX_VALUES) throw refused(name, `takes 1 to ${MAX_VALUES} values`);
  return list.map((each) => {
    if (typeof each === 'number' || typeof each === 'boolean') return String(each);
    if (typeof each !== 'string' || each === '' || each.length > 6000) throw refused(name, 'must be a text that is not empty, or a list of such');
    return each;
  });
}

function span(from: string | undefined, before: string | undefined): Span {
  return { ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) };
}

function unknownParameter(name: string): DualchainError {
  const shown = name.slice(0, 100);
  const hint = unserved.find(([pattern]) => pattern.test(name))?.[1];
  if (hint !== undefined) return refused(shown, hint);
  const near = queryParameters.find((each) => each.toLowerCase() === name.toLowerCase()) ?? queryParameters.find((each) => each.replace(/^[A-Z]+_/, '').toLowerCase() === name.toLowerCase());
  return refused(shown, near === undefined ? 'is no query parameter of EPCIS 2.0 that this ledger knows; docs/queries.md lists them' : `is no query parameter; write ${near}`);
}
