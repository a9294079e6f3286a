import type { ErrorCode } from '@dualchain/model';
import { DualchainError } from '@dualchain/model';
import type { OrganisationAnswer } from '../errors/answers';
import type { CallOptions, Session } from '../session';
import { catchUp } from './heights';

/** Refusals that an organisation may give because it does not have the newest block yet. */
const mayBeStale: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ENDORSEMENT_MISMATCH', 'NOT_A_MEMBER', 'NOT_A_PARTY', 'NOT_FOUND', 'WRONG_STATE', 'HELD', 'PLEDGED', 'COLLATERAL_INSUFFICIENT', 'HOLDING_NOT_FREE', 'CERTIFICATE_NOT_ACTIVE', 'EVIDENCE_MISSING', 'RECALLED', 'VOTES_MISSING',
  'TRADE_REFERENCE_REQUIRED', 'QUANTITY_EXCEEDED', 'OPENING_REQUIRED', 'NOT_GENUINE', 'AMOUNT_MISMATCH', 'NEAR_DUPLICATE', 'SAME_IDENTITY', 'INVOICE_ALREADY_USED',
]);

/**
 * Tells a real refusal from one by organisations that are some blocks behind (design: network.md, "Learnt on real
 * Fabric"). One for each call: it remembers what the organisations said and where they stood.
 */
export class StaleJudge {
  readonly #session: Session;
  #said: string | undefined;
  #height: bigint | undefined;
  #upToDate: ReadonlySet<string> = new Set();

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * The organisations have the block in which an attempt of this call lost a race, and so all that existed when the call
   * began: what they refuse from here on together is no lag of theirs.
   */
  upToDate(organisations: readonly string[]): void {
    this.#upToDate = new Set(organisations);
  }

  /**
   * Returns when the proposal should be sent again: the organisations have caught up and may say something else now.
   * Throws the error itself when it is real: the same was said after everyone had whatever existed at the first
   * refusal; for answers that differ between organisations, when all stood on the same block before and after.
   * Throws STALE_ENDORSERS when they do not catch up in time.
   */
  async judge(error: DualchainError, organisations: readonly string[] | undefined, options: CallOptions): Promise<void> {
    if (!mayBeStale.has(error.code)) throw error;
    if (organisations?.every((organisation) => this.#upToDate.has(organisation)) === true && !isDivided(error, organisations)) throw error;
    const { mspId, members } = this.#session;
    // Before the parties are known, only the own peer was asked: it must come up to the highest of all members.
    const waitFor = organisations === undefined ? [mspId] : [mspId, ...organisations];
    const heights = await catchUp(this.#session, waitFor, options, organisations === undefined ? members.map((member) => member.mspId) : []);
    if (heights.behind.length > 0) {
      throw new DualchainError('STALE_ENDORSERS', `${heights.behind.join(', ')} did not reach block ${heights.highest - 1n} in time, so the answer is not to be trusted: ${error.message} Try again later.`, {
        cause: error,
        details: { ...error.details, heights: Object.fromEntries(Object.entries(heights.byOrganisation).map(([organisation, height]) => [organisation, height?.toString() ?? null])), refusal: error.code },
      });
    }
    const divided = isDivided(error, organisations ?? [mspId]);
    const before = { said: this.#said, height: this.#height };
    this.#said = error.code;
    this.#height = heights.highest;
    if (before.said === error.code && (!divided || before.height === heights.highest)) throw error;
  }
}

/** Whether organisations answered differently. */
function isDivided({ code, details }: DualchainError, organisations: readonly string[]): boolean {
  if (code === 'ENDORSEMENT_MISMATCH') return true;
  const answers = (details['answers'] ?? []) as readonly OrganisationAnswer[];
  const refusing = new Set(answers.filter((answer) => answer.code === code).map(({ mspId }) => mspId));
  return refusing.size > 0 && organisations.some((organisation) => !refusing.has(organisation));
}
