import { compareUtf8 } from '../../canonical';
import { DualchainError } from '../../errors';
import type { EventLinks } from '../types';
import { FUTURE_TOLERANCE_MS } from '../validate';
import type { EventQuery, QueriedEvent, QueryPlan, QueryRange, QuerySource, Span } from './types';

/** Between the type and the id of a business transaction, which are two attributes of a key. */
export const HOME_SEPARATOR = '\u0000';
/** Stands in keys for a business transaction without a type. */
export const UNTYPED = '-';

/** Where an event stands in an index: each home has a row of it. */
export function homesOf(source: QuerySource, links: EventLinks): readonly string[] {
  if (source === 'subject') return links.subjects;
  if (source === 'step') return links.bizStep === undefined ? [] : [links.bizStep];
  if (source === 'location') return [...new Set([links.readPoint, links.bizLocation])].filter((place) => place !== undefined);
  if (source === 'transaction') return [...new Set(links.bizTransactions.map(({ type, id }) => transactionHome(type, id)))];
  return [];
}

export function transactionHome(type: string, id: string): string {
  return `${type === '' ? UNTYPED : type}${HOME_SEPARATOR}${id}`;
}

export function inRange({ home, prefix }: QueryRange, of: string): boolean {
  return prefix ? of.startsWith(home) : of === home;
}

/**
 * The row at which an event that stands in several rows of the ranges is given: the first. So no page needs to know what
 * earlier pages gave.
 */
export function firstHome({ source, ranges }: Pick<QueryPlan, 'source' | 'ranges'>, links: EventLinks): string | undefined {
  let first: string | undefined;
  for (const home of homesOf(source, links)) if (ranges.some((range) => inRange(range, home)) && (first === undefined || compareUtf8(home, first) < 0)) first = home;
  return first;
}

/** Whether an event is an answer. */
export function matches({ conditions, eventTime, recordTime }: EventQuery, event: QueriedEvent): boolean {
  return within(eventTime, event.links.time) && within(recordTime, event.recordTime) && conditions.every(({ test }) => test(event));
}

export function within({ from, before }: Span, time: string): boolean {
  return (from === undefined || time >= from) && (before === undefined || time < before);
}

/**
 * Takes the most selective index that a parameter allows: event id, identifier, business transaction, place, identifiers
 * by pattern, places within a place, step; without any of them all events in the order of capture, from the earliest time
 * at which an answer can have been captured. Throws INVALID_INPUT for an order by event time without an index that has it.
 */
export function planQuery({ conditions, eventTime, recordTime, orderBy, direction }: EventQuery): QueryPlan {
  const [best] = conditions.flatMap(({ access }) => (access === undefined ? [] : [access])).sort((a, b) => a.rank - b.rank || a.ranges.length - b.ranges.length);
  if (best === undefined) {
    if (orderBy === 'eventTime') throw new DualchainError('INVALID_INPUT', 'orderBy "eventTime" needs a parameter that an index serves: MATCH_… (an identifier), EQ_bizTransaction_…, EQ_readPoint, EQ_bizLocation, EQ_transformationID or EQ_bizStep. Add one, or order by "recordTime".', { details: { issues: [{ path: 'orderBy', rule: 'needs an indexed parameter for eventTime' }] } });
    return { source: 'captured', ranges: [], order: direction === 'DESC' && orderBy !== undefined ? 'recordTime' : 'index', direction: orderBy === undefined ? 'ASC' : direction, times: captureSpan(eventTime, recordTime) };
  }
  const ranges = disjoint(best.ranges);
  const [only, ...others] = ranges;
  const inOrder = orderBy === undefined || (orderBy === 'eventTime' && direction === 'ASC' && best.source !== 'id' && only?.prefix === false && others.length === 0);
  return { source: best.source, ranges, order: inOrder ? 'index' : orderBy, direction: orderBy === undefined ? 'ASC' : direction, times: eventTime };
}

/** An event is captured no sooner than it happened, but for clocks that differ. */
function captureSpan({ from }: Span, recordTime: Span): Span {
  const earliest = from === undefined ? undefined : new Date(Date.parse(from) - FUTURE_TOLERANCE_MS).toISOString();
  const start = earliest !== undefined && (recordTime.from === undefined || earliest > recordTime.from) ? earliest : recordTime.from;
  return { ...(start === undefined ? {} : { from: start }), ...(recordTime.before === undefined ? {} : { before: recordTime.before }) };
}

function disjoint(ranges: readonly QueryRange[]): QueryRange[] {
  const sorted = [...ranges].sort((a, b) => compareUtf8(a.home, b.home) || Number(b.prefix) - Number(a.prefix));
  const kept: QueryRange[] = [];
  for (const range of sorted) if (!kept.some((before) => inRange(before, range.home))) kept.push(range);
  return kept;
}
