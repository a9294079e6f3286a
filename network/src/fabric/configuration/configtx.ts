import path from 'node:path';
import { organisationFolder, ordererOrganisationFolder } from '../../pki';
import type { Organisation } from '../../topology/types';
import type { Layout } from '../layout';

type Rules = Readonly<Record<string, { readonly Type: string; readonly Rule: string }>>;

/** Name of the only profile in the generated configtx.yaml. */
export const PROFILE = 'Dualchain';

/**
 * What configtxgen needs to write the genesis block: Raft orderers, the member organisations with their anchor peers
 * (without anchors, organisations never exchange private data), NodeOU roles, the batch of the topology.
 */
export function configtx(layout: Layout): unknown {
  const { topology, directory } = layout;
  const { ordererOrganisation: ordering, channel } = topology;
  const metaPolicies = { Readers: implicit('ANY Readers'), Writers: implicit('ANY Writers'), Admins: implicit('MAJORITY Admins') };
  const endpoints = ordering.orderers.map((node) => `${node.host}:${node.port}`);
  return {
    Profiles: {
      [PROFILE]: {
        Policies: metaPolicies,
        Capabilities: { V2_0: true },
        Orderer: {
          OrdererType: 'etcdraft',
          BatchTimeout: `${channel.batch.timeoutMs}ms`,
          BatchSize: { MaxMessageCount: channel.batch.maxMessageCount, AbsoluteMaxBytes: channel.batch.absoluteMaxBytes, PreferredMaxBytes: channel.batch.preferredMaxBytes },
          EtcdRaft: {
            Consenters: ordering.orderers.map((node) => {
              const certificate = path.join(layout.ordererCrypto(node), 'tls', 'server.crt');
              return { Host: node.host, Port: node.port, ClientTLSCert: certificate, ServerTLSCert: certificate };
            }),
            // An election takes 10 to 20 ticks: 2 to 4 s here, half of Fabric's default, on machines that share a rack or are one.
            Options: { TickInterval: '200ms', ElectionTick: 10, HeartbeatTick: 1, MaxInflightBlocks: 5, SnapshotIntervalSize: 16 * 1024 * 1024 },
          },
          Organizations: [
            {
              Name: ordering.mspId,
              ID: ordering.mspId,
              MSPDir: path.join(ordererOrganisationFolder(directory, topology), 'msp'),
              OrdererEndpoints: endpoints,
              Policies: { Readers: signedBy([`${ordering.mspId}.member`]), Writers: signedBy([`${ordering.mspId}.member`]), Admins: signedBy([`${ordering.mspId}.admin`]) },
            },
          ],
          Policies: { ...metaPolicies, BlockValidation: implicit('ANY Writers') },
          Capabilities: { V2_0: true },
        },
        Application: {
          Organizations: topology.organisations.map((organisation) => member(organisation, layout)),
          Policies: { ...metaPolicies, LifecycleEndorsement: implicit('MAJORITY Endorsement'), Endorsement: implicit('MAJORITY Endorsement') },
          Capabilities: { V2_5: true },
        },
      },
    },
  };
}

function member(organisation: Organisation, layout: Layout): unknown {
  const { mspId } = organisation;
  const policies: Rules = {
    Readers: signedBy([`${mspId}.admin`, `${mspId}.peer`, `${mspId}.client`]),
    Writers: signedBy([`${mspId}.admin`, `${mspId}.client`]),
    Admins: signedBy([`${mspId}.admin`]),
    Endorsement: signedBy([`${mspId}.peer`]),
  };
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: path.join(organisationFolder(layout.directory, organisation), 'msp'),
    Policies: policies,
    AnchorPeers: organisation.peers.slice(0, 1).map((peer) => ({ Host: peer.host, Port: peer.port })),
  };
}

function implicit(rule: string): Rules[string] {
  return { Type: 'ImplicitMeta', Rule: rule };
}

function signedBy(principals: readonly string[]): Rules[string] {
  return { Type: 'Signature', Rule: `OR(${principals.map((principal) => `'${principal}'`).join(', ')})` };
}
