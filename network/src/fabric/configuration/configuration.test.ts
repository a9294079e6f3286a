import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { generateCrypto } from '../../pki';
import { loadTopology } from '../../topology/load';
import { Layout } from '../layout';
import { writeConfiguration } from './write';

const topology = loadTopology(path.resolve(__dirname, '../../../consortium.yaml'));
const [organisation] = topology.organisations;
const [orderer] = topology.ordererOrganisation.orderers;
let directory: string;
let layout: Layout;

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'configuration-'));
  layout = new Layout(directory, topology);
  await generateCrypto(topology, directory);
  writeConfiguration(layout);
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const read = (...parts: string[]) => parse(readFileSync(path.join(...parts), 'utf8')) as Record<string, never>;

it('lets peers run without Docker and does not let a refused transaction hold one up', () => {
  const core = read(layout.node('peer0.brand'), 'core.yaml');
  expect(core).toMatchObject({
    vm: { endpoint: '' },
    peer: {
      localMspId: organisation!.mspId,
      address: `localhost:${organisation!.peers[0]!.port}`,
      tls: { enabled: true },
      gossip: { pvtData: { skipPullingInvalidTransactionsDuringCommit: true, pullRetryThreshold: '2s' } },
    },
    chaincode: { externalBuilders: [{ path: path.join(layout.node('peer0.brand'), 'builder') }], runtimeParams: { useWriteBatch: true, useGetMultipleKeys: true } },
  });
});

it('gives every organisation an anchor peer, and Raft every orderer as a consenter with its own certificate', () => {
  const { Profiles } = read(layout.configtx, 'configtx.yaml') as unknown as { Profiles: { Dualchain: { Orderer: { OrdererType: string; EtcdRaft: { Consenters: { Port: number; ClientTLSCert: string }[] } }; Application: { Organizations: { ID: string; AnchorPeers: unknown[] }[] } } } };
  const { Orderer, Application } = Profiles.Dualchain;
  expect(Application.Organizations.map(({ ID, AnchorPeers }) => [ID, AnchorPeers])).toEqual(topology.organisations.map(({ mspId, peers }) => [mspId, [{ Host: 'localhost', Port: peers[0]!.port }]]));
  expect(Orderer.OrdererType).toBe('etcdraft');
  expect(Orderer.EtcdRaft.Consenters.map(({ Port }) => Port)).toEqual(topology.ordererOrganisation.orderers.map(({ port }) => port));
  expect(new Set(Orderer.EtcdRaft.Consenters.map(({ ClientTLSCert }) => readFileSync(ClientTLSCert, 'utf8'))).size).toBe(3);
});

it('opens the administration of an orderer only to holders of a certificate of its own authority', () => {
  expect(read(layout.node(orderer!.name), 'orderer.yaml')).toMatchObject({ General: { BootstrapMethod: 'none' }, Admin: { ListenAddress: `127.0.0.1:${orderer!.adminPort}`, TLS: { Enabled: true, ClientAuthRequired: true } } });
});

it('builds a package into the connection of the peer that installs it', () => {
  const [source, metadata, built, released] = ['source', 'metadata', 'built', 'released'].map((name) => {
    const folder = path.join(directory, 'try', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }) as [string, string, string, string];
  writeFileSync(path.join(metadata, 'metadata.json'), '{"type":"ccaas","label":"goods_1"}');
  writeFileSync(path.join(source, 'connection.json'), '{"address":"{{.address}}","tls_required":true,"root_cert":"{{.root_cert}}"}');
  const run = (name: string, ...args: string[]) => execFileSync(path.join(layout.node('peer0.brand'), 'builder/bin', name), args, { stdio: 'pipe' });
  run('detect', source, metadata);
  run('build', source, metadata, built);
  run('release', built, released);
  expect(JSON.parse(readFileSync(path.join(released, 'chaincode/server/connection.json'), 'utf8'))).toEqual({
    address: `localhost:${organisation!.peers[0]!.chaincodePort}`,
    tls_required: true,
    root_cert: readFileSync(path.join(layout.peerCrypto(organisation!, organisation!.peers[0]!), 'chaincode/ca.crt'), 'utf8'),
  });
  writeFileSync(path.join(metadata, 'metadata.json'), '{"type":"golang","label":"goods_1"}');
  expect(() => run('detect', source, metadata)).toThrow();
});
