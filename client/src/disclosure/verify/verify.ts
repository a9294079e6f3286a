import { DualchainError, parsePack } from '@dualchain/model/disclosure';
import type { DisclosurePack } from '@dualchain/model/disclosure';
import { reasonOf } from '../../errors/system';
import { CheckFailure, checkBlock, checkEndorsements, checkObject, checkOrdering, checkStanding, checkSubject, checkTransaction, verbOf } from './checks';
import type { Rules } from './checks';
import { TrustedIdentities } from './identities';
import { parseRoots } from './roots';
import { notProvedBy, provedBy } from './statement';
import type { Statement } from './statement';

export interface VerifyOptions {
  /** The verifier's only trust: a {@link TrustedRoots}, or its JSON text. */
  readonly roots: unknown;
  /** What was sent after this moment is refused. */
  readonly now?: Date | undefined;
  /** SHA-256 (hex) of the block's header, if the verifier has it from elsewhere. */
  readonly blockHash?: string | undefined;
  /** Organisations whose peers must have endorsed the transaction, and signed that it stands, at least; default 2. */
  readonly endorsers?: number | undefined;
  /** What whoever made the pack was asked to put into it: proves that it was made afterwards. */
  readonly challenge?: string | undefined;
  /** Name of the chaincode; default "dualchain". */
  readonly chaincode?: string | undefined;
}

/** Everything that is checked, in this order. */
export const checks = {
  fields: 'The shown fields lead to one Merkle root',
  transaction: 'A member sent the transaction and signed it',
  endorsements: 'Peers of enough organisations endorsed what it wrote',
  object: 'It wrote the object shown, or the one that carries the root',
  block: 'It stands in the block with this hash',
  ordering: 'The ordering service signed the block',
  standing: 'Peers of enough organisations signed that it stands so',
} as const;
export type CheckName = keyof typeof checks;

export interface Check {
  readonly check: CheckName;
  readonly title: string;
  /** `absent`: the pack was made without it. */
  readonly outcome: 'passed' | 'failed' | 'absent' | 'not reached';
}

export type Verification =
  | { readonly verified: true; readonly checks: readonly Check[]; readonly statement: Statement; readonly proved: readonly string[]; readonly notProved: readonly string[] }
  | { readonly verified: false; readonly checks: readonly Check[]; readonly failed: { readonly check: CheckName; readonly reason: string } };

/**
 * Verifies a disclosure pack (its JSON text, or what was parsed of it) without a network, in any JavaScript engine.
 * A pack that is one but proves nothing is answered with the check that failed and without a statement.
 * Throws INVALID_INPUT (no pack, no roots, options), TOO_LARGE.
 */
export function verify(pack: unknown, options: VerifyOptions): Verification {
  const rules = rulesOf(options);
  const run = new Run();
  try {
    const statement = stateOf(parsePack(pack), rules, run);
    return { verified: true, checks: run.checks(), statement, proved: provedBy(statement), notProved: notProvedBy(statement) };
  } catch (error) {
    if (error instanceof DualchainError || run.current === undefined) throw error;
    const reason = error instanceof CheckFailure ? error.message : `this part of the pack cannot be read (${reasonOf(error)})`;
    return { verified: false, checks: run.checks(), failed: { check: run.current, reason } };
  }
}

function stateOf(pack: DisclosurePack, rules: Rules, run: Run): Statement {
  const { record, object } = run.check('fields', () => checkSubject(pack));
  const transaction = run.check('transaction', () => checkTransaction(pack, rules));
  const { headers, action, at, sender } = transaction;
  const endorsedBy = run.check('endorsements', () => checkEndorsements(headers, action, at, rules));
  const { value, bytes, alsoWrote } = run.check('object', () => checkObject(object, record, action, rules));
  const block = run.check('block', () => checkBlock(pack, transaction, rules));
  const orderedBy = run.check('ordering', () => (block === undefined ? undefined : checkOrdering(pack, block, at, rules)));
  const standing = run.check('standing', () => {
    const checked = checkStanding(pack, object, bytes, { ...rules, channel: headers.channel });
    if (block !== undefined && (checked.block !== block.number || checked.index !== block.index)) throw new CheckFailure(`the peers say that transaction ${checked.index} of block ${checked.block} wrote it, not ${block.index} of ${block.number}`);
    return checked;
  });
  return {
    object,
    ...(record !== undefined && { record: { type: record.type, id: record.id, fields: record.fields, hidden: record.hidden } }),
    value,
    transaction: { id: headers.transactionId, channel: headers.channel, chaincode: rules.chaincode, verb: verbOf(action), at: at.toISOString(), sender, endorsedBy, alsoWrote },
    position: { block: standing.block, index: standing.index },
    ...(block !== undefined && orderedBy !== undefined && { block: { hash: block.hash, orderedBy, otherTransactions: block.others } }),
    standing: { by: standing.by, at: standing.at.toISOString(), ...(standing.challenge !== undefined && { challenge: standing.challenge }) },
  };
}

/** Keeps what came of each check. */
class Run {
  readonly #outcomes = new Map<CheckName, Check['outcome']>();
  current: CheckName | undefined;

  /** What the check answers; undefined means that the pack was made without it. */
  check<Answer>(name: CheckName, body: () => Answer): Answer {
    this.current = name;
    this.#outcomes.set(name, 'failed');
    const answer = body();
    this.#outcomes.set(name, answer === undefined ? 'absent' : 'passed');
    return answer;
  }

  checks(): Check[] {
    return (Object.keys(checks) as CheckName[]).map((check) => ({ check, title: checks[check], outcome: this.#outcomes.get(check) ?? 'not reached' }));
  }
}

const names: readonly (keyof VerifyOptions)[] = ['roots', 'now', 'blockHash', 'endorsers', 'challenge', 'chaincode'];

function rulesOf(options: VerifyOptions): Rules {
  const unknown = typeof options !== 'object' || options === null ? 'options' : Object.keys(options).find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) throw refuse(`${unknown.slice(0, 100)} is not an option; there are ${names.join(', ')}`);
  const { now, blockHash, endorsers = 2, challenge, chaincode = 'dualchain' } = options;
  if (now !== undefined && !(now instanceof Date && Number.isFinite(now.getTime()))) throw refuse('now must be a Date');
  if (blockHash !== undefined && !(typeof blockHash === 'string' && /^[0-9a-f]{64}$/.test(blockHash))) throw refuse('blockHash must be a SHA-256 in lower-case hex');
  if (!Number.isInteger(endorsers) || endorsers < 1) throw refuse('endorsers must be a number of organisations, at least 1');
  if (challenge !== undefined && (typeof challenge !== 'string' || challenge === '')) throw refuse('challenge must be a text');
  if (typeof chaincode !== 'string' || chaincode === '') throw refuse('chaincode must be the name of a chaincode');
  const roots = parseRoots(options.roots);
  return { identities: new TrustedIdentities(roots), channel: roots.channel, endorsers, chaincode, blockHash, challenge, now };
}

function refuse(rule: string): DualchainError {
  return new DualchainError('INVALID_INPUT', `The options of the verification are not valid: ${rule}.`, { details: { issues: [{ path: '', rule }] } });
}
