import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { credentials, Client } from '@grpc/grpc-js';
import { connect, signers, type Contract, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import { loadTopology } from '../topology/load';
import { peerFolder, userFolder } from '../pki';
import { EmbeddedNetwork } from './network';

const root = path.resolve(__dirname, '../..');
const all = loadTopology(path.join(root, 'consortium.yaml'));
const topology = { ...all, organisations: all.organisations.slice(0, 3) };
const first = topology.organisations[0]!.mspId;
let directory: string;
let network: EmbeddedNetwork;
const open: { gateway: Gateway; client: Client }[] = [];

interface Session {
  network: Network;
  ledger: Contract;
  private: Contract;
}

function join(mspId: string, user = 'maker'): Session {
  const organisation = network.organisation(mspId);
  const [peer] = organisation.peers;
  const home = path.join(userFolder(directory, organisation, user), 'msp');
  const only = (folder: string) => readFileSync(path.join(home, folder, readdirSync(path.join(home, folder))[0]!));
  const ca = readFileSync(path.join(peerFolder(directory, organisation, peer!.name), 'tls', 'ca.crt'));
  const client = new Client(`localhost:${peer!.port}`, credentials.createSsl(ca), { 'grpc.ssl_target_name_override': `${peer!.name}.${organisation.domain}` });
  const gateway = connect({ client, identity: { mspId, credentials: only('signcerts') }, signer: signers.newPrivateKeySigner(createPrivateKey(only('keystore'))) });
  open.push({ gateway, client });
  const channel = gateway.getNetwork(topology.channel.name);
  return { network: channel, ledger: channel.getContract(topology.chaincode.name, 'ledger'), private: channel.getContract(topology.chaincode.name, 'private') };
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  network = await EmbeddedNetwork.start({ topology, directory, ports: 'ephemeral', chaincode: { entry: path.join(root, 'test-chaincode/contract.cjs') }, onProgress: (step, ms) => console.log(step, Math.round(ms)) });
  await network.deploy();
}, 30_000);

afterAll(async () => {
  for (const { gateway, client } of open) {
    gateway.close();
    client.close();
  }
  await network.stop();
  rmSync(directory, { recursive: true, force: true });
});

it('submits and evaluates', async () => {
  const { ledger } = join(first);
  expect(text(await ledger.submitTransaction('put', 'a', '1'))).toBe('1');
  expect(text(await ledger.evaluateTransaction('get', 'a'))).toBe('1');
});
