import type { Dualchain } from '../../../client/src';
import type { ErrorCode } from '../../../model/src';
import type { Actor, Slug } from '../../support/network';

export const maker = (slug: Slug): Actor => ({ slug, user: 'maker' });
export const checker = (slug: Slug): Actor => ({ slug, user: 'checker' });

/** One call of the SDK in a week of the year: it commits exactly one transaction, or is refused. */
export interface Step {
  readonly week: number;
  /** Name of the verb, as it is committed. */
  readonly verb: string;
  /** Ids, for the report of a failure. */
  readonly what: string;
  readonly by: Actor;
  readonly call: (client: Dualchain) => Promise<unknown>;
  /** The code with which it must be refused; undefined: it must succeed. */
  readonly refused?: ErrorCode;
}

/** Steps one after another; scripts of a year are played beside each other. */
export class Script {
  readonly name: string;
  readonly steps: Step[] = [];
  /** The week in which the next step is taken. */
  week: number;
  #serial = 0;

  constructor(name: string, week: number) {
    this.name = name;
    this.week = week;
  }

  /** Transactions that the script commits. */
  get transactions(): number {
    return this.steps.filter(({ refused }) => refused === undefined).length;
  }

  /** A new id of this kind, unique in the year. */
  id(kind: string): string {
    this.#serial += 1;
    return `${kind}-${this.name}-${this.#serial}`;
  }

  /** The next step. */
  do(by: Slug | Actor, verb: string, what: string, call: Step['call']): void {
    this.steps.push({ week: this.week, verb, what, by: typeof by === 'string' ? maker(by) : by, call });
  }

  /** The next step, which must be refused with this code. */
  refuse(code: ErrorCode, by: Slug | Actor, verb: string, what: string, call: Step['call']): void {
    this.steps.push({ week: this.week, verb, what, by: typeof by === 'string' ? maker(by) : by, call, refused: code });
  }
}
