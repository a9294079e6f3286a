import type { ChildProcess } from 'node:child_process';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findBinaries } from '../../network/src/fabric';
import { loadTopology } from '../../network/src/topology';

const root = path.resolve(__dirname, '../..');
const consortium = path.join(root, 'network/consortium.yaml');
const chaincode = path.join(root, 'network/test-chaincode/contract.cjs');
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'network-cli-'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs network.sh to its end. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(path.join(root, 'scripts/network.sh'), [...args], { env }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }));
  });
}

const json = ({ stdout }: Outcome) => JSON.parse(stdout) as { running: boolean; started: boolean; pid: number; sequence: number; nodes: { name: string; kind: string; healthy: boolean; pid?: number }[]; ended: boolean; lines: string[]; error: { code: string; message: string } };

/** False too for a process that has ended and that its new parent has not taken note of yet. */
function alive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('network.sh on the embedded engine', () => {
  const directory = () => path.join(scratch, 'embedded');
  const here = () => ['--dir', directory()];
  const up = () => ['up', '--ports', 'ephemeral', '--chaincode', chaincode, ...here()];

  afterAll(() => run(['down', ...here()]), 60_000);

  it('goes from nothing to deployed and back, each command twice', async () => {
    expect(await run(['status', ...here()])).toMatchObject({ code: 3, stdout: expect.stringContaining('network.sh up') as string });

    const started = json(await run([...up(), '--json']));
    expect(started).toMatchObject({ running: true, started: true });
    expect(started.nodes.filter(({ healthy }) => !healthy)).toEqual([]);
    expect(alive(started.pid)).toBe(true);
    expect(json(await run([...up(), '--json']))).toMatchObject({ started: false, pid: started.pid });

    expect(json(await run(['deploy', '--json', ...here()])).sequence).toBe(1);
    expect((await run(['deployCC', ...here()])).stdout).toMatch(/deployed for 8 organisations, sequence 1/);

    const status = await run(['status', ...here()]);
    expect(status.code).toBe(0);
    expect(status.stdout).toMatch(/^peer0\.brand +peer +BrandMSP +localhost:\d+ +yes$/m);
    expect(existsSync(path.join(directory(), 'bank', 'connection.json'))).toBe(true);

    const logs = await run(['logs', 'peer0.brand', '--lines', '1', '--json', ...here()]);
    expect(json(logs).lines).toHaveLength(1);
    expect(await run(['logs', 'peer9.brand', ...here()])).toMatchObject({ code: 1, stderr: expect.stringMatching(/NODE_UNKNOWN.*peer9\.brand.*peer0\.brand/s) as string });

    const ended = json(await run(['down', '--json', ...here()]));
    expect(ended.ended).toBe(true);
    expect(alive(started.pid)).toBe(false);
    expect(existsSync(directory())).toBe(false);
    expect(await run(['down', ...here()])).toMatchObject({ code: 0, stdout: expect.stringContaining('No network was running') as string });
  }, 120_000);

  it('starts again after its process was killed', async () => {
    const { pid } = json(await run([...up(), '--json']));
    process.kill(pid, 'SIGKILL');
    await until(() => !alive(pid));
    expect((await run(['status', ...here()])).code).toBe(3);
    const again = json(await run([...up(), '--json']));
    expect(again).toMatchObject({ running: true, started: true });
    await run(['down', ...here()]);
    expect(alive(again.pid)).toBe(false);
  }, 120_000);
});

describe('up --foreground', () => {
  it('stays until Ctrl-C and then leaves nothing running', async () => {
    const directory = path.join(scratch, 'foreground');
    const child = spawn(path.join(root, 'scripts/network.sh'), ['up', '--foreground', '--ports', 'ephemeral', '--chaincode', chaincode, '--dir', directory], { stdio: ['ignore', 'pipe', 'pipe'] });
    const { output, ended } = watch(child);
    await until(() => output().includes('Ctrl-C ends it') || child.exitCode !== null);
    expect((await run(['status', '--dir', directory])).code).toBe(0);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(output()).toContain('no process of it is left');
    expect((await run(['status', '--dir', directory])).code).toBe(3);
  }, 60_000);
});

