import { canonicalJson, consortiumVerbs, DualchainError } from '@dualchain/model';
import type { InputOf } from '@dualchain/model';
import { gateway as protos } from '@hyperledger/fabric-protos';
import { errorFromGateway } from '../errors/from-gateway';
import { endorsedActions, openEnvelope } from '../evidence/transaction';
import type { Endorsed, Headers } from '../evidence/transaction';
import type { CallOptions, Session } from '../session';
import { backoffDelay, pause, throwIfAborted } from '../submission/backoff';
import { checkInput } from '../submission/plan';
import { StaleJudge } from '../submission/stale';
import { callOptions } from '../transport/connection';

/** A question to peers with their signed answer. */
export type SignedAnswer = Headers & Endorsed;

/**
 * Asks peers of these organisations for the hash of a public object and keeps their signatures; nothing is ordered.
 * Throws NOT_FOUND, UNAVAILABLE (a peer of one of them), STALE_ENDORSERS, ENDORSEMENT_MISMATCH.
 */
export async function askPeers(session: Session, input: InputOf<typeof consortiumVerbs.publicObject>, organisations: readonly string[], options: CallOptions): Promise<SignedAnswer> {
  const { publicObject: verb } = consortiumVerbs;
  const argument = canonicalJson(checkInput(verb, input));
  const judge = new StaleJudge(session);
  for (let attempt = 1; ; attempt++) {
    throwIfAborted(options.signal);
    const gateway = session.connection.gateway();
    try {
      const contract = gateway.getNetwork(session.connection.channel).getContract(session.chaincode);
      const proposal = contract.newProposal(`${verb.contract}:${verb.name}`, { arguments: [argument], endorsingOrganizations: [...organisations] });
      const transaction = await proposal.endorse(callOptions(session.deadlines.endorse, options.signal));
      return answerOf(transaction.getBytes());
    } catch (cause) {
      const error = errorFromGateway(cause, { verb: verb.name, phase: 'endorse', signal: options.signal });
      if (attempt >= session.retry.attempts) throw error;
      if (error.code === 'UNAVAILABLE') {
        session.connection.failOver(gateway);
        await pause(backoffDelay(session.retry, attempt), options.signal);
      } else await judge.judge(error, organisations, options);
    }
  }
}

function answerOf(prepared: Uint8Array): SignedAnswer {
  const envelope = protos.PreparedTransaction.deserializeBinary(prepared).getEnvelope();
  const { channelHeader, signatureHeader, data } = openEnvelope(envelope?.serializeBinary() ?? new Uint8Array());
  const [action] = endorsedActions(data);
  if (action === undefined) throw new DualchainError('INTERNAL', 'The gateway answered without an endorsement.');
  return { channelHeader, signatureHeader, ...action };
}
