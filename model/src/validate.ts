import type { z } from 'zod';
import { DualchainError, errorCatalogue } from './errors';
import type { ErrorCode } from './errors';

/** Deepest nesting that any input needs; deeper ones are refused before anything walks them. */
const MAX_DEPTH = 32;
const MAX_ISSUES = 20;

/** One thing wrong with an input. */
export interface Issue {
  /** Where, as a path such as `lines[0].quantity`; empty: the whole. */
  readonly path: string;
  readonly rule: string;
}

/**
 * Checks plain data against a schema and returns it typed. `what` names it in the message ("The input of issueOrder").
 * Refuses class instances, accessors, `__proto__`, deep nesting and ill-formed Unicode. The message and details never
 * hold a value, because the data may be sealed. Throws INVALID_INPUT, or the code that a schema's rule names.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  assertPlain(value, what);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, MAX_ISSUES).map((issue): Issue & { code: ErrorCode } => ({ path: pathText(issue.path), rule: issue.message, code: codeOf(issue) }));
  const first = issues[0] ?? { path: '', rule: 'is invalid', code: 'INVALID_INPUT' };
  const where = first.path === '' ? '' : ` at ${first.path}`;
  throw new DualchainError(first.code, `${what} is not valid${where}: ${first.rule}.`, { details: { issues: issues.map(({ path, rule }) => ({ path, rule })) } });
}

/** Parses JSON text from outside. Throws INVALID_INPUT without repeating the text, and TOO_LARGE. */
export function parseJson(text: string, what: string, maxLength: number): unknown {
  if (text.length > maxLength) throw new DualchainError('TOO_LARGE', `${what} is longer than ${maxLength} characters; split it.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new DualchainError('INVALID_INPUT', `${what} is not JSON.`);
  }
}

/** Refuses what JSON cannot say exactly. Throws INVALID_INPUT. */
export function assertPlain(value: unknown, what: string, path = '', depth = 0): void {
  const refuse = (rule: string): never => {
    throw new DualchainError('INVALID_INPUT', `${what} is not valid${path === '' ? '' : ` at ${path.slice(0, 200)}`}: ${rule}.`, { details: { issues: [{ path: path.slice(0, 200), rule }] } });
  };
  if (depth > MAX_DEPTH) refuse(`must not be nested deeper than ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case 'string':
      if (/\p{Surrogate}/u.test(value)) refuse('must be well-formed Unicode');
      return;
    case 'number':
      if (!Number.isFinite(value)) refuse('must be a finite number');
      return;
    case 'boolean':
    case 'undefined':
      return;
    case 'object':
      break;
    default:
      refuse(`must be JSON data, not a ${typeof value}`);
  }
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => assertPlain(item, what, `${path}[${index}]`, depth + 1));
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !isForeignPlain(prototype)) refuse('must be a plain object');
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (key === '__proto__') refuse('must not have a field __proto__');
    if (/\p{Surrogate}/u.test(key)) refuse('must have well-formed field names');
    if (!('value' in descriptor)) refuse('must not have accessors');
    assertPlain(descriptor.value, what, path === '' ? key : `${path}.${key}`, depth + 1);
  }
}

/** Object.prototype of another realm (a worker or a test's sandbox): nothing above it, and it is an Object's. */
function isForeignPlain(prototype: unknown): boolean {
  return typeof prototype === 'object' && prototype !== null && Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty') && Object.hasOwn(prototype, 'isPrototypeOf');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '').slice(0, 200);
}

function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return typeof code === 'string' && code in errorCatalogue ? (code as ErrorCode) : 'INVALID_INPUT';
}
