/**
 * Values as applications use them: money as `bigint` in minor units, times as `Date`. On the wire both are strings
 * (design: finance.md); the names of the fields say which is which, in every schema of the model alike.
 */

/** Fields that hold a time, ISO 8601 on the wire. */
export type TimeField = `${string}At` | 'at' | 'dueDate' | 'since';
/** Fields of sealed terms that hold money, decimal strings on the wire. A holding's range `from`–`to` counts minor units. */
export type AmountField = 'face' | 'amount' | 'total' | 'unitPrice' | 'payout' | 'fee' | 'lateFee' | 'discount' | 'limit' | 'used' | 'principal' | 'outstanding' | 'unitValue' | 'proceeds' | 'surplus' | 'shortfall' | 'eligible';
/** Raw documents, kept as they came. */
type RawField = 'event' | 'context' | 'records';

const rawFields: ReadonlySet<string> = new Set<RawField>(['event', 'context', 'records']);
const amountFields: ReadonlySet<string> = new Set<AmountField>(['face', 'amount', 'total', 'unitPrice', 'payout', 'fee', 'lateFee', 'discount', 'limit', 'used', 'principal', 'outstanding', 'unitValue', 'proceeds', 'surplus', 'shortfall', 'eligible']);

/** A wire type with `Date` for times and `bigint` for amounts. */
export type Typed<T> = T extends readonly (infer Item)[]
  ? readonly Typed<Item>[]
  : T extends object
    ? { readonly [Field in keyof T]: Field extends RawField ? T[Field] : Field extends TimeField ? Times<T[Field]> : Field extends AmountField ? Amounts<T[Field]> : Typed<T[Field]> }
    : T;
type Times<T> = T extends string ? Date : T;
type Amounts<T> = T extends string ? bigint : T;

/** A wire type as input: times may be a `Date`, amounts a `bigint`, both also the wire's string. */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [Field in keyof T]: Field extends RawField ? T[Field] : Field extends TimeField ? LooseTime<T[Field]> : Field extends AmountField ? LooseAmount<T[Field]> : Loose<T[Field]> }
    : T;
type LooseTime<T> = T extends string ? string | Date : T;
type LooseAmount<T> = T extends string ? string | bigint : T;

/** Turns a chaincode's answer into typed values. */
export function typed<T>(wire: T): Typed<T> {
  return revive(wire) as Typed<T>;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, reviveField(field, inner)]));
}

function reviveField(field: string, value: unknown): unknown {
  if (rawFields.has(field)) return value;
  if (typeof value !== 'string') return revive(value);
  if (isTimeField(field)) return new Date(value);
  return amountFields.has(field) && /^[0-9]+$/.test(value) ? BigInt(value) : value;
}

function isTimeField(field: string): boolean {
  return field === 'at' || field === 'dueDate' || field === 'since' || /[a-z]At$/.test(field);
}

/** Deeper than any schema allows, so that what lies below is refused and never walked. */
const MAX_DEPTH = 64;

/** The JSON of an input: `Date` and `bigint` as the strings that the schemas ask for; absent fields left out. */
export function toWire(value: unknown): unknown {
  return wireOf(value, 0);
}

function wireOf(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => wireOf(item, depth + 1));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).map(([field, inner]) => [field, wireOf(inner, depth + 1)]));
}
