import { DualchainError } from '@dualchain/model';
import { common } from '@hyperledger/fabric-protos';
import { channelAuthorities } from '../evidence/channel-authorities';
import type { ChannelAuthority } from '../evidence/channel-authorities';
import type { CallOptions, Session } from '../session';
import { checkCallOptions } from '../submission/plan';
import { askSystemChaincode } from './system-chaincode';
import type { TrustedRoots } from './verify';

/**
 * The certificate authorities of all members and of the ordering service, as the own peer's configuration of the channel
 * names them: what someone outside needs to verify packs. He should get it from someone he trusts, or compare it.
 * Throws INVALID_INPUT, ENDORSEMENT_FAILED (not a reader of the channel), UNAVAILABLE.
 */
export async function channelRoots(session: Session, options: CallOptions = {}): Promise<TrustedRoots> {
  checkCallOptions(options);
  const { channel } = session.connection;
  const authorities = authoritiesIn(await askSystemChaincode(session, 'cscc', 'GetConfigBlock', [], options));
  const organisations = (part: ChannelAuthority['part']): TrustedRoots['members'] =>
    Object.fromEntries(authorities.filter((authority) => authority.part === part).map(({ mspId, certificates, unit }) => [mspId, { certificates: [...certificates], ...(unit !== undefined && { unit }) }]));
  return { format: 'dualchain-roots', version: 1, channel, members: organisations('member'), orderers: organisations('orderer') };
}

function authoritiesIn(block: Uint8Array): ChannelAuthority[] {
  try {
    return channelAuthorities(common.Block.deserializeBinary(block).getData()?.getDataList_asU8()[0] ?? new Uint8Array());
  } catch (cause) {
    throw new DualchainError('INTERNAL', 'The configuration of the channel that the peer gave cannot be read.', { cause });
  }
}
