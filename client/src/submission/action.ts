import type { CallOptions, Session } from '../session';
import type { Plan } from './plan';
import { checkParameters } from './plan';
import type { Submitted } from './submit';
import { submit, submitAsync } from './submit';

/** A verb that writes. Called, it waits for the commit; `async` returns once the ordering service has the transaction. */
export interface Action<Parameters, Result> {
  (session: Session, parameters: Parameters, options?: CallOptions): Promise<Result>;
  async(session: Session, parameters: Parameters, options?: CallOptions): Promise<Submitted<Result>>;
}

/** Makes the verb of a plan. */
export function action<Parameters, Result>(plan: (parameters: Parameters) => Plan<Result>): Action<Parameters, Result> {
  return Object.assign(async (session: Session, parameters: Parameters, options?: CallOptions) => submit(session, plan(checkParameters(parameters)), options), {
    async: async (session: Session, parameters: Parameters, options?: CallOptions) => submitAsync(session, plan(checkParameters(parameters)), options),
  });
}