describe('what cannot be done', () => {
  it('names the line of a mistake in the topology', async () => {
    const file = path.join(scratch, 'mistaken.yaml');
    const text = readFileSync(consortium, 'utf8').replace('roles: [carrier, warehouse]', 'roles: [carrier, pirate]');
    writeFileSync(file, text);
    const line = text.split('\n').findIndex((each) => each.includes('pirate')) + 1;
    const outcome = await run(['up', '--topology', file, '--dir', path.join(scratch, 'mistaken')]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(new RegExp(`TOPOLOGY_INVALID.*${line}:\\d+ organisations\\.3\\.roles\\.1`, 's'));
    expect(existsSync(path.join(scratch, 'mistaken'))).toBe(false);
  }, 30_000);

  it('names a topology that does not exist', async () => {
    const outcome = json(await run(['up', '--topology', '/no/such/file.yaml', '--json', '--dir', path.join(scratch, 'absent')]));
    expect(outcome.error).toMatchObject({ code: 'TOPOLOGY_INVALID', message: expect.stringContaining('/no/such/file.yaml') as string });
  }, 30_000);

  it('names the port that something else uses, its node and the ways out', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const file = path.join(scratch, 'taken.yaml');
    const [brand] = loadTopology(consortium).organisations;
    writeFileSync(file, readFileSync(consortium, 'utf8').replace(`port: ${brand!.peers[0]!.port},`, `port: ${taken},`));
    const outcome = await run(['up', '--topology', file, '--dir', path.join(scratch, 'taken'), '--chaincode', chaincode]);
    server.close();
    expect(outcome.code).toBe(1);
    for (const part of ['PORT_IN_USE', `${taken} (peer0.brand)`, '--ports ephemeral']) expect(outcome.stderr).toContain(part);
    expect((await run(['status', '--dir', path.join(scratch, 'taken')])).code).toBe(3);
  }, 60_000);

  it('does not touch a folder that holds something else', async () => {
    const outcome = await run(['up', '--dir', scratch, '--chaincode', chaincode]);
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('DIRECTORY_IN_USE') as string });
  }, 30_000);

  it('says how to get real Fabric where it is missing', async () => {
    const outcome = await run(['up', '--engine', 'fabric', '--dir', path.join(scratch, 'missing')], { ...process.env, FABRIC_BIN: path.join(scratch, 'nowhere') });
    expect(outcome.code).toBe(1);
    for (const part of ['BINARIES_MISSING', 'FABRIC_BIN', 'embedded engine']) expect(outcome.stderr).toContain(part);
  }, 30_000);
});

const found = findBinaries();
if ('missing' in found) process.stderr.write(`SKIP test/cli on real Fabric: ${found.message}\n`);

('missing' in found ? describe.skip : describe)('network.sh on real Fabric', () => {
  it('leaves no process when its supervisor is killed, and takes the ledgers up again', async () => {
    const directory = path.join(scratch, 'fabric');
    const here = ['--dir', directory];
    const up = ['up', '--engine', 'fabric', '--ports', 'ephemeral', '--chaincode', chaincode, '--json', ...here];
    const started = json(await run(up));
    expect(json(await run(['deploy', '--json', ...here])).sequence).toBe(1);
    const pids = json(await run(['status', '--json', ...here])).nodes.map(({ pid }) => pid ?? 0);
    expect(pids).toHaveLength(19);
    process.kill(started.pid, 'SIGKILL');
    await until(() => !pids.some(alive));

    const again = json(await run(up));
    expect(again.started).toBe(true);
    expect(json(await run(['deploy', '--json', ...here])).sequence).toBe(1);
    const later = json(await run(['status', '--json', ...here])).nodes.map(({ pid }) => pid ?? 0);
    await run(['down', ...here]);
    expect([again.pid, ...later].filter(alive)).toEqual([]);
    expect(existsSync(directory)).toBe(false);
  }, 180_000);
});

/** What a process has written so far, and its exit code when it ends. */
function watch(child: ChildProcess): { output: () => string; ended: Promise<number | null> } {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return { output: () => text, ended: new Promise((resolve) => child.once('close', resolve)) };
}
