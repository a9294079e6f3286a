import type { PartyName, SealedRecord, Verb } from '@dualchain/model';
import { canonicalJson, DualchainError, recordKey, validate } from '@dualchain/model';
import type { CallOptions, Session } from '../session';

/** MSP ids of a transaction's parties, by the part they play. */
export type Parties = Partial<Record<PartyName, string | readonly string[]>>;

/** What has to be known just before a proposal: who the parties are, and the sealed records that endorsers must be shown. */
export interface Prepared {
  readonly parties: Parties;
  readonly openings?: readonly SealedRecord[];
  /** Sealed content that follows from what was read; otherwise the plan's own. */
  readonly sealed?: unknown;
}

/** One call of a verb that writes, before anything is sent. */
export interface Plan<Result> {
  readonly verb: Verb;
  readonly input: unknown;
  readonly sealed?: unknown;
  /** Asked anew for each proposal, because parties and sealed records may have changed. */
  readonly prepare: (session: Session, options: CallOptions) => Promise<Prepared> | Prepared;
  /**
   * For verbs that create: the own sealed records of an object with this id that exists already. They are shown to the
   * endorsers after an ALREADY_EXISTS, so that the same content twice succeeds.
   */
  readonly existing?: (session: Session, options: CallOptions) => Promise<readonly SealedRecord[]>;
  /** Typed result of the chaincode's answer. */
  readonly decode: (answer: unknown) => Result;
}

/** Parameters are one plain object; what is in it, the schemas say. Throws INVALID_INPUT. */
export function checkParameters<Parameters>(parameters: Parameters): Parameters {
  if (Object.prototype.toString.call(parameters) !== '[object Object]') throw invalidParameter('', 'must be one object');
  return parameters;
}

/** Parameters that no schema checks: no other fields than these. Throws INVALID_INPUT. */
export function checkFields<Parameters extends object>(parameters: Parameters, names: readonly (keyof Parameters & string)[]): Parameters {
  const unknown = Object.keys(checkParameters(parameters)).find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) throw invalidParameter(unknown.slice(0, 100), `is not a parameter; there are ${names.join(', ')}`);
  return parameters;
}

export function invalidParameter(path: string, rule: string): DualchainError {
  return new DualchainError('INVALID_INPUT', `The parameters are not valid${path === '' ? '' : ` at ${path}`}: ${rule}.`, { details: { issues: [{ path, rule }] } });
}

/** Throws INVALID_INPUT where the options of a call are no options. */
export function checkCallOptions(options: CallOptions): void {
  const { signal } = typeof options === 'object' && options !== null ? options : { signal: null };
  if (signal === undefined) return;
  if (!(typeof signal === 'object' && signal !== null && typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function')) {
    throw new DualchainError('INVALID_INPUT', 'The options of a call are an object such as { signal: controller.signal }.', { details: { issues: [{ path: 'signal', rule: 'must be an AbortSignal' }] } });
  }
}

/** Checks the public input against the verb's schema, before anything is sent. Throws INVALID_INPUT, or the code that a rule of the schema names. */
export function checkInput(verb: Verb, input: unknown): unknown {
  return validate(verb.input, input, `The input of ${verb.name}`);
}

export function checkSealed(verb: Verb, sealed: unknown): unknown {
  return verb.sealed === undefined ? undefined : validate(verb.sealed, sealed, `The sealed content of ${verb.name}`);
}

/** MSP ids of the organisations that must endorse, each once, in the order of the verb. */
export function endorsingOrganisations(verb: Verb, parties: Parties): string[] {
  const organisations = verb.endorsers.flatMap((name) => {
    const party = parties[name];
    if (party === undefined) throw new DualchainError('INTERNAL', `${verb.name} needs the endorsement of its ${name}, who is not known.`, { details: { verb: verb.name, party: name } });
    return party;
  });
  return [...new Set(organisations)];
}

/** Transient map of a proposal: sealed content never travels any other way. Undefined for verbs without it. */
export function transientData(sealed: unknown, openings: readonly SealedRecord[], seed: Uint8Array): Record<string, Uint8Array | string> | undefined {
  if (sealed === undefined && openings.length === 0) return undefined;
  return {
    seed,
    ...(sealed !== undefined && { sealed: canonicalJson(sealed) }),
    ...(openings.length > 0 && { openings: canonicalJson(Object.fromEntries(openings.map((record) => [recordKey(record.type, record.id), record]))) }),
  };
}
