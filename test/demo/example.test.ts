import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EmbeddedNetwork, loadTopology } from '../../network/src/index';
import { chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import { root } from '../support/data';

const MINUTE = 60_000;
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-example-'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const built = existsSync(path.join(root, 'client/dist/index.js'));
if (!built) process.stderr.write('SKIP docs/first-order.mjs: it uses the built packages; run npm run build first.\n');
(built ? test : test.skip)('the example of the README runs on a network that stays', async () => {
  await using network = await EmbeddedNetwork.start({ topology: loadTopology(path.join(root, 'network/consortium.yaml')), directory: path.join(scratch, 'example'), ports: 'ephemeral', chaincode: { entry: chaincodeBundle() } });
  await network.deploy();
  const child = spawn(process.execPath, [path.join(root, 'docs/first-order.mjs'), network.directory], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(output.replace(/PO-\d+/, 'PO-1').trim().split('\n')).toEqual(['PO-1 is accepted', 'the processor reads: 40000 kg at CNY 25.00', 'the bank reads: nothing of the terms', 'a second acceptance: WRONG_STATE']);
}, MINUTE);
