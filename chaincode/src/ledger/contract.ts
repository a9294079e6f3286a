import { DualchainError, errorToWire } from '@dualchain/model';
import type { InputOf, ResultOf, SealedOf, Verb } from '@dualchain/model';
import { Contract } from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import { encodeResult, openCall } from './call';
import type { Call, CallOptions } from './call';

/**
 * Base of the contracts. A method takes the context and its arguments as they came, and hands a function to
 * {@link _run} that does load → decide → store → emit. Names with an underscore are not callable from outside.
 */
export abstract class DualchainContract extends Contract {
  /** Runs one verb: decode and authorise first, then `body`; answers with canonical JSON, fails with one line of the error catalogue. */
  protected async _run<Input, Sealed, Result>(context: Context, verb: Verb<Input, Sealed, Result>, args: readonly string[], body: (call: Call<Input, Sealed>) => Promise<Result>, options?: CallOptions): Promise<string> {
    try {
      const call = await openCall(context, verb, args, options);
      const result = encodeResult(await body(call));
      await call.flush();
      return result;
    } catch (error) {
      throw new Error(errorToWire(asDualchainError(error, `${verb.contract}:${verb.name}`)), { cause: error });
    }
  }

  override async unknownTransaction(context: Context): Promise<void> {
    const { fcn } = context.stub.getFunctionAndParameters();
    throw new Error(errorToWire(new DualchainError('INVALID_INPUT', `There is no function ${fcn.slice(0, 100)}.`)));
  }
}

/** The call of a verb, with its input and sealed content. */
export type CallOf<V> = Call<InputOf<V>, SealedOf<V>>;

/** What a contract does for each of its verbs: load → decide → store → emit. */
export type Handlers<Verbs extends Readonly<Record<string, object>>> = { readonly [Name in keyof Verbs]: (call: CallOf<Verbs[Name]>) => Promise<ResultOf<Verbs[Name]>> };

/** A contract with one method for each verb, under the verb's name. */
export function contractOf<Verbs extends Readonly<Record<string, object>>>(name: string, verbs: Verbs, handlers: Handlers<Verbs>): new () => DualchainContract {
  const Made = class extends DualchainContract {
    constructor() {
      super(name);
    }
  };
  for (const [verbName, verb] of Object.entries(verbs)) {
    const handler = handlers[verbName] as (call: Call) => Promise<unknown>;
    const method = function (this: { _run: DualchainContract['_run'] }, context: Context, ...args: string[]): Promise<string> {
      return this._run(context, verb as Verb, args, handler);
    };
    Object.defineProperty(Made.prototype, verbName, { value: method, writable: true, configurable: true });
  }
  return Made;
}

/** An unforeseen error shows where it happened, never its text: that may hold sealed values. Refusals of the peer name no values and are kept. */
function asDualchainError(error: unknown, where: string): DualchainError {
  if (error instanceof DualchainError) return error;
  const refusal = error instanceof Error ? /^[A-Z_]+ failed: transaction ID: .*/s.exec(error.message)?.[0] : undefined;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6) : [];
  process.stderr.write(`${where} failed unexpectedly (${error instanceof Error ? error.name : typeof error})\n${frames.join('\n')}\n`);
  return new DualchainError('INTERNAL', refusal === undefined ? `The chaincode failed unexpectedly in ${where}; its log says where.` : `The peer refused a request of ${where}: ${refusal.slice(0, 500)}`);
}
