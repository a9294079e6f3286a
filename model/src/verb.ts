import type { z } from 'zod';
import type { Role } from './schemas';
import type { SealedRecord } from './sealed';

/** A party of a transaction, by the part it plays; its MSP id (or ids) is known when the verb is called. */
export type PartyName = 'self' | 'obligor' | 'supplier' | 'carrier' | 'owner' | 'receiver' | 'financier' | 'settler' | 'witness' | 'members' | 'firstHolder' | 'authority' | 'warehouse' | 'depositor' | 'destination' | 'buyer' | 'voters' | 'auditor' | 'seller';

/**
 * One verb as data. The chaincode takes its guard from it, the client its types, checks and endorsing organisations.
 * `Input` travels as the public argument, `Sealed` only in the transient map.
 */
export interface Verb<Input = unknown, Sealed = unknown, Result = unknown> {
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
  /**
   * Whether a suspended member may still do it. It starts nothing and takes on nothing new, but it does what it owes,
   * lets go of what it proposed and turns down what others offer, so that nobody is held up by its suspension.
   */
  readonly whileSuspended: boolean;
  /** Type of the answer, for the compiler alone: `result: type<OrderSkeleton>()`. */
  readonly result?: ResultType<Result>;
}

/** Carries a type where a value is expected; the answer itself is canonical JSON of that type. */
export interface ResultType<Result> {
  readonly of?: Result;
}

export function type<Result>(): ResultType<Result> {
  return {};
}

/** Answer of a verb that creates: `already` says that an object with this id and this content existed before. */
export type Created<Object> = Object & { readonly already?: true };

/** One page of a list; an empty `bookmark` means that nothing follows. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly bookmark: string;
}

/** A skeleton with the sealed records that the caller's organisation holds of it, by record key: ready to be passed as openings. */
export interface Opened<Skeleton> {
  readonly skeleton: Skeleton;
  readonly records: Readonly<Record<string, SealedRecord>>;
}

type VerbOptions<Input, Sealed, Result> = Pick<Verb<Input, Sealed, Result>, 'contract' | 'name' | 'summary' | 'input'> & Partial<Omit<Verb<Input, Sealed, Result>, 'kind'>>;

/** Defines a verb that writes. Ids are chosen by the client and every verb checks the state it starts from, so repeating is safe unless said otherwise. */
export function submitVerb<Input, Sealed = never, Result = unknown>(options: VerbOptions<Input, Sealed, Result> & Pick<Verb, 'endorsers'>): Verb<Input, Sealed, Result> {
  return { roles: [], users: [], openings: [], repeatable: true, whileSuspended: false, ...options, kind: 'submit' };
}

/** Defines a question, answered by the caller's own peer. */
export function evaluateVerb<Input, Result = unknown>(options: VerbOptions<Input, never, Result>): Verb<Input, never, Result> {
  return { roles: [], users: [], openings: [], endorsers: [], repeatable: true, whileSuspended: true, ...options, kind: 'evaluate' };
}

export type InputOf<V> = V extends { readonly input: z.ZodType<infer Input> } ? Input : never;
export type SealedOf<V> = V extends { readonly sealed?: z.ZodType<infer Sealed> } ? Sealed : never;
export type ResultOf<V> = V extends { readonly result?: ResultType<infer Result> } ? Result : never;
