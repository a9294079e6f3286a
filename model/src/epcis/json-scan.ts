import { memberPath } from './guard';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, MAX_NAME, OPEN_ARRAY, OPEN_OBJECT, QUOTE, unquoted } from './json-text';
import type { EpcisProblem } from './types';

/** Values of one input: what JSON.parse would build in memory. */
export const MAX_VALUES = 3_000_000;

/** Place in an array, or where the name of the member stands in the text. */
type Place = { index: number; name: string | undefined };

/**
 * Looks a JSON text over before it is parsed: the first place that nests deeper than the limit, or the point where it
 * holds more values than are taken. Undefined if neither; whether it is JSON is left to JSON.parse. One pass, no values built.
 */
export function scanJson(text: string, maxDepth: number): EpcisProblem | undefined {
  const places: Place[] = [];
  let values = 1;
  let nameStart = -1;
  let nameEnd = -1;
  for (let i = 0; i < text.length; i += 1) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        nameStart = i;
        i = endOfString(text, i);
        nameEnd = i + 1;
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        if (places.length >= maxDepth) return { path: pathOf(places), rule: 'json.depth', message: `The value is nested deeper than ${maxDepth} levels; flatten it.` };
        places.push({ index: 0, name: text.charCodeAt(i) === OPEN_OBJECT ? '' : undefined });
        values += 1;
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        places.pop();
        break;
      case COLON: {
        const place = places.at(-1);
        // Only as much of the name as a path shows.
        if (place?.name !== undefined) place.name = text.slice(nameStart, Math.min(nameEnd, nameStart + MAX_NAME));
        break;
      }
      case COMMA: {
        const place = places.at(-1);
        if (place !== undefined) place.index += 1;
        values += 1;
        if (values > MAX_VALUES) return { path: pathOf(places), rule: 'json.values', message: `The input holds more than ${MAX_VALUES} values. Split the document.` };
        break;
      }
    }
  }
  return undefined;
}

/** Index of the closing quote, or of the end of the text. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i += 1;
  }
  return text.length;
}

function pathOf(places: readonly Place[]): string {
  return places.reduce((path, { index, name }) => (name === undefined ? `${path}[${index}]` : memberPath(path, unquoted(name))), '$');
}
