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
export function assertPlain(value: unknown, what: string): void {
  const flaw = flawOf(value, 0);
  if (flaw === undefined) return;
  const path = pathText(flaw.path.reverse());
  throw new DualchainError('INVALID_INPUT', `${what} is not valid${path === '' ? '' : ` at ${path}`}: ${flaw.rule}.`, { details: { issues: [{ path, rule: flaw.rule }] } });
}

interface Flaw {
  /** From the innermost part outwards. */
  readonly path: (string | number)[];
  readonly rule: string;
}

function flawOf(value: unknown, depth: number): Flaw | undefined {
  if (depth > MAX_DEPTH) return { path: [], rule: `must not be nested deeper than ${MAX_DEPTH} levels` };
  if (typeof value === 'string') return isWellFormed(value) ? undefined : { path: [], rule: 'must be well-formed Unicode' };
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path: [], rule: 'must be a finite number' };
  if (value === null || value === undefined || typeof value === 'boolean') return undefined;
  if (typeof value !== 'object') return { path: [], rule: `must be JSON data, not a ${typeof value}` };
  if (!Array.isArray(value) && !isPlain(value)) return { path: [], rule: 'must be a plain object' };
  for (const [key, part] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    if (key === '__proto__') return { path: [], rule: 'must not have a field __proto__' };
    if (typeof key === 'string' && !isWellFormed(key)) return { path: [], rule: 'must have well-formed field names' };
    const flaw = flawOf(part, depth + 1);
    if (flaw !== undefined) {
      flaw.path.push(key);
      return flaw;
    }
  }
  return undefined;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isForeignPlain(prototype);
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
