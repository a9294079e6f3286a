import { common, msp, orderer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, ChannelOrganisation } from '../interfaces';
import { createMspManager } from '../msp';
import { createPolicyManager } from '../policy';

const READERS = '/Channel/Application/Readers';
const WRITERS = '/Channel/Application/Writers';

/** Fabric's default access control, by resource. */
const accessControl: Readonly<Record<string, string>> = {
  'peer/Propose': WRITERS,
  'peer/ChaincodeToChaincode': WRITERS,
  '_lifecycle/CommitChaincodeDefinition': WRITERS,
  '_lifecycle/QueryChaincodeDefinition': WRITERS,
  '_lifecycle/QueryChaincodeDefinitions': WRITERS,
  '_lifecycle/CheckCommitReadiness': WRITERS,
  'qscc/GetChainInfo': READERS,
  'qscc/GetBlockByNumber': READERS,
  'qscc/GetBlockByHash': READERS,
  'qscc/GetTransactionByID': READERS,
  'qscc/GetBlockByTxID': READERS,
  'cscc/GetConfigBlock': READERS,
  'cscc/GetChannelConfig': READERS,
  'event/Block': READERS,
  'event/FilteredBlock': READERS,
  'gateway/CommitStatus': READERS,
  'gateway/ChaincodeEvents': READERS,
};

/** What a channel configuration means. */
export function createBundle(channelId: string, config: common.Config): ChannelBundle {
  const root = config.getChannelGroup() ?? new common.ConfigGroup();
  const application = root.getGroupsMap().get('Application') ?? new common.ConfigGroup();
  const ordering = root.getGroupsMap().get('Orderer') ?? new common.ConfigGroup();
  const organisations = [...application.getGroupsMap().entries()].map(([groupName, group]) => ({ groupName, config: mspOf(group) }));
  const orderers = [...ordering.getGroupsMap().entries()].map(([, group]) => mspOf(group));
  const mspManager = createMspManager([...organisations.map((organisation) => organisation.config), ...orderers]);
  const size = orderer.BatchSize.deserializeBinary(valueOf(ordering, 'BatchSize'));
  const applicationOrganisations: readonly ChannelOrganisation[] = organisations.map(({ groupName, config: mspConfig }) => ({ groupName, mspId: mspConfig.getName() }));
  return {
    channelId,
    config,
    mspManager,
    policies: createPolicyManager(root, mspManager),
    applicationOrganisations,
    acl: (resource) => accessControl[resource],
    batch: {
      maxMessageCount: size.getMaxMessageCount(),
      absoluteMaxBytes: size.getAbsoluteMaxBytes(),
      preferredMaxBytes: size.getPreferredMaxBytes(),
      timeoutMs: milliseconds(orderer.BatchTimeout.deserializeBinary(valueOf(ordering, 'BatchTimeout')).getTimeout()),
    },
  };
}

function mspOf(group: common.ConfigGroup): msp.FabricMSPConfig {
  return msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(valueOf(group, 'MSP')).getConfig_asU8());
}

function valueOf(group: common.ConfigGroup, name: string): Uint8Array {
  return group.getValuesMap().get(name)?.getValue_asU8() ?? new Uint8Array();
}

/** "200ms", "2s" as Go writes durations. */
function milliseconds(text: string): number {
  const match = /^([0-9.]+)(ms|s|m)$/.exec(text);
  const unit = { ms: 1, s: 1000, m: 60_000 }[match?.[2] ?? 's'] ?? 1000;
  return Number(match?.[1] ?? 2) * unit;
}
