import { peer } from '@hyperledger/fabric-protos';
import type { TxSimulator } from '../interfaces';
import { equalBytes, sha256 } from '../protos';

const { lifecycle } = peer;
export const LIFECYCLE = '_lifecycle';

/** State in which the lifecycle keeps structures: public, or one organisation's implicit collection. */
export interface LifecycleState {
  get(key: string): Uint8Array | undefined;
  put(key: string, value: Uint8Array): void;
  remove(key: string): void;
}

/** A structure as the lifecycle stores it: one key for each field, one for the type and the list of fields. */
export interface Structure {
  readonly datatype: string;
  /** Serialized lifecycle.StateData by field name, in declaration order. */
  readonly fields: ReadonlyMap<string, Uint8Array>;
}

export const metadataKey = (namespace: string, name: string): string => `${namespace}/metadata/${name}`;
export const fieldKey = (namespace: string, name: string, field: string): string => `${namespace}/fields/${name}/${field}`;

export function publicState(simulator: TxSimulator): LifecycleState {
  return {
    get: (key) => simulator.getState(LIFECYCLE, key),
    put: (key, value) => simulator.setState(LIFECYCLE, key, value),
    remove: (key) => simulator.deleteState(LIFECYCLE, key),
  };
}

export function organisationState(simulator: TxSimulator, mspId: string): LifecycleState {
  const collection = implicitCollectionName(mspId);
  return {
    get: (key) => simulator.getPrivateData(LIFECYCLE, collection, key),
    put: (key, value) => simulator.setPrivateData(LIFECYCLE, collection, key, value),
    remove: (key) => simulator.deletePrivateData(LIFECYCLE, collection, key),
  };
}

export function implicitCollectionName(mspId: string): string {
  return `_implicit_org_${mspId}`;
}

/** Writes only what changes, so that read/write sets are exact: unchanged fields are left alone, fields that are gone deleted. */
export function serialize(namespace: string, name: string, structure: Structure, state: LifecycleState): void {
  const known = readMetadata(namespace, name, state);
  const existing = new Map((known?.getFieldsList() ?? []).map((field) => [field, state.get(fieldKey(namespace, name, field))]));
  for (const [field, value] of structure.fields) {
    const before = existing.get(field);
    existing.delete(field);
    if (before === undefined || !equalBytes(before, value)) state.put(fieldKey(namespace, name, field), value);
  }
  const changed = existing.size > 0 || known?.getDatatype() !== structure.datatype || known.getFieldsList().length !== structure.fields.size;
  if (changed) state.put(metadataKey(namespace, name), metadataOf(structure));
  for (const field of existing.keys()) state.remove(fieldKey(namespace, name, field));
}

/** The stored structure; undefined if there is none of this name. */
export function deserialize(namespace: string, name: string, state: LifecycleState): Structure | undefined {
  const metadata = readMetadata(namespace, name, state);
  if (metadata === undefined) return undefined;
  return { datatype: metadata.getDatatype(), fields: new Map(metadata.getFieldsList().map((field) => [field, state.get(fieldKey(namespace, name, field)) ?? new Uint8Array()])) };
}

/** Compares with a structure of which only hashes are readable. Returns what differs: the type itself, or field names. */
export function mismatches(namespace: string, name: string, structure: Structure, hashOf: (key: string) => Uint8Array | undefined): string[] {
  const same = (key: string, value: Uint8Array) => {
    const hash = hashOf(key);
    return hash !== undefined && equalBytes(hash, sha256(value));
  };
  const differing = [...structure.fields].filter(([field, value]) => !same(fieldKey(namespace, name, field), value)).map(([field]) => field);
  return same(metadataKey(namespace, name), metadataOf(structure)) ? differing : [structure.datatype];
}

export function bytesField(bytes: Uint8Array): Uint8Array {
  const data = new lifecycle.StateData();
  data.setBytes(bytes);
  return data.serializeBinary();
}

export function textField(text: string): Uint8Array {
  const data = new lifecycle.StateData();
  data.setString(text);
  return data.serializeBinary();
}

export function numberField(value: number): Uint8Array {
  const data = new lifecycle.StateData();
  data.setInt64(value);
  return data.serializeBinary();
}

export function fieldBytes(field: Uint8Array | undefined): Uint8Array {
  return field === undefined ? new Uint8Array() : lifecycle.StateData.deserializeBinary(field).getBytes_asU8();
}

function readMetadata(namespace: string, name: string, state: LifecycleState): peer.lifecycle.StateMetadata | undefined {
  const bytes = state.get(metadataKey(namespace, name));
  return bytes === undefined ? undefined : lifecycle.StateMetadata.deserializeBinary(bytes);
}

function metadataOf({ datatype, fields }: Structure): Uint8Array {
  const value = new lifecycle.StateMetadata();
  value.setDatatype(datatype);
  value.setFieldsList([...fields.keys()]);
  return value.serializeBinary();
}
