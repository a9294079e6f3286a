import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { common, msp, orderer, peer } from '@hyperledger/fabric-protos';
import { ordererOrganisationFolder, organisationFolder } from '../../pki';
import type { Topology } from '../../topology/types';
import { readOnly } from '../msp';
import { rolePrincipal } from '../policy';
import { utf8 } from '../protos';

/**
 * The channel configuration of a topology, with the policies of Fabric's test network: Readers and Writers of any
 * organisation, Admins and Endorsement by majority, NodeOU roles inside each organisation.
 */
export function channelConfiguration(topology: Topology, directory: string): common.Config {
  const root = group({
    values: {
      HashingAlgorithm: hashing('SHA256'),
      BlockDataHashingStructure: blockHashing(),
      OrdererAddresses: addresses(topology.ordererOrganisation.orderers.map((node) => `${node.host}:${node.port}`)),
      Capabilities: capabilities('V2_0'),
    },
    policies: metaPolicies(),
    groups: { Orderer: ordererGroup(topology, directory), Application: applicationGroup(topology, directory) },
  });
  const config = new common.Config();
  config.setSequence(0);
  config.setChannelGroup(root);
  return config;
}

interface GroupParts {
  readonly values?: Readonly<Record<string, Uint8Array>>;
  readonly policies?: Readonly<Record<string, common.Policy>>;
  readonly groups?: Readonly<Record<string, common.ConfigGroup>>;
}

function group({ values = {}, policies = {}, groups = {} }: GroupParts): common.ConfigGroup {
  const result = new common.ConfigGroup();
  result.setModPolicy('Admins');
  for (const [name, bytes] of Object.entries(values)) {
    const value = new common.ConfigValue();
    value.setValue(bytes);
    value.setModPolicy('Admins');
    result.getValuesMap().set(name, value);
  }
  for (const [name, policy] of Object.entries(policies)) {
    const configPolicy = new common.ConfigPolicy();
    configPolicy.setPolicy(policy);
    configPolicy.setModPolicy('Admins');
    result.getPoliciesMap().set(name, configPolicy);
  }
  for (const [name, child] of Object.entries(groups)) result.getGroupsMap().set(name, child);
  return result;
}

function applicationGroup(topology: Topology, directory: string): common.ConfigGroup {
  const groups = topology.organisations.map((organisation) => {
    const anchors = new peer.AnchorPeers();
    anchors.setAnchorPeersList(
      organisation.peers.slice(0, 1).map((node) => {
        const anchor = new peer.AnchorPeer();
        anchor.setHost(node.host);
        anchor.setPort(node.port);
        return anchor;
      }),
    );
    const { mspId } = organisation;
    const policies = {
      Readers: signature(1, [`${mspId}.admin`, `${mspId}.peer`, `${mspId}.client`]),
      Writers: signature(1, [`${mspId}.admin`, `${mspId}.client`]),
      Admins: signature(1, [`${mspId}.admin`]),
      Endorsement: signature(1, [`${mspId}.peer`]),
    };
    return [mspId, group({ values: { MSP: mspValue(mspId, path.join(organisationFolder(directory, organisation), 'msp')), AnchorPeers: anchors.serializeBinary() }, policies })] as const;
  });
  return group({
    values: { Capabilities: capabilities('V2_5') },
    policies: { ...metaPolicies(), LifecycleEndorsement: meta('MAJORITY', 'Endorsement'), Endorsement: meta('MAJORITY', 'Endorsement') },
    groups: Object.fromEntries(groups),
  });
}

