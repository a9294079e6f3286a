import { ConfigEnvelope } from '@hyperledger/fabric-protos/lib/common/configtx_pb';
import { Envelope, Payload } from '@hyperledger/fabric-protos/lib/common/common_pb';
import { FabricMSPConfig, MSPConfig } from '@hyperledger/fabric-protos/lib/msp/msp_config_pb';

/** The certificate authorities of one organisation, as the configuration of a channel names them. */
export interface ChannelAuthority {
  readonly mspId: string;
  /** Of the ordering service, or of a member; one organisation may be both. */
  readonly part: 'member' | 'orderer';
  /** Roots and intermediates, PEM. */
  readonly certificates: readonly string[];
  /** Organisational unit that its peers (of the ordering service: its orderers) carry; undefined where it does not tell them from other users. */
  readonly unit: string | undefined;
}

/** From the envelope of a configuration block. Throws what is wrong with it. */
export function channelAuthorities(envelope: Uint8Array): ChannelAuthority[] {
  const payload = Payload.deserializeBinary(Envelope.deserializeBinary(envelope).getPayload_asU8());
  const root = ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()?.getChannelGroup();
  const authorities: ChannelAuthority[] = [];
  for (const [group, part] of [['Application', 'member'], ['Orderer', 'orderer']] as const) {
    for (const [, organisation] of root?.getGroupsMap().get(group)?.getGroupsMap().entries() ?? []) {
      const value = organisation.getValuesMap().get('MSP')?.getValue_asU8();
      if (value !== undefined) authorities.push(authorityOf(FabricMSPConfig.deserializeBinary(MSPConfig.deserializeBinary(value).getConfig_asU8()), part));
    }
  }
  if (authorities.length === 0) throw new RangeError('the configuration names no organisation');
  return authorities;
}

function authorityOf(config: FabricMSPConfig, part: ChannelAuthority['part']): ChannelAuthority {
  const units = config.getFabricNodeOus();
  const identifier = part === 'member' ? units?.getPeerOuIdentifier() : units?.getOrdererOuIdentifier();
  const unit = units?.getEnable() === true ? identifier?.getOrganizationalUnitIdentifier() : undefined;
  const certificates = [...config.getRootCertsList_asU8(), ...config.getIntermediateCertsList_asU8()].map((pem) => new TextDecoder().decode(pem));
  return { mspId: config.getName(), part, certificates, unit: unit === '' ? undefined : unit };
}
