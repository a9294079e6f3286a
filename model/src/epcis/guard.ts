import type { EpcisProblem } from './types';

/** Nesting of a JSON value that is accepted. */
export const MAX_DEPTH = 64;
/** Longest single text in an event, in characters. */
export const MAX_TEXT = 32_768;

/** Names that reach prototypes of JavaScript. */
export const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Step = readonly [value: unknown, path: string, depth: number];

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
  const stack: Step[] = [[root, path, 0]];
  const report = (at: string, rule: string, message: string): void => {
    problems.push({ path: at, rule, message });
  };
  for (let step = stack.pop(); step !== undefined && problems.length < limit; step = stack.pop()) {
    const [value, at, depth] = step;
    if (typeof value === 'string') guardText(value, at, report);
    else if (typeof value === 'number' && !Number.isFinite(value)) report(at, 'json.number', 'The number is not finite; give a decimal number.');
    else if (typeof value === 'object' && value !== null) {
      if (depth >= maxDepth) {
        report(at, 'json.depth', `The value is nested deeper than ${maxDepth} levels; flatten it.`);
        continue;
      }
      if (Array.isArray(value)) {
        for (let i = value.length - 1; i >= 0; i -= 1) stack.push([value[i], `${at}[${i}]`, depth + 1]);
        continue;
      }
      for (const [name, inner] of Object.entries(value).reverse()) {
        const member = memberPath(at, name);
        if (forbiddenNames.has(name)) report(member, 'json.forbidden-name', `The field name "${name}" is not allowed; rename it.`);
        else guardText(name, member, report);
        stack.push([inner, member, depth + 1]);
      }
    } else if (value !== null && !['boolean', 'number'].includes(typeof value)) report(at, 'json.value', 'The value is not JSON.');
  }
  return problems;
}

function guardText(text: string, path: string, report: (at: string, rule: string, message: string) => void): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is being refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) report(path, 'json.control-character', 'The text holds a null byte or another control character; remove it.');
  if (/\p{Surrogate}/u.test(text)) report(path, 'json.unicode', 'The text holds half of a surrogate pair, so it is not valid Unicode; correct its encoding.');
  if (text.length > MAX_TEXT) report(path, 'json.text-length', `The text is ${text.length} characters long; at most ${MAX_TEXT} are allowed. Keep large content elsewhere and refer to it.`);
}
