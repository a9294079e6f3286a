import { contextOf, expandName, isObject, parseContext } from '../context';
import { plainDecimal } from '../decimal';
import type { EventLinks, JsonObject, TypedId } from '../types';
import { vocabularies } from '../vocabulary';
import type { Vocabulary } from '../vocabulary';
import type { ReadParameter } from './event-parameters';
import { transactionHome } from './plan';
import type { QueriedEvent } from './types';
import { idOf, refused, wordFrom } from './values';

const standard = parseContext(undefined);

/** Parameters whose names end in a type or a field: `EQ_bizTransaction_po`, `EQ_source_owning_party`, `EXISTS_ILMD_cbvmda:lotNumber`, `EQ_example:myField`. */
export function familyParameter(name: string): ReadParameter | undefined {
  const transaction = /^EQ_bizTransaction_(.+)$/.exec(name)?.[1];
  if (transaction !== undefined) return typedIds(transaction, vocabularies.bizTransaction, ({ bizTransactions }) => bizTransactions, true);
  const source = /^EQ_source_(.+)$/.exec(name)?.[1];
  if (source !== undefined) return typedIds(source, vocabularies.sourceDestination, ({ sources }) => sources, false);
  const destination = /^EQ_destination_(.+)$/.exec(name)?.[1];
  if (destination !== undefined) return typedIds(destination, vocabularies.sourceDestination, ({ destinations }) => destinations, false);
  const field = /^(EXISTS|EQ)_(?:(ilmd)_)?([^_]*[:#/].*)$/i.exec(name);
  if (field === null) return undefined;
  const inIlmd = field[2] !== undefined;
  const wanted = field[3] ?? '';
  return field[1]?.toUpperCase() === 'EXISTS' ? fieldExists(wanted, inIlmd) : fieldEquals(wanted, inIlmd);
}

function typedIds(type: string, vocabulary: Vocabulary, of: (links: EventLinks) => readonly TypedId[], indexed: boolean): ReadParameter {
  return (parameter, values) => {
    const word = wordFrom(parameter, type, vocabulary);
    const wanted = values.map((value) => idOf(parameter, value));
    return {
      parameter,
      test: ({ links }) => of(links).some((item) => item.type === word && wanted.includes(item.id)),
      ...(indexed ? { access: { source: 'transaction', rank: 2, ranges: wanted.map((id) => ({ home: transactionHome(word, id), prefix: false })) } } : {}),
    };
  };
}

function fieldExists(field: string, inIlmd: boolean): ReadParameter {
  return (parameter, values) => {
    if (values.length !== 1 || values[0] !== 'true') throw refused(parameter, 'takes the value true; leave it out otherwise');
    return { parameter, test: (event) => valuesIn(event, field, inIlmd).length > 0 };
  };
}

function fieldEquals(field: string, inIlmd: boolean): ReadParameter {
  return (parameter, values) => {
    const wanted = new Set(values.map((value) => plainDecimal(value) ?? value));
    return { parameter, test: (event) => valuesIn(event, field, inIlmd).some((value) => wanted.has(textOf(value))) };
  };
}

/** Values of the top-level fields with this name: spelled the same, or the same name once the event's own context has expanded its prefix. */
function valuesIn({ event, context }: QueriedEvent, field: string, inIlmd: boolean): unknown[] {
  const holder: unknown = inIlmd ? event['ilmd'] : event;
  if (!isObject(holder)) return [];
  const names = contextOf(event, parseContext(context));
  const wanted = fullName(field, names.prefixes[field.slice(0, Math.max(0, field.indexOf(':')))] === undefined ? standard : names) ?? field;
  return Object.entries(holder).flatMap(([name, value]: [string, unknown]) => (name.includes(':') && (name === field || fullName(name, names) === wanted) ? (Array.isArray(value) ? value : [value]) : []));
}

function fullName(name: string, context: Parameters<typeof expandName>[1]): string | undefined {
  const expanded = expandName(name, context);
  return expanded === undefined ? undefined : `${expanded.namespace}${expanded.local}`;
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return plainDecimal(String(value)) ?? String(value);
  if (typeof value === 'string') return plainDecimal(value) ?? value;
  if (typeof value === 'boolean') return String(value);
  return isObject(value) && typeof (value as JsonObject)['id'] === 'string' ? String((value as JsonObject)['id']) : '';
}
