import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FabricNetwork, findBinaries } from '../../network/src/fabric';
import { loadTopology } from '../../network/src/topology';
import { credentialsOf, openSession, text } from '../conformance/session';
import type { Session } from '../conformance/session';

const root = path.resolve(__dirname, '../..');
const entry = path.join(root, 'network/test-chaincode/contract.cjs');
const found = findBinaries();
if ('missing' in found) process.stderr.write(`SKIP test/fabric: ${found.message}\n`);

('missing' in found ? describe.skip : describe)('the whole consortium on real Fabric', () => {
  let directory: string;
  let network: FabricNetwork;
  const sessions: Session[] = [];
  const session = (mspId: string) => {
    const opened = openSession(network, credentialsOf(network, mspId));
    sessions.push(opened);
    return opened;
  };
  const start = () => FabricNetwork.start({ topology: loadTopology(path.join(root, 'network/consortium.yaml')), directory, ports: 'ephemeral', chaincode: { entry } });

  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'fabric-'));
    network = await start();
    await network.deploy();
  }, 120_000);

  afterAll(async () => {
    for (const opened of sessions) opened.close();
    await network?.stop();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  it('runs three orderers, eight peers and their chaincode, all healthy', async () => {
    const { nodes, versions } = await network.status();
    expect(versions['fabric']).toMatch(/^\d+\.\d+/);
    expect(nodes.map(({ kind }) => kind).sort()).toEqual([...Array<string>(8).fill('chaincode'), ...Array<string>(3).fill('orderer'), ...Array<string>(8).fill('peer')]);
    expect(nodes.filter(({ healthy }) => !healthy)).toEqual([]);
  });

  it('commits a transaction of one organisation and answers another', async () => {
    await session('BrandMSP').contract('ledger').submitTransaction('put', 'lot', 'pepper');
    const ledger = session('FarmMSP').contract('ledger');
    const before = Date.now();
    let answer = '';
    while (answer === '' && Date.now() - before < 20_000) answer = text(await ledger.evaluateTransaction('get', 'lot'));
    expect(answer).toBe('pepper');
  });

  it('deploys again without any change', async () => {
    const first = await network.deploy();
    expect(await network.deploy()).toEqual(first);
    expect(first.sequence).toBe(1);
    expect(new Set(Object.values(first.packageIds)).size).toBe(1);
  });

  it('lets two organisations run altered chaincode while the others keep theirs', async () => {
    const altered = path.join(directory, 'altered.cjs');
    writeFileSync(altered, `process.env.FLAVOUR = 'altered';\nrequire(${JSON.stringify(entry)});\n`);
    const carrier = session('CarrierMSP').contract('ledger');
    const factor = session('FactorMSP').contract('ledger');
    const bank = session('BankMSP').contract('ledger');
    expect(text(await carrier.evaluateTransaction('flavour'))).toBe('plain');
    await network.replaceChaincode('CarrierMSP', altered);
    await network.replaceChaincode('FactorMSP', altered);
    expect(await Promise.all([carrier, factor, bank].map(async (ledger) => text(await ledger.evaluateTransaction('flavour'))))).toEqual(['altered', 'altered', 'plain']);
    // Two that agree on altered results endorse together; with an honest third their results differ.
    const among = (...endorsingOrganizations: string[]) => carrier.newProposal('flavour', { endorsingOrganizations }).endorse();
    expect(text((await among('CarrierMSP', 'FactorMSP')).getResult())).toBe('altered');
    await expect(among('CarrierMSP', 'BankMSP')).rejects.toMatchObject({ details: [{ message: expect.stringContaining('ProposalResponsePayloads do not match') as string }] });
    await network.replaceChaincode('CarrierMSP', entry);
    expect(text(await carrier.evaluateTransaction('flavour'))).toBe('plain');
  }, 60_000);

  it('names the node that does not exist', () => {
    expect(() => network.logs('peer9.brand')).toThrow(/peer9\.brand.*peer0\.brand/s);
    expect(network.logs('peer0.brand')).toContain('Committed block');
  });

  it('leaves no process, and starts again with its ledger', async () => {
    const running = (await network.status()).nodes.map(({ pid }) => pid ?? 0);
    expect(running.every(alive)).toBe(true);
    await network.stop();
    expect(running.filter(alive)).toEqual([]);
    network = await start();
    await network.deploy();
    expect(text(await session('RegulatorMSP').contract('ledger').evaluateTransaction('get', 'lot'))).toBe('pepper');
  }, 120_000);
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
