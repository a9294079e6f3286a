import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { common, peer } from '@hyperledger/fabric-protos';
import { fileCheckpoint, memoryCheckpoint } from './checkpoint';
import { decodeBlock } from './decode-block';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'checkpoint-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('keeps a position in a file, in one piece', async () => {
  const file = path.join(folder, 'a', 'b', 'position.json');
  const store = fileCheckpoint(file);
  expect(await store.load()).toBeUndefined();
  await store.save({ blockNumber: 2n ** 60n, transactionId: 'T1' });
  await store.save({ blockNumber: 2n ** 60n + 1n, transactionId: 'T2' });
  expect(await fileCheckpoint(file).load()).toEqual({ blockNumber: 2n ** 60n + 1n, transactionId: 'T2' });
  expect(readdirSync(path.dirname(file))).toEqual(['position.json']);
});

it.each(['', '{', '[]', '{"blockNumber":1,"transactionId":"T"}', '{"blockNumber":"x","transactionId":"T"}'])('refuses a file that holds %j', async (text) => {
  const file = path.join(folder, 'broken.json');
  writeFileSync(file, text);
  await expect(fileCheckpoint(file).load()).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(file) });
});

it('keeps a position in memory', async () => {
  const store = memoryCheckpoint({ blockNumber: 1n, transactionId: 'T1' });
  await store.save({ blockNumber: 2n, transactionId: 'T2' });
  expect(await store.load()).toEqual({ blockNumber: 2n, transactionId: 'T2' });
});

it('reads over envelopes that are broken, and notices data that does not fit its header', () => {
  const block = new common.Block();
  const header = new common.BlockHeader();
  header.setNumber(200);
  header.setDataHash(new Uint8Array(32));
  const data = new common.BlockData();
  data.setDataList([Buffer.from('not an envelope'), new Uint8Array()]);
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList([new Uint8Array(), new Uint8Array(), new Uint8Array([peer.TxValidationCode.BAD_PAYLOAD, peer.TxValidationCode.NIL_ENVELOPE])]);
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  expect(decodeBlock(block)).toMatchObject({ number: 200n, intact: false, transactions: [{ index: 0, valid: false, code: 'BAD_PAYLOAD', writes: [] }, { index: 1, valid: false, code: 'NIL_ENVELOPE' }] });
});
