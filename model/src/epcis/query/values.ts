import { DualchainError } from '../../errors';
import { parseQuantity, quantityPattern } from '../../quantity';
import { canonicalId } from '../../gs1';
import { parseContext, expandValue } from '../context';
import { utcTime } from '../time';
import { wordOf } from '../vocabulary';
import type { Vocabulary } from '../vocabulary';

const standard = parseContext(undefined);

/** INVALID_INPUT that names the parameter and says what it takes. */
export function refused(parameter: string, rule: string): DualchainError {
  return new DualchainError('INVALID_INPUT', `The query is not valid at ${parameter}: ${rule}.`, { details: { issues: [{ path: parameter, rule }] } });
}

export function timeOf(parameter: string, text: string): string {
  const time = utcTime(text);
  if (time === undefined) throw refused(parameter, 'must be a time with offset such as "2026-11-24T08:00:00.000Z" or "2026-11-24T09:00:00+01:00"');
  return time;
}

export function wholeNumber(parameter: string, text: string, max: number): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text) || Number(text) > max) throw refused(parameter, `must be a whole number from 1 to ${max}`);
  return Number(text);
}

/** In millionths. */
export function quantityOf(parameter: string, text: string): bigint {
  if (!quantityPattern.test(text)) throw refused(parameter, 'must be a decimal number, at most six decimals, such as "12.5"');
  return parseQuantity(text);
}

export function idOf(parameter: string, text: string): string {
  try {
    return canonicalId(expandValue(text, standard));
  } catch (error) {
    throw refused(parameter, error instanceof DualchainError ? trimmed(error.message) : 'must be an identifier');
  }
}

/** A word as links have it: standard ones bare, others as full URI. Throws INVALID_INPUT for a bare word that the vocabulary does not have. */
export function wordFrom(parameter: string, text: string, vocabulary: Vocabulary): string {
  const expanded = expandValue(text, standard);
  const word = wordOf(vocabulary, expanded);
  if (word === undefined) return expanded;
  if (!vocabulary.words.has(word)) throw refused(parameter, `must be a ${vocabulary.title} of the Core Business Vocabulary such as "${[...vocabulary.words][0] ?? ''}", or the URI of one of your own`);
  return word;
}

export function trimmed(message: string): string {
  return message.replace(/\.$/, '');
}
