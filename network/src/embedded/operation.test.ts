import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import { NetworkError } from '../errors';
import type { Topology } from '../topology/types';
import { EmbeddedNetwork } from './network';
import { consortium, failure, testChaincode, TestNetwork, text } from './testing';

let fabric: TestNetwork;
let first: string;
let second: string;
let third: string;

beforeAll(async () => {
  fabric = await TestNetwork.start(3);
  [first, second, third] = fabric.mspIds as [string, string, string];
}, 30_000);

afterAll(() => fabric.stop());

function portsOf({ organisations, ordererOrganisation }: Topology): number[] {
  return [...ordererOrganisation.orderers.map((node) => node.port), ...organisations.flatMap((each) => each.peers.flatMap((node) => [node.port, node.chaincodePort]))];
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const at = async (mspId: string, key: string) => text(await fabric.join(mspId).ledger.evaluate('get', { arguments: [key], endorsingOrganizations: [mspId] }));

it('lets a peer lag behind: it answers from the state it has', async () => {
  await fabric.join(first).ledger.submitTransaction('put', 'lag', 'old');
  await fabric.settled();
  fabric.network.pauseCommits(second);
  await fabric.join(first).ledger.submit('put', { arguments: ['lag', 'new'], endorsingOrganizations: [first, third] });
  await fabric.settled([first, third]);
  expect([await at(first, 'lag'), await at(second, 'lag')]).toEqual(['new', 'old']);
  const error = await failure(fabric.join(first).ledger.newProposal('append', { arguments: ['lag', '!'], endorsingOrganizations: [first, second] }).endorse());
  expect([error.code, error.details?.[0]?.message]).toEqual([status.ABORTED, 'ProposalResponsePayloads do not match']);
  fabric.network.resumeCommits(second);
  await fabric.settled();
  expect(await at(second, 'lag')).toBe('new');
});

it('cuts an organisation off and takes it up again', async () => {
  fabric.network.stopPeer(third);
  const proposal = fabric.join(first).ledger.newProposal('put', { arguments: ['cut', '1'], endorsingOrganizations: [first, third] });
  const error = await failure(proposal.endorse());
  expect([error.code, error.message]).toEqual([status.UNAVAILABLE, expect.stringContaining(`failed to find any endorsing peers for org(s): ${third}`)]);
  await fabric.join(first).ledger.submitTransaction('put', 'cut', '2');
  expect(fabric.network.ledger(third).height).toBeLessThan(fabric.network.orderer.height);
  await fabric.network.startPeer(third);
  await fabric.settled();
  expect(await at(third, 'cut')).toBe('2');
  expect(new Set(fabric.mspIds.map((mspId) => fabric.network.ledger(mspId).stateHash())).size).toBe(1);
});

it('deploys once: repeating it changes nothing', async () => {
  const { orderer } = fabric.network;
  const before = orderer.height;
  expect((await fabric.network.deploy()).sequence).toBe(fabric.network.topology.chaincode.sequence);
  expect(orderer.height).toBe(before);
});

it('names the port that is in use, and the way out', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  const error = await failure(EmbeddedNetwork.start({ topology: fabric.network.topology, directory }));
  rmSync(directory, { recursive: true });
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.code).toBe('PORT_IN_USE');
  expect(error.message).toContain(String(fabric.network.topology.organisations[0]?.peers[0]?.port));
  expect(error.message).toContain('--ports ephemeral');
});

it('leaves nothing listening after stop, which may be repeated', async () => {
  const network = await TestNetwork.start(2);
  const ports = portsOf(network.network.topology);
  expect(await Promise.all(ports.map(listens))).toEqual(ports.map(() => true));
  await Promise.all([network.network.stop(), network.network.stop()]);
  await network.stop();
  expect(await Promise.all(ports.map(listens))).toEqual(ports.map(() => false));
  expect((await failure(network.network.deploy())).code).toBe('NOT_RUNNING');
}, 20_000);

it('may be stopped while it deploys', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  const network = await EmbeddedNetwork.start({ topology: { ...consortium, organisations: consortium.organisations.slice(0, 2) }, directory, ports: 'ephemeral', chaincode: { entry: testChaincode } });
  const deploying = failure(network.deploy());
  await network.stop();
  expect(['NOT_RUNNING', 'DEPLOY_FAILED', 'NODE_FAILED']).toContain((await deploying).code);
  expect(await Promise.all(portsOf(network.topology).map(listens))).not.toContain(true);
  rmSync(directory, { recursive: true });
}, 20_000);

it('may be interrupted while it starts', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  const abort = new AbortController();
  const starting = failure(EmbeddedNetwork.start({ topology: { ...consortium, organisations: consortium.organisations.slice(0, 2) }, directory, ports: 'ephemeral', chaincode: { entry: testChaincode }, signal: abort.signal, onProgress: () => abort.abort() }));
  expect((await starting).code).toBe('NOT_RUNNING');
  rmSync(directory, { recursive: true });
});

it('says why a chaincode did not start', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  const network = await EmbeddedNetwork.start({ topology: { ...consortium, organisations: consortium.organisations.slice(0, 2) }, directory, ports: 'ephemeral', chaincode: { entry: path.join(directory, 'none.cjs') } });
  const error = await failure(network.deploy());
  expect([error.code, error.message]).toEqual(['NODE_FAILED', expect.stringContaining('none.cjs')]);
  await network.stop();
  rmSync(directory, { recursive: true });
});

it('writes what clients need for each organisation', () => {
  for (const { slug } of fabric.network.topology.organisations) expect(readdirSync(fabric.network.profileDirectory(slug)).sort()).toEqual(['connection.json', 'env']);
});
