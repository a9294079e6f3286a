import { randomBytes } from 'node:crypto';
import type { SealedRecord } from '@dualchain/model';
import { canonicalJson, DualchainError } from '@dualchain/model';
import type { Status, Transaction } from '@hyperledger/fabric-gateway';
import { commitError, isConflict } from '../errors/commit-codes';
import { errorFromGateway } from '../errors/from-gateway';
import type { CallOptions, Committed, Session } from '../session';
import { callOptions } from '../transport/connection';
import { backoffDelay, pause, throwIfAborted } from './backoff';
import { awaitsPrivateData, parseAnswer } from './evaluate';
import { catchUp } from './heights';
import { notify } from './notify';
import { commitStatus, send } from './outcome';
import type { Plan } from './plan';
import { checkCallOptions, checkInput, checkSealed, endorsingOrganisations, transientData } from './plan';
import { StaleJudge } from './stale';

/** A transaction that the ordering service has taken. */
export interface Submitted<Result> {
  readonly transactionId: string;
  /** What the endorsers computed; it counts once committed. */
  readonly result: Result;
  /** Waits for the commit. Throws READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE, INVALID_TRANSACTION, TIMEOUT, OUTCOME_UNKNOWN. */
  committed(options?: CallOptions): Promise<{ readonly blockNumber: bigint }>;
}

/**
 * Runs a verb to its commit: endorse, submit, wait. Read conflicts, unreachable peers and organisations that are some
 * blocks behind are tried again with a fresh proposal and jittered back-off, within `retry.attempts`.
 * A lost race ends in the chaincode's own error (such as HOLDING_NOT_FREE), because the fresh proposal meets the winner's block.
 */
export async function submit<Result>(session: Session, plan: Plan<Result>, options: CallOptions = {}): Promise<Result> {
  return (await commit(session, plan, options)).result;
}

/** Like {@link submit}, and tells where the transaction stands. */
export async function commit<Result>(session: Session, plan: Plan<Result>, options: CallOptions = {}): Promise<Committed & { readonly result: Result }> {
  const run = new Run(session, plan, options);
  for (;;) {
    const transaction = await run.endorse();
    const transactionId = transaction.getTransactionId();
    const status = (await send(session, plan.verb.name, transaction, options)) ?? (await commitStatus(session, plan.verb.name, transactionId, options));
    if (status.successful) return run.finish(transaction, status);
    await run.afterInvalid(commitError(plan.verb.name, transactionId, status.code, status.blockNumber), status);
  }
}

/** Runs a verb until the ordering service has the transaction. A read conflict then shows in `committed()`: it is not tried again, because its id was given out. */
export async function submitAsync<Result>(session: Session, plan: Plan<Result>, options: CallOptions = {}): Promise<Submitted<Result>> {
  const run = new Run(session, plan, options);
  const transaction = await run.endorse();
  const transactionId = transaction.getTransactionId();
  const known = await send(session, plan.verb.name, transaction, options);
  return {
    transactionId,
    result: run.decode(transaction),
    committed: async (waiting = {}) => {
      const status = known ?? (await commitStatus(session, plan.verb.name, transactionId, waiting));
      if (!status.successful) throw commitError(plan.verb.name, transactionId, status.code, status.blockNumber);
      run.finish(transaction, status);
      return { blockNumber: status.blockNumber };
    },
  };
}

/** Policy failures of one call that are taken for lost races. */
const POLICY_RACES = 4;

/** One call with all its attempts. */
class Run<Result> {
  readonly #session: Session;
  readonly #plan: Plan<Result>;
  readonly #options: CallOptions;
  readonly #input: string;
  readonly #sealed: unknown;
  readonly #judge: StaleJudge;
  readonly #began = performance.now();
  #attempt = 0;
  #reason: Error | undefined;
  #existing: readonly SealedRecord[] | undefined;
  #organisations: readonly string[] | undefined;
  #policyFailures = 0;

  constructor(session: Session, plan: Plan<Result>, options: CallOptions) {
    checkCallOptions(options);
    this.#input = canonicalJson(checkInput(plan.verb, plan.input));
    this.#sealed = plan.sealed === undefined ? undefined : checkSealed(plan.verb, plan.sealed);
    this.#session = session;
    this.#plan = plan;
    this.#options = options;
    this.#judge = new StaleJudge(session);
  }