function ordererGroup(topology: Topology, directory: string): common.ConfigGroup {
  const { mspId, orderers } = topology.ordererOrganisation;
  const { batch } = topology.channel;
  const batchSize = new orderer.BatchSize();
  batchSize.setMaxMessageCount(batch.maxMessageCount);
  batchSize.setAbsoluteMaxBytes(batch.absoluteMaxBytes);
  batchSize.setPreferredMaxBytes(batch.preferredMaxBytes);
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(`${batch.timeoutMs}ms`);
  const consensus = new orderer.ConsensusType();
  consensus.setType('etcdraft');
  const organisation = group({
    values: { MSP: mspValue(mspId, path.join(ordererOrganisationFolder(directory, topology), 'msp')), Endpoints: addresses(orderers.map((node) => `${node.host}:${node.port}`)) },
    policies: { Readers: signature(1, [`${mspId}.member`]), Writers: signature(1, [`${mspId}.member`]), Admins: signature(1, [`${mspId}.admin`]) },
  });
  return group({
    values: { BatchSize: batchSize.serializeBinary(), BatchTimeout: timeout.serializeBinary(), ConsensusType: consensus.serializeBinary(), ChannelRestrictions: new orderer.ChannelRestrictions().serializeBinary(), Capabilities: capabilities('V2_0') },
    policies: { ...metaPolicies(), BlockValidation: meta('ANY', 'Writers') },
    groups: { [mspId]: organisation },
  });
}

function metaPolicies(): Record<string, common.Policy> {
  return { Readers: meta('ANY', 'Readers'), Writers: meta('ANY', 'Writers'), Admins: meta('MAJORITY', 'Admins') };
}

function meta(rule: 'ANY' | 'MAJORITY', subPolicy: string): common.Policy {
  const implicit = new common.ImplicitMetaPolicy();
  implicit.setRule(common.ImplicitMetaPolicy.Rule[rule]);
  implicit.setSubPolicy(subPolicy);
  return policy(common.Policy.PolicyType.IMPLICIT_META, implicit.serializeBinary());
}

function signature(threshold: number, principals: readonly string[]): common.Policy {
  const envelope = new common.SignaturePolicyEnvelope();
  const outOf = new common.SignaturePolicy.NOutOf();
  outOf.setN(threshold);
  outOf.setRulesList(
    principals.map((_, index) => {
      const rule = new common.SignaturePolicy();
      rule.setSignedBy(index);
      return rule;
    }),
  );
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(outOf);
  envelope.setRule(rule);
  envelope.setIdentitiesList(principals.map(rolePrincipal));
  return policy(common.Policy.PolicyType.SIGNATURE, envelope.serializeBinary());
}

function policy(type: number, value: Uint8Array): common.Policy {
  const result = new common.Policy();
  result.setType(type);
  result.setValue(value);
  return result;
}

function capabilities(name: string): Uint8Array {
  const result = new common.Capabilities();
  result.getCapabilitiesMap().set(name, new common.Capability());
  return result.serializeBinary();
}

function hashing(name: string): Uint8Array {
  const result = new common.HashingAlgorithm();
  result.setName(name);
  return result.serializeBinary();
}

function blockHashing(): Uint8Array {
  const result = new common.BlockDataHashingStructure();
  result.setWidth(0xffffffff);
  return result.serializeBinary();
}

function addresses(list: readonly string[]): Uint8Array {
  const result = new common.OrdererAddresses();
  result.setAddressesList([...list]);
  return result.serializeBinary();
}

function mspValue(mspId: string, folder: string): Uint8Array {
  const authority = utf8(readOnly(path.join(folder, 'cacerts')));
  const config = new msp.FabricMSPConfig();
  config.setName(mspId);
  config.setRootCertsList([authority]);
  config.setTlsRootCertsList(readdirSync(path.join(folder, 'tlscacerts')).map((file) => utf8(readFileSync(path.join(folder, 'tlscacerts', file), 'utf8'))));
  const hash = new msp.FabricCryptoConfig();
  hash.setSignatureHashFamily('SHA2');
  hash.setIdentityIdentifierHashFunction('SHA256');
  config.setCryptoConfig(hash);
  const units = new msp.FabricNodeOUs();
  units.setEnable(true);
  const unit = (name: string) => {
    const identifier = new msp.FabricOUIdentifier();
    identifier.setCertificate(authority);
    identifier.setOrganizationalUnitIdentifier(name);
    return identifier;
  };
  units.setClientOuIdentifier(unit('client'));
  units.setPeerOuIdentifier(unit('peer'));
  units.setAdminOuIdentifier(unit('admin'));
  units.setOrdererOuIdentifier(unit('orderer'));
  config.setFabricNodeOus(units);
  const wrapped = new msp.MSPConfig();
  wrapped.setType(0);
  wrapped.setConfig(config.serializeBinary());
  return wrapped.serializeBinary();
}

