import { expandValue, isObject, parseContext } from '../context';
import { utcTime } from '../time';
import { vocabularies, wordOf } from '../vocabulary';
import type { QueriedEvent } from './types';

export interface Declaration {
  /** UTC with milliseconds. */
  readonly time: string;
  readonly reason?: string;
  readonly corrective: readonly string[];
}

/** All error declarations of an event: that which it was captured with, and those that came later. */
export function declarationsOf({ event, context, declarations }: QueriedEvent): Declaration[] {
  const found = [event['errorDeclaration'], ...declarations].filter(isObject);
  if (found.length === 0) return [];
  const names = parseContext(context);
  return found.map(({ declarationTime, reason, correctiveEventIDs }) => {
    const word = typeof reason === 'string' ? expandValue(reason, names) : undefined;
    return {
      time: (typeof declarationTime === 'string' ? utcTime(declarationTime) : undefined) ?? '',
      ...(word === undefined ? {} : { reason: wordOf(vocabularies.errorReason, word) ?? word }),
      corrective: Array.isArray(correctiveEventIDs) ? correctiveEventIDs.filter((id) => typeof id === 'string') : [],
    };
  });
}
