import type { InputOf, Opened, ResultOf, SealedRecord, Verb } from '@dualchain/model';
import { DualchainError } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { evaluate } from './evaluate';

/** Asks a question of the model at the own peer, typed by its verb. */
export async function ask<V extends Verb<never, never, unknown> | Verb<unknown, never, unknown>>(session: Session, verb: V, input: InputOf<V>, options?: CallOptions): Promise<ResultOf<V>> {
  return (await evaluate(session, verb as unknown as Verb, input, options)) as ResultOf<V>;
}

/** The answer of a question, or undefined where it says NOT_FOUND. */
export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DualchainError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * The sealed records that a verb shows its endorsers: of what was opened, only the types that the verb names, because
 * the endorsers of one verb may be strangers to another record of the same object (a carrier to an order's prices).
 */
export function openingsFor({ openings }: Pick<Verb, 'openings'>, ...opened: readonly Opened<unknown>[]): SealedRecord[] {
  return opened.flatMap(({ records }) => Object.values(records)).filter(({ type }) => openings.includes(type));
}
