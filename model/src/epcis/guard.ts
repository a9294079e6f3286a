import type { EpcisProblem } from './types';

/** Nesting of a JSON value that is accepted. */
export const MAX_DEPTH = 64;
/** Events of one input that are accepted, unless the caller says otherwise. */
export const MAX_EVENTS = 100_000;
/** Longest single text in an event, in characters. */
export const MAX_TEXT = 32_768;

/** Names that reach prototypes of JavaScript. */
export const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** An array or object on the way down, and how far its members are. */
interface Frame {
  readonly node: object;
  /** Names of an object's members; undefined for arrays. */
  readonly names: readonly string[] | undefined;
  readonly length: number;
  next: number;
}

/** JSON path of a member. */
export function memberPath(path: string, name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name.slice(0, 100)).replace(/[^\x20-\x7e]/g, '?')}]`;
}

/**
 * What no input may hold at any depth: names that reach JavaScript prototypes, null bytes and other control characters,
 * lone surrogates, nesting beyond the limit, numbers that are not finite, values that are not JSON. At most `limit` problems.
 */
export function guardJson(root: unknown, path: string, maxDepth = MAX_DEPTH, limit = 20): EpcisProblem[] {
  const problems: EpcisProblem[] = [];
  const frames: Frame[] = [];
  // Paths are put together only where something is told: a value may have millions of members.
  const here = (): string => frames.reduce((at, { names, next }) => (names === undefined ? `${at}[${next - 1}]` : memberPath(at, names[next - 1] ?? '')), path);
  const report: Report = (rule, message) => {
    problems.push({ path: here(), rule, message });
  };
  const enter = (value: unknown): void => {
    if (typeof value === 'string') guardText(value, report);
    else if (typeof value === 'number' && !Number.isFinite(value)) report('json.number', 'The number is not finite; give a decimal number.');
    else if (typeof value === 'object' && value !== null) {
      if (frames.length >= maxDepth) report('json.depth', `The value is nested deeper than ${maxDepth} levels; flatten it.`);
      else if (Array.isArray(value)) frames.push({ node: value, names: undefined, length: value.length, next: 0 });
      else {
        const names = Object.keys(value);
        frames.push({ node: value, names, length: names.length, next: 0 });
      }
    } else if (value !== null && !['boolean', 'number'].includes(typeof value)) report('json.value', 'The value is not JSON.');
  };
  enter(root);
  for (let frame = frames.at(-1); frame !== undefined && problems.length < limit; frame = frames.at(-1)) {
    if (frame.next >= frame.length) {
      frames.pop();
      continue;
    }
    const place = frame.next;
    frame.next += 1;
    const name = frame.names?.[place];
    if (name !== undefined && forbiddenNames.has(name)) report('json.forbidden-name', `The field name "${name}" is not allowed; rename it.`);
    else if (name !== undefined) guardText(name, report);
    enter(name === undefined ? (frame.node as readonly unknown[])[place] : (frame.node as Record<string, unknown>)[name]);
  }
  return problems;
}

type Report = (rule: string, message: string) => void;

function guardText(text: string, report: Report): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is being refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) report('json.control-character', 'The text holds a null byte or another control character; remove it.');
  if (/\p{Surrogate}/u.test(text)) report('json.unicode', 'The text holds half of a surrogate pair, so it is not valid Unicode; correct its encoding.');
  if (text.length > MAX_TEXT) report('json.text-length', `The text is ${text.length} characters long; at most ${MAX_TEXT} are allowed. Keep large content elsewhere and refer to it.`);
}
