import type { Actor } from '../story/index';

/** Who does what, before it is done. */
export interface StepDescription {
  /** Stable name, for those who assert on it: `issueOrder PO-B-2001`. */
  readonly name: string;
  readonly actor: Actor;
  /** User of the organisation; default `maker`. */
  readonly user?: string | undefined;
  /** The verb of the SDK. */
  readonly verb: string;
  /** What happens, to be read after the actor's name. */
  readonly title: string;
}

export interface StepTransaction {
  readonly verb: string;
  readonly transactionId: string;
  readonly blockNumber: bigint;
}

/** One step of a story as it was taken. */
export interface Step<Result = unknown> extends StepDescription {
  readonly user: string;
  readonly mspId: string;
  /** What the SDK answered. */
  readonly result: Result;
  /** The transactions that the step committed, in order. */
  readonly transactions: readonly StepTransaction[];
  readonly milliseconds: number;
}

/** A part of a story; its steps are taken as they are read. */
export interface Chapter<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  /** What a reader should know before it begins. */
  readonly text: string;
  steps(stage: import('./stage').Stage): AsyncGenerator<Step, void, undefined>;
}
