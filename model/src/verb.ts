import type { z } from 'zod';
import type { Role } from './schemas';

/** A party of a transaction, by the part it plays; its MSP id (or ids) is known when the verb is called. */
export type PartyName = 'self' | 'obligor' | 'supplier' | 'carrier' | 'owner' | 'receiver' | 'financier' | 'settler' | 'witness' | 'members' | 'firstHolder' | 'authority';

/**
 * One verb as data. The chaincode takes its guard from it, the client its types, checks and endorsing organisations.
 * `Input` travels as the public argument, `Sealed` only in the transient map.
 */
export interface Verb<Input = unknown, Sealed = unknown> {
  readonly contract: string;
  readonly name: string;
  /** `submit` writes and is ordered; `evaluate` only asks. */
  readonly kind: 'submit' | 'evaluate';
  /** One sentence for the documents. */
  readonly summary: string;
  /** The caller's organisation needs one of these roles; empty: any active member. */
  readonly roles: readonly Role[];
  /** The caller's certificate needs one of these values in the attribute `dualchain.roles`; empty: any user. */
  readonly users: readonly ('maker' | 'checker' | 'auditor')[];
  readonly input: z.ZodType<Input>;
  readonly sealed?: z.ZodType<Sealed>;
  /** Sealed records (by type) that endorsers must be shown. */
  readonly openings: readonly string[];
  /** Organisations that must endorse, by party. Those written to in private must be among them. */
  readonly endorsers: readonly PartyName[];
  /** Whether a fresh proposal with the same input may be sent after a read conflict or a lost connection. */
  readonly repeatable: boolean;
}

type VerbOptions<Input, Sealed> = Pick<Verb<Input, Sealed>, 'contract' | 'name' | 'summary' | 'input'> & Partial<Omit<Verb<Input, Sealed>, 'kind'>>;

/** Defines a verb that writes. Ids are chosen by the client and every verb checks the state it starts from, so repeating is safe unless said otherwise. */
export function submitVerb<Input, Sealed = never>(options: VerbOptions<Input, Sealed> & Pick<Verb, 'endorsers'>): Verb<Input, Sealed> {
  return { roles: [], users: [], openings: [], repeatable: true, ...options, kind: 'submit' };
}

/** Defines a question, answered by the caller's own peer. */
export function evaluateVerb<Input>(options: VerbOptions<Input, never>): Verb<Input, never> {
  return { roles: [], users: [], openings: [], endorsers: [], repeatable: true, ...options, kind: 'evaluate' };
}

export type InputOf<V> = V extends Verb<infer Input, unknown> ? Input : never;
export type SealedOf<V> = V extends Verb<unknown, infer Sealed> ? Sealed : never;
