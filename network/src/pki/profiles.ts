import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Organisation, Topology } from '../topology/types';
import { organisationFolder, peerFolder, userFolder } from './crypto';

/**
 * Writes, for each organisation, `<directory>/<slug>/connection.json` (the common connection profile of Fabric SDKs,
 * paths relative to its folder) and `<directory>/<slug>/env` for users of the `peer` command line.
 */
export function writeProfiles(topology: Topology, directory: string): void {
  for (const organisation of topology.organisations) {
    const folder = profileFolder(directory, organisation.slug);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'connection.json'), `${JSON.stringify(profile(topology, organisation, directory, folder), undefined, 2)}\n`);
    writeFileSync(path.join(folder, 'env'), environment(organisation, directory));
  }
}

export function profileFolder(directory: string, slug: string): string {
  return path.join(directory, slug);
}

function profile(topology: Topology, organisation: Organisation, directory: string, folder: string): Record<string, unknown> {
  const relative = (target: string) => path.relative(folder, target);
  const peers = organisation.peers.map((peer) => ({ ...peer, fullName: `${peer.name}.${organisation.domain}` }));
  return {
    name: `${topology.name}-${organisation.slug}`,
    version: '1.0.0',
    client: { organization: organisation.slug },
    organizations: {
      [organisation.slug]: { mspid: organisation.mspId, peers: peers.map((peer) => peer.fullName), cryptoPath: relative(path.join(userFolder(directory, organisation, '{username}'), 'msp')) },
    },
    peers: Object.fromEntries(
      peers.map((peer) => [
        peer.fullName,
        {
          url: `grpcs://${peer.host}:${peer.port}`,
          tlsCACerts: { path: relative(path.join(peerFolder(directory, organisation, peer.name), 'tls', 'ca.crt')) },
          grpcOptions: { 'ssl-target-name-override': peer.fullName },
        },
      ]),
    ),
    channels: { [topology.channel.name]: { peers: Object.fromEntries(peers.map((peer) => [peer.fullName, {}])) } },
    'x-dualchain': {
      channel: topology.channel.name,
      chaincode: topology.chaincode.name,
      members: topology.organisations.map(({ mspId, slug, name, gln, roles }) => ({ mspId, slug, name, gln, roles })),
    },
  };
}

function environment(organisation: Organisation, directory: string): string {
  const peer = organisation.peers[0];
  if (peer === undefined) return '';
  const variables = {
    CORE_PEER_LOCALMSPID: organisation.mspId,
    CORE_PEER_ADDRESS: `${peer.host}:${peer.port}`,
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_TLS_ROOTCERT_FILE: path.resolve(peerFolder(directory, organisation, peer.name), 'tls', 'ca.crt'),
    CORE_PEER_MSPCONFIGPATH: path.resolve(userFolder(directory, organisation, adminOf(organisation)), 'msp'),
  };
  return Object.entries(variables)
    .map(([key, value]) => `export ${key}=${JSON.stringify(value)}\n`)
    .join('');
}

/** The user who approves chaincode for the organisation. */
export function adminOf(organisation: Organisation): string {
  return organisation.users.find((user) => user.admin)?.name ?? 'Admin';
}

export { organisationFolder };
