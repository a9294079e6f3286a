import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Member } from '@dualchain/model';
import { DualchainError } from '@dualchain/model';
import { reasonOf } from '../errors/system';

/** One peer of the caller's organisation that offers the Gateway service. */
export interface PeerEndpoint {
  readonly name: string;
  /** host:port */
  readonly address: string;
  /** PEM of the TLS roots; absent: no TLS. */
  readonly tlsRoots?: Buffer;
  /** Name in the TLS certificate where it differs from the host. */
  readonly serverName?: string;
}

/** What the client needs of a Fabric connection profile. */
export interface Profile {
  readonly mspId: string;
  /** Peers of the own organisation, in the order of the profile. */
  readonly peers: readonly PeerEndpoint[];
  readonly channel: string;
  readonly chaincode: string;
  /** Members as the network was set up; the consortium contract is the authority. */
  readonly members: readonly (Member & { readonly slug?: string })[];
  /** MSP folder of a user; undefined where the profile names none. */
  userFolder(user: string): string | undefined;
}

/** A parsed `connection.json`. */
export type ProfileDocument = { readonly [name: string]: unknown };
type Json = ProfileDocument;

/**
 * Reads a connection profile (design: network.md, "One description"): a `connection.json`, the folder that holds it,
 * or its parsed content (paths then resolve from the working folder). Throws INVALID_PROFILE.
 */
export function loadProfile(source: string | Json): Profile {
  if (typeof source !== 'string') return readProfile(source, process.cwd(), 'the given profile');
  const file = existsSync(source) && statSync(source).isDirectory() ? path.join(source, 'connection.json') : source;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DualchainError('INVALID_PROFILE', `There is no connection profile at ${file}: start the network first, or name the folder of your organisation.`, { details: { file }, cause });
  }
  try {
    return readProfile(JSON.parse(text) as Json, path.dirname(path.resolve(file)), file);
  } catch (cause) {
    if (cause instanceof DualchainError) throw cause;
    throw new DualchainError('INVALID_PROFILE', `${file} is not JSON: ${reasonOf(cause)}`, { details: { file }, cause });
  }
}

function readProfile(profile: Json, folder: string, where: string): Profile {
  const invalid = (what: string) => new DualchainError('INVALID_PROFILE', `In ${where}: ${what}`, { details: { profile: where } });
  const organisationName = stringAt(profile, 'client', 'organization') ?? Object.keys(objectAt(profile, 'organizations') ?? {})[0];
  const organisation = organisationName === undefined ? undefined : objectAt(profile, 'organizations', organisationName);
  if (organisation === undefined) throw invalid('client.organization names no entry of organizations.');
  const mspId = stringAt(organisation, 'mspid');
  if (mspId === undefined) throw invalid(`organizations.${organisationName}.mspid is missing.`);
  const named = organisation['peers'];
  const names = Array.isArray(named) ? named.filter((name): name is string => typeof name === 'string') : Object.keys(objectAt(profile, 'peers') ?? {});
  const peers = names.map((name) => {
    const peer = objectAt(profile, 'peers', name);
    if (peer === undefined) throw invalid(`peers.${name} is missing.`);
    return endpoint(name, peer, folder, invalid);
  });
  if (peers.length === 0) throw invalid(`organizations.${organisationName}.peers is empty.`);
  const extension = objectAt(profile, 'x-dualchain') ?? {};
  const cryptoPath = stringAt(organisation, 'cryptoPath');
  return {
    mspId,
    peers,
    channel: stringAt(extension, 'channel') ?? Object.keys(objectAt(profile, 'channels') ?? {})[0] ?? 'dualchain',
    chaincode: stringAt(extension, 'chaincode') ?? 'dualchain',
    members: Array.isArray(extension['members']) ? (extension['members'] as Profile['members']) : [],
    userFolder: (user) => (cryptoPath === undefined ? undefined : path.resolve(folder, cryptoPath.replaceAll('{username}', user))),
  };
}

function endpoint(name: string, peer: Json, folder: string, invalid: (what: string) => DualchainError): PeerEndpoint {
  const match = /^(grpcs?):\/\/([^/]+:[0-9]+)\/?$/.exec(stringAt(peer, 'url') ?? '');
  if (match === null) throw invalid(`peers.${name}.url must look like "grpcs://localhost:7051".`);
  const [, scheme, address = ''] = match;
  const serverName = stringAt(peer, 'grpcOptions', 'ssl-target-name-override') ?? stringAt(peer, 'grpcOptions', 'hostnameOverride');
  const base = { name, address, ...(serverName !== undefined && { serverName }) };
  if (scheme === 'grpc') return base;
  const pem = stringAt(peer, 'tlsCACerts', 'pem');
  if (pem !== undefined) return { ...base, tlsRoots: Buffer.from(pem) };
  const relative = stringAt(peer, 'tlsCACerts', 'path');
  if (relative === undefined) throw invalid(`peers.${name}.tlsCACerts has neither path nor pem.`);
  const file = path.resolve(folder, relative);
  try {
    return { ...base, tlsRoots: readFileSync(file) };
  } catch {
    throw invalid(`the TLS root of ${name} is not readable at ${file}.`);
  }
}

function at(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Json)[name] : undefined), value);
}

function objectAt(value: unknown, ...names: string[]): Json | undefined {
  const found = at(value, names);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Json) : undefined;
}

function stringAt(value: unknown, ...names: string[]): string | undefined {
  const found = at(value, names);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
