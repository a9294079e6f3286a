import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chaincodePackage } from './package';

let folder: string;
const script = (name: string, text: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'package-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('gives one program one id, whatever its path and age, and another program another', async () => {
  const one = script('one.js', 'serve();\n');
  const same = script('same.js', 'serve();\n');
  utimesSync(same, 1, 1);
  const [first, second, other, relabelled] = await Promise.all([chaincodePackage('goods_1', one), chaincodePackage('goods_1', same), chaincodePackage('goods_1', script('other.js', 'serve(1);\n')), chaincodePackage('goods_2', one)]);
  expect(second.id).toBe(first.id);
  expect(Buffer.from(second.bytes).equals(first.bytes)).toBe(true);
  expect(other.id).not.toBe(first.id);
  expect(relabelled.id).not.toBe(first.id);
});

it('is named as Fabric names it: label and SHA-256 of the package', async () => {
  const { id, bytes } = await chaincodePackage('goods_1', script('named.js', 'serve();\n'));
  expect(id).toBe(`goods_1:${createHash('sha256').update(bytes).digest('hex')}`);
});

it('holds metadata.json and code.tar.gz, with the placeholders that each peer fills in', async () => {
  const { bytes } = await chaincodePackage('goods_1', script('content.js', 'serve();\n'));
  const outer = gunzipSync(bytes);
  expect(JSON.parse(entry(outer, 'metadata.json').toString())).toEqual({ type: 'ccaas', label: 'goods_1', path: '' });
  const code = gunzipSync(entry(outer, 'code.tar.gz'));
  expect(JSON.parse(entry(code, 'connection.json').toString())).toMatchObject({ address: '{{.address}}', tls_required: true, root_cert: '{{.root_cert}}' });
  expect(JSON.parse(entry(code, 'program.json').toString())).toEqual({ sha256: createHash('sha256').update('serve();\n').digest('hex') });
});

it('says what to do if there is no program', async () => {
  await expect(chaincodePackage('goods_1', path.join(folder, 'absent.js'))).rejects.toMatchObject({ code: 'DEPLOY_FAILED', message: expect.stringContaining('npm run build') as string });
});

/** Content of one file of a tar archive (ustar: header of 512 bytes, size in octal at 124). */
function entry(tar: Buffer, wanted: string): Buffer {
  for (let at = 0; at < tar.length; ) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('utf8', at + 124, at + 136), 8) || 0;
    if (name === wanted) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`no ${wanted} in the archive`);
}
