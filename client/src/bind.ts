import type { CallOptions, Session } from './session';
import type { Action } from './submission/action';
import type { Submitted } from './submission/submit';

/** A verb that writes, with the session bound: called, it waits for the commit; `async` returns once the ordering service has the transaction. */
export interface BoundAction<Parameters, Result> {
  (parameters: Parameters, options?: CallOptions): Promise<Result>;
  async(parameters: Parameters, options?: CallOptions): Promise<Submitted<Result>>;
}

/** A function of a room without its session. */
export type Bound<Verb> = Verb extends Action<infer Parameters, infer Result> ? BoundAction<Parameters, Result> : Verb extends (session: Session, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** A room: all its functions with the session bound. */
export type BoundRoom<Room> = { readonly [Name in keyof Room]: Bound<Room[Name]> };

type Unbound = ((session: Session, ...rest: never[]) => unknown) & { readonly async?: (session: Session, ...rest: never[]) => unknown };

/** Binds the session to every function of a room. */
export function bindRoom<Room extends Readonly<Record<string, unknown>>>(session: Session, room: Room): BoundRoom<Room> {
  const bound = Object.entries(room).map(([name, value]) => {
    const verb = value as Unbound;
    const call = (...rest: never[]) => verb(session, ...rest);
    const { async: submitAsync } = verb;
    return [name, submitAsync === undefined ? call : Object.assign(call, { async: (...rest: never[]) => submitAsync(session, ...rest) })] as const;
  });
  return Object.freeze(Object.fromEntries(bound)) as BoundRoom<Room>;
}
