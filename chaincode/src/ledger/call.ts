import { canonicalJson, DualchainError, parseJson, validate } from '@dualchain/model';
import type { MemberRecord, Verb } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import type { ChaincodeStub } from 'fabric-shim-api';
import { Anchors } from './anchors';
import { Bulk } from './bulk';
import { callerOf } from './caller';
import type { Caller } from './caller';
import { encode } from './codec';
import { memberOf, notAMember } from './members';
import { PublicState } from './public-state';
import { SealedStore } from './sealed-store';

/** Most text that an argument or a transient field may hold. */
const MAX_TEXT = 8 * 1024 * 1024;

/** What the event of a transaction tells everyone; never anything sealed. */
export interface Announcement {
  /** Ids of the objects concerned, by their kind: `{ order: 'PO-1' }`. */
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
  readonly from?: string | null;
  readonly to?: string;
}

/** One invocation after the steps *decode* and *authorise*; the contract goes on with load → decide → store → emit. */
export class Call<Input = unknown, Sealed = unknown> {
  readonly verb: Verb<Input, Sealed>;
  readonly input: Input;
  readonly caller: Caller;
  /** Time of the transaction, ISO 8601 in UTC with milliseconds: the only clock there is. */
  readonly at: string;
  readonly transactionId: string;
  readonly state: PublicState;
  readonly sealed: SealedStore;
  readonly anchors: Anchors;
  readonly stub: ChaincodeStub;
  readonly #bulk: Bulk;
  readonly #content: Sealed | undefined;
  readonly #member: MemberRecord | undefined;

  constructor(stub: ChaincodeStub, verb: Verb<Input, Sealed>, parts: { readonly input: Input; readonly caller: Caller; readonly content: Sealed | undefined; readonly member: MemberRecord | undefined; readonly state: PublicState; readonly bulk: Bulk }) {
    this.stub = stub;
    this.verb = verb;
    this.input = parts.input;
    this.caller = parts.caller;
    this.at = stub.getDateTimestamp().toISOString();
    this.transactionId = stub.getTxID();
    this.state = parts.state;
    this.sealed = new SealedStore(stub, parts.bulk, parts.caller.mspId);
    this.anchors = new Anchors(stub, parts.bulk);
    this.#bulk = parts.bulk;
    this.#content = parts.content;
    this.#member = parts.member;
  }

  /** Sealed content of this call, from the transient map. Throws INVALID_INPUT where the verb has none or none came. */
  get content(): Sealed {
    if (this.#content === undefined) throw new DualchainError('INVALID_INPUT', `The transient field "sealed" of ${this.verb.name} is missing.`);
    return this.#content;
  }

  /** The caller's organisation. Throws NOT_A_MEMBER in a query by an outsider. */
  get member(): MemberRecord {
    if (this.#member === undefined) throw notAMember(this.caller.mspId);
    return this.#member;
  }

  /** Sends the writes that wait, public and private; a contract method that has written ends with it. */
  async flush(): Promise<void> {
    await this.#bulk.flush();
  }

  /** Announces the transaction: Fabric allows one event, named after the verb. */
  emit({ ids, from, to }: Announcement): void {
    const { contract, name } = this.verb;
    this.stub.setEvent(name, encode({ contract, verb: name, ids, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), at: this.at }));
  }
}

/** How a verb differs from the rule that only active members call. */
export interface CallOptions {
  /** No member exists yet. */
  readonly founding?: boolean;
}

/**
 * Steps 1 and 2 of every contract method. Decode: one canonical JSON argument and, for sealed content, the transient
 * field `sealed`, both by the verb's schemas. Authorise: an active member (two reads: the channel's list of members and
 * its record), or a suspended one where the verb lets it; its roles, the user's attribute.
 * Queries are open to every identity of the channel. Throws INVALID_INPUT, TOO_LARGE, NOT_A_MEMBER, WRONG_ROLE.
 */
export async function openCall<Input, Sealed>(context: Context, verb: Verb<Input, Sealed>, args: readonly string[], options: CallOptions = {}): Promise<Call<Input, Sealed>> {
  const { stub } = context;
  const [argument] = args;
  if (args.length !== 1 || argument === undefined) throw new DualchainError('INVALID_INPUT', `${verb.contract}:${verb.name} takes exactly one argument, the JSON of its input.`);
  const input = validate(verb.input, parseJson(argument, `The input of ${verb.name}`, MAX_TEXT), `The input of ${verb.name}`);
  const content = verb.sealed === undefined ? undefined : decodeSealed(stub, verb, verb.sealed);
  const caller = callerOf(context);
  const bulk = new Bulk(stub);
  const state = new PublicState(stub, bulk);
  const checked = verb.kind === 'submit' && options.founding !== true;
  if (checked) await state.prepare([['channelPolicy', 'current'], ['member', caller.mspId]]);
  const member = checked ? await memberOf(state, caller.mspId) : undefined;
  if (checked) {
    if (member?.state !== 'active' && !(verb.whileSuspended && member?.state === 'suspended')) throw notAMember(caller.mspId, member);
    if (verb.roles.length > 0 && !verb.roles.some((role) => member.roles.includes(role))) {
      throw new DualchainError('WRONG_ROLE', `${verb.name} is for members with the role ${verb.roles.join(' or ')}; ${caller.mspId} has ${member.roles.join(', ')}.`, { details: { needs: verb.roles, has: member.roles } });
    }
  }
  if (verb.users.length > 0 && !verb.users.some((user) => caller.users.includes(user))) {
    throw new DualchainError('WRONG_ROLE', `${verb.name} needs a user whose certificate says dualchain.roles = ${verb.users.join(' or ')}; use such an identity.`, { details: { needs: verb.users, has: caller.users } });
  }
  return new Call(stub, verb, { input, caller, content, member, state, bulk });
}

/** Result as it goes over the wire. */
export function encodeResult(result: unknown): string {
  return canonicalJson(result ?? null);
}

function decodeSealed<Sealed>(stub: ChaincodeStub, verb: Verb<unknown, Sealed>, schema: NonNullable<Verb<unknown, Sealed>['sealed']>): Sealed | undefined {
  const bytes = stub.getTransient().get('sealed');
  const what = `The sealed content of ${verb.name}`;
  if (bytes === undefined) throw new DualchainError('INVALID_INPUT', `${what} is missing: pass it in the transient field "sealed".`);
  return validate(schema, parseJson(Buffer.from(bytes).toString('utf8'), what, MAX_TEXT), what);
}