  /** Sends proposals until the organisations agree, or the answer is final. */
  async endorse(): Promise<Transaction> {
    for (;;) {
      throwIfAborted(this.#options.signal);
      this.#attempt += 1;
      const { verb } = this.#plan;
      notify(() => this.#session.hooks.onAttempt?.({ verb: verb.name, attempt: this.#attempt, reason: this.#reason }));
      const gateway = this.#session.connection.gateway();
      try {
        return await this.#propose();
      } catch (cause) {
        const error = errorFromGateway(cause, { verb: verb.name, phase: 'endorse', signal: this.#options.signal });
        if (this.#attempt >= this.#session.retry.attempts) throw error;
        this.#reason = error;
        if (error.code === 'ALREADY_EXISTS') {
          await this.#showExisting(error);
        } else if (error.code === 'UNAVAILABLE' || awaitsPrivateData(error)) {
          this.#session.connection.failOver(gateway);
          await pause(backoffDelay(this.#session.retry, this.#attempt), this.#options.signal);
        } else {
          await this.#judge.judge(error, this.#organisations, this.#options);
        }
      }
    }
  }

  /** Goes on once with the own sealed records of what exists, so that endorsers can compare the content; otherwise the id is taken. */
  async #showExisting(error: DualchainError): Promise<void> {
    const { existing } = this.#plan;
    if (this.#existing !== undefined || existing === undefined) throw error;
    // The refusal may come from an organisation that is ahead of the own peer.
    await catchUp(this.#session, [this.#session.mspId], this.#options, this.#organisations);
    const records = await existing(this.#session, this.#options).catch((failure: unknown) => {
      if (failure instanceof DualchainError && (failure.code === 'NOT_FOUND' || failure.code === 'NOT_A_PARTY')) return [];
      throw failure;
    });
    if (records.length === 0) throw error;
    this.#existing = records;
  }

  async #propose(): Promise<Transaction> {
    const { verb, prepare } = this.#plan;
    this.#organisations = undefined;
    const { parties, openings = [], sealed } = await prepare(this.#session, this.#options);
    this.#organisations = endorsingOrganisations(verb, parties);
    const transient = transientData(sealed === undefined ? this.#sealed : checkSealed(verb, sealed), [...openings, ...(this.#existing ?? [])], randomBytes(32));
    const contract = this.#session.connection.network().getContract(this.#session.chaincode);
    const proposal = contract.newProposal(`${verb.contract}:${verb.name}`, {
      arguments: [this.#input],
      endorsingOrganizations: [...this.#organisations],
      ...(transient !== undefined && { transientData: transient }),
    });
    return proposal.endorse(callOptions(this.#session.deadlines.endorse, this.#options.signal));
  }

  /**
   * Prepares another attempt after a lost race; throws the error where another one would not help or is not safe. A
   * rival that wrote a new key first, in the same block, shows as a policy failure. With many rivals that happens again, so
   * it is taken for a race some times, and then for good.
   */
  async afterInvalid(error: DualchainError, status: Status): Promise<void> {
    const lostRace = isConflict(status.code) || (error.code === 'ENDORSEMENT_POLICY_FAILURE' && this.#policyFailures < POLICY_RACES);
    if (!lostRace || !this.#plan.verb.repeatable || this.#attempt >= this.#session.retry.attempts) throw error;
    if (error.code === 'ENDORSEMENT_POLICY_FAILURE') this.#policyFailures += 1;
    this.#reason = error;
    // Without the winner's block an endorser would compute the same losing transaction again.
    const organisations = this.#organisations ?? [];
    const { behind } = await catchUp(this.#session, [this.#session.mspId, ...organisations], this.#options, [], status.blockNumber + 1n);
    if (behind.length === 0) this.#judge.upToDate(organisations);
    await pause(backoffDelay(this.#session.retry, this.#attempt), this.#options.signal);
  }

  decode(transaction: Transaction): Result {
    return this.#plan.decode(parseAnswer(this.#plan.verb, transaction.getResult()));
  }

  finish(transaction: Transaction, { blockNumber, transactionId }: Status): Committed & { readonly result: Result } {
    const committed = { verb: this.#plan.verb.name, transactionId, blockNumber, attempts: this.#attempt, milliseconds: performance.now() - this.#began };
    notify(() => this.#session.hooks.onCommit?.(committed));
    return { ...committed, result: this.decode(transaction) };
  }
}
