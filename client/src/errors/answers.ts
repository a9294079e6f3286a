import type { ErrorCode , DualchainError} from '@dualchain/model';
import { errorFromWire } from '@dualchain/model';
import { GatewayError } from '@hyperledger/fabric-gateway';

/** What one organisation's peer answered to a proposal that failed. */
export interface OrganisationAnswer {
  readonly mspId: string;
  readonly address: string;
  /** Fabric's text, without the JSON of a chaincode error. */
  readonly message: string;
  /** Code of the chaincode's error; absent where the failure was not the chaincode's. */
  readonly code?: ErrorCode;
  readonly kind: 'refused' | 'different result' | 'unreachable' | 'failed';
}

/** Answers of the organisations behind a gateway error, and the chaincode errors among them. */
export interface Answers {
  readonly list: readonly OrganisationAnswer[];
  readonly refusals: readonly DualchainError[];
}

const MISMATCH = 'ProposalResponsePayloads do not match';
const unreachable = /code = Unavailable|connection refused|connection error|failed to (dial|connect)|stream terminated|timeout expired while|deadline exceeded|no such host|ECONNREFUSED|UNAVAILABLE|not connected/i;

/** Reads the details that a gateway attached for each organisation; where it attached none, the message of the error itself. */
export function answersOf(error: unknown): Answers {
  if (!(error instanceof GatewayError)) return { list: [], refusals: [] };
  const list: OrganisationAnswer[] = [];
  const refusals: DualchainError[] = [];
  for (const { mspId, address, message } of error.details) {
    const refusal = errorFromWire(message);
    if (refusal !== undefined) refusals.push(refusal);
    const answer = { mspId, address, message: refusal?.message ?? message };
    if (refusal !== undefined) list.push({ ...answer, code: refusal.code, kind: 'refused' });
    else if (message.includes(MISMATCH)) list.push({ ...answer, kind: 'different result' });
    else list.push({ ...answer, kind: unreachable.test(message) ? 'unreachable' : 'failed' });
  }
  const own = refusals.length === 0 ? errorFromWire(error.message) : undefined;
  return { list, refusals: own === undefined ? refusals : [own] };
}

/** One line for people: who answered what. */
export function describeAnswers(list: readonly OrganisationAnswer[]): string {
  return list.map(({ mspId, message, kind }) => `${mspId === '' ? 'a peer' : mspId}: ${kind === 'different result' ? 'computed a different result' : message}`).join('; ');
}
