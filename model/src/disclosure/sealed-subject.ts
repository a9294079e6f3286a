import { DualchainError } from '../errors';
import { fromHex, toHex } from './bytes';
import { leafOf, provenRoot, saltedFields, treeProof } from './field-tree';
import type { SealedSubject } from './pack';

/** What the shown part of a sealed record proves. */
export interface ShownRecord {
  readonly type: string;
  readonly id: string;
  /** Shown fields in order of name, type and id left out. */
  readonly fields: readonly { readonly name: string; readonly value: unknown }[];
  /** How many fields are not shown. */
  readonly hidden: number;
  /** Merkle root (hex) that they belong to. */
  readonly root: string;
}

/** Every record says its own type and id; without them a field could be passed off as that of another record. */
const always: readonly string[] = ['type', 'id'];

/** Names of the fields of a record that can be shown or hidden. */
export function fieldNames(record: { readonly salt: string; readonly [field: string]: unknown }): string[] {
  return saltedFields(record).flatMap(({ name }) => (always.includes(name) ? [] : [name]));
}

/** Shows these fields of a record, and its type and id; of the others only hashes. Throws INVALID_INPUT, naming the fields that there are. */
export function showFields(record: { readonly type: string; readonly id: string; readonly salt: string; readonly [field: string]: unknown }, names: readonly string[]): SealedSubject {
  const known = fieldNames(record);
  const unknown = names.filter((name) => !known.includes(name) && !always.includes(name));
  if (unknown.length > 0) throw new DualchainError('INVALID_INPUT', `The record ${record.type}:${record.id} has no field ${unknown.map((name) => name.slice(0, 100)).join(', ')}; it has ${known.join(', ')}.`, { details: { unknown, fields: known } });
  const fields = saltedFields(record);
  const leaves = fields.map(leafOf);
  const shown = fields.map((field, position) => ({ position, ...field })).filter(({ name }) => always.includes(name) || names.includes(name));
  return { kind: 'sealed', fields: shown, count: fields.length, hashes: treeProof(leaves, new Set(shown.map(({ position }) => position))).map(toHex) };
}

/** What the shown fields prove; a text that says why they prove nothing. */
export function proveFields({ fields, count, hashes }: SealedSubject): ShownRecord | string {
  const names = fields.map(({ name }) => name);
  for (let index = 1; index < fields.length; index += 1) {
    const [before, after] = [fields[index - 1], fields[index]];
    if (before === undefined || after === undefined || !(before.name < after.name) || before.position >= after.position) return 'the fields are not in order of name, each once';
  }
  const [type, id] = always.map((wanted) => fields.find(({ name }) => name === wanted)?.value);
  if (typeof type !== 'string' || typeof id !== 'string') return 'the record does not say its type and id';
  if (names.includes('salt')) return 'a salt is no field';
  const root = provenRoot(count, new Map(fields.map((field) => [field.position, leafOf(field)])), hashes.map((each) => fromHex(each) ?? new Uint8Array()));
  if (root === undefined) return 'the hashes of the hidden fields do not fit the number of fields';
  return { type, id, fields: fields.flatMap(({ name, value }) => (always.includes(name) ? [] : [{ name, value }])), hidden: count - fields.length, root };
}
