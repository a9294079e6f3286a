import { errorFromGateway } from '../errors/from-gateway';
import type { CallOptions, Session } from '../session';
import { callOptions } from '../transport/connection';

/** What a system chaincode of the own peer answers about the channel. Throws ENDORSEMENT_FAILED (not a reader of the channel), UNAVAILABLE. */
export async function askSystemChaincode(session: Session, chaincode: 'cscc' | 'qscc', verb: string, parameters: readonly string[], { signal }: CallOptions): Promise<Uint8Array> {
  try {
    const proposal = session.connection.network().getContract(chaincode).newProposal(verb, { arguments: [session.connection.channel, ...parameters], endorsingOrganizations: [session.mspId] });
    return await proposal.evaluate(callOptions(session.deadlines.evaluate, signal));
  } catch (cause) {
    throw errorFromGateway(cause, { verb, phase: 'evaluate', signal });
  }
}
