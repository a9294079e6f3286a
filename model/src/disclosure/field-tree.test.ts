import fc from 'fast-check';
import { fieldRoot, sealRecord } from '../sealed';
import { toHex } from './bytes';
import { leafOf, provenRoot, saltedFields, treeProof, treeRoot } from './field-tree';
import { parsePack } from './pack';
import { fieldNames, proveFields, showFields } from './sealed-subject';
import { standingPlace } from './standing-place';

const record = fc
  .tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !['type', 'id', 'salt', '__proto__'].includes(name)), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 12 }))
  .map(([seed, fields]) => sealRecord(seed, 'holding', 'H-1', fields));
/** A record and some of its fields. */
const choice = record.chain((sealed) => fc.tuple(fc.constant(sealed), fc.subarray(fieldNames(sealed))));

it('any fields of any record prove exactly its root, and how many are hidden', () => {
  fc.assert(
    fc.property(choice, ([sealed, names]) => {
      const shown = proveFields(JSON.parse(JSON.stringify(showFields(sealed, names))) as ReturnType<typeof showFields>);
      expect(shown).toEqual({ type: 'holding', id: 'H-1', root: fieldRoot(sealed), hidden: fieldNames(sealed).length - names.length, fields: fieldNames(sealed).flatMap((name) => (names.includes(name) ? [{ name, value: JSON.parse(JSON.stringify(sealed[name])) as unknown }] : [])) });
    }),
  );
});

it('gives away neither the record salt nor the salt of a hidden field', () => {
  fc.assert(
    fc.property(choice, ([sealed, names]) => {
      const text = JSON.stringify(showFields(sealed, names));
      expect(text).not.toContain(sealed.salt);
      for (const { name, salt } of saltedFields(sealed)) expect(text.includes(salt)).toBe(names.includes(name) || name === 'type' || name === 'id');
    }),
  );
});

it('no other value, name, salt, position, number or hash proves the root', () => {
  fc.assert(
    fc.property(choice, fc.nat(), fc.integer({ min: 0, max: 5 }), ([sealed, names], at, what) => {
      const subject = structuredClone(showFields(sealed, names)) as { fields: { position: number; name: string; value: unknown; salt: string }[]; count: number; hashes: string[] };
      const field = subject.fields[at % subject.fields.length]!;
      const flip = (hex: string) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;
      if (what === 0) field.value = [field.value];
      if (what === 1) field.name += 'x';
      if (what === 2) field.salt = flip(field.salt);
      if (what === 3) field.position += 1;
      if (what === 4) subject.count += at % 2 === 0 ? 1 : -1;
      if (what === 5) {
        if (subject.hashes.length === 0) subject.hashes.push('00'.repeat(32));
        else subject.hashes[at % subject.hashes.length] = flip(subject.hashes[at % subject.hashes.length]!);
      }
      const proven = proveFields({ kind: 'sealed', ...subject });
      expect(typeof proven === 'string' || proven.root !== fieldRoot(sealed)).toBe(true);
    }),
  );
});

it('a node cannot be passed off as a leaf, so nobody says that fewer fields are hidden', () => {
  const leaves = ['a', 'b', 'c'].map((name) => leafOf({ name, value: 1, salt: '00'.repeat(32) }));
  const proof = treeProof(leaves, new Set([2]));
  expect(proof).toHaveLength(1);
  expect(provenRoot(3, new Map([[2, leaves[2]!]]), proof)).toBe(treeRoot(leaves));
  expect(provenRoot(2, new Map([[1, leaves[2]!]]), proof)).not.toBe(treeRoot(leaves));
  expect(toHex(proof[0]!)).toMatch(/^[0-9a-f]{64}$/);
});

it('names the fields that there are when asked for another', () => {
  expect(() => showFields(sealRecord(new Uint8Array(32), 'invoice', 'INV-1', { total: '5', number: 'X' }), ['amount'])).toThrow('The record invoice:INV-1 has no field amount; it has number, total.');
});

it.each([
  ['holding', 'H-1', { type: 'holding', attributes: ['H-1'] }],
  ['quote', 'H-1/Q-1', { type: 'quote', attributes: ['H-1', 'Q-1'] }],
  ['orderVersion', 'PO-1/000001', { type: 'orderVersion', attributes: ['PO-1', '000001'] }],
  ['claimLoan', 'L-1', { type: 'loan', attributes: ['L-1'] }],
  ['stock', 'D-1', { type: 'deposit', attributes: ['D-1'] }],
  ['sealedEvent', 'ab12', { type: 'sealedEvent', attributes: ['ab12'] }],
  ['event', 'ni:///sha-256;00?ver=CBV2.0', { type: 'event', attributes: ['ni:///sha-256;00?ver=CBV2.0'] }],
  ['receipt', 'DA-1', undefined],
  ['quantities', 'PO-1', undefined],
  ['quote', 'H-1', undefined],
])('the root of %s %s stands where the table of keys says', (type, id, place) => {
  expect(standingPlace(type, id)).toEqual(place);
});

it.each([['{'], ['{}'], ['[]'], ['null'], [JSON.stringify({ format: 'dualchain-disclosure', version: 2 })], [JSON.stringify({ format: 'dualchain-disclosure', version: 1, subject: { kind: 'public', type: 'event', attributes: ['e'] }, transaction: 'AB==' })], ['['.repeat(100_000)]])('refuses what is no pack: %.40s', (text) => {
  expect(() => parsePack(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as Error);
});
