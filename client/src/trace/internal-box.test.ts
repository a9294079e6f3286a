import { randomBytes } from 'node:crypto';
import type { SealedRecord } from '@dualchain/model';
import { InternalBox } from './internal-box';

const key = randomBytes(32);
const record = (remark: string): SealedRecord => ({ type: 'sealedEvent', id: 'ab'.repeat(32), salt: 'cd'.repeat(32), remark });
const row = (box: InternalBox, sealed: SealedRecord) => ({ id: sealed.id, keyId: box.keyId, ciphertext: box.encrypt(sealed) });
const forged = expect.objectContaining({ code: 'NOT_GENUINE' }) as Error;

it('gives back what it encrypted, to the same key and organisation alone', () => {
  const box = new InternalBox(key, 'FarmMSP');
  const sealed = row(box, record('frost'));
  expect(new InternalBox(key, 'FarmMSP').decrypt(sealed)).toEqual(record('frost'));
  expect(() => new InternalBox(randomBytes(32), 'FarmMSP').decrypt(sealed)).toThrow(/connect with that key/);
  expect(() => new InternalBox(key, 'BankMSP').decrypt(sealed)).toThrow(forged);
  expect(() => box.decrypt({ ...sealed, id: 'ef'.repeat(32) })).toThrow(forged);
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  bytes[20]! ^= 1;
  expect(() => box.decrypt({ ...sealed, ciphertext: bytes.toString('base64') })).toThrow(forged);
  expect(() => box.decrypt({ ...sealed, ciphertext: 'AAAA' })).toThrow(forged);
});

it('says little by lengths and nothing twice', () => {
  const box = new InternalBox(key, 'FarmMSP');
  expect(box.encrypt(record('a')).length).toBe(box.encrypt(record('a remark that is a little longer')).length);
  expect(box.encrypt(record('a'))).not.toBe(box.encrypt(record('a')));
  expect(box.tag('lot')).toBe(new InternalBox(key, 'BankMSP').tag('lot'));
  expect(box.tag('lot')).not.toBe(new InternalBox(randomBytes(32), 'FarmMSP').tag('lot'));
});
