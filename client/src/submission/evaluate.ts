import type { Verb } from '@dualchain/model';
import { canonicalJson, DualchainError } from '@dualchain/model';
import { errorFromGateway } from '../errors/from-gateway';
import type { CallOptions, Session } from '../session';
import { callOptions } from '../transport/connection';
import { backoffDelay, pause, throwIfAborted } from './backoff';
import { checkCallOptions, checkInput } from './plan';

/** Asks a question at the own organisation's peer, another of its peers when one is gone. Answers the chaincode's JSON. */
export async function evaluate(session: Session, verb: Verb, input: unknown, options: CallOptions = {}): Promise<unknown> {
  checkCallOptions(options);
  const { signal } = options;
  const checked = checkInput(verb, input);
  const name = `${verb.contract}:${verb.name}`;
  for (let attempt = 1; ; attempt++) {
    throwIfAborted(signal);
    const gateway = session.connection.gateway();
    try {
      const contract = gateway.getNetwork(session.connection.channel).getContract(session.chaincode);
      const proposal = contract.newProposal(name, { arguments: [canonicalJson(checked)], endorsingOrganizations: [session.mspId] });
      return parseAnswer(verb, await proposal.evaluate(callOptions(session.deadlines.evaluate, signal)));
    } catch (cause) {
      const error = errorFromGateway(cause, { verb: verb.name, phase: 'evaluate', signal });
      if (!(error.code === 'UNAVAILABLE' || awaitsPrivateData(error)) || attempt >= session.retry.attempts) throw error;
      if (error.code === 'UNAVAILABLE') session.connection.failOver(gateway);
      await pause(backoffDelay(session.retry, attempt), signal);
    }
  }
}

export function parseAnswer(verb: Verb, bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch (cause) {
    throw new DualchainError('INTERNAL', `The answer to ${verb.name} is not JSON; does the channel run the Dualchain chaincode?`, { cause });
  }
}

/** A peer commits a block before the private data that gossip still owes it; Fabric then answers so until it has come. */
export function awaitsPrivateData(error: DualchainError): boolean {
  return error.code === 'ENDORSEMENT_FAILED' && error.message.includes('private data matching public hash version is not available');
}
