import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import type { Organisation, Topology } from '../topology/types';
import type { KeyPair } from './authority';
import { CertificateAuthority } from './authority';

/**
 * Writes keys and certificates of the whole network in the folder layout of Fabric's cryptogen, so that any Fabric
 * tool works with them: `<directory>/crypto/{peerOrganizations,ordererOrganizations}/<domain>/…`. Private keys are
 * readable by their owner only. Material that fits the topology is kept.
 */
export async function generateCrypto(topology: Topology, directory: string): Promise<void> {
  const root = cryptoRoot(directory);
  const mark = path.join(root, 'topology.sha256');
  const fingerprint = createHash('sha256').update(JSON.stringify(identitiesOf(topology))).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8').trim() === fingerprint) return;
  rmSync(root, { recursive: true, force: true });
  await Promise.all([...topology.organisations.map((organisation) => peerOrganisation(organisation, root)), ordererOrganisation(topology, root)]);
  writeFileSync(mark, `${fingerprint}\n`);
}

export function cryptoRoot(directory: string): string {
  return path.join(directory, 'crypto');
}

export function organisationFolder(directory: string, organisation: Pick<Organisation, 'domain'>): string {
  return path.join(cryptoRoot(directory), 'peerOrganizations', organisation.domain);
}

export function peerFolder(directory: string, organisation: Pick<Organisation, 'domain'>, peer: string): string {
  return path.join(organisationFolder(directory, organisation), 'peers', `${peer}.${organisation.domain}`);
}

export function userFolder(directory: string, organisation: Pick<Organisation, 'domain'>, user: string): string {
  return path.join(organisationFolder(directory, organisation), 'users', `${user}@${organisation.domain}`);
}

export function ordererFolder(directory: string, topology: Topology, orderer: string): string {
  const { domain } = topology.ordererOrganisation;
  return path.join(cryptoRoot(directory), 'ordererOrganizations', domain, 'orderers', `${orderer}.${domain}`);
}

export function ordererOrganisationFolder(directory: string, topology: Topology): string {
  return path.join(cryptoRoot(directory), 'ordererOrganizations', topology.ordererOrganisation.domain);
}

/** What decides whether existing material fits: names and attributes, not ports. */
function identitiesOf(topology: Topology): unknown {
  return [
    topology.organisations.map(({ mspId, domain, peers, users }) => [mspId, domain, peers.map(({ name, host }) => [name, host]), users]),
    topology.ordererOrganisation.mspId,
    topology.ordererOrganisation.domain,
    topology.ordererOrganisation.orderers.map(({ name, host }) => [name, host]),
  ];
}

interface Authorities {
  readonly signing: CertificateAuthority;
  readonly tls: CertificateAuthority;
}

async function authorities(domain: string, folder: string): Promise<Authorities> {
  const [signing, tls] = await Promise.all([CertificateAuthority.create(`ca.${domain}`, domain), CertificateAuthority.create(`tlsca.${domain}`, domain)]);
  put(folder, `ca/ca.${domain}-cert.pem`, signing.pair.certificate);
  put(folder, 'ca/priv_sk', signing.pair.privateKey, true);
  put(folder, `tlsca/tlsca.${domain}-cert.pem`, tls.pair.certificate);
  put(folder, 'tlsca/priv_sk', tls.pair.privateKey, true);
  writeMsp(path.join(folder, 'msp'), domain, { signing, tls });
  return { signing, tls };
}

async function peerOrganisation(organisation: Organisation, root: string): Promise<void> {
  const { domain } = organisation;
  const folder = path.join(root, 'peerOrganizations', domain);
  const both = await authorities(domain, folder);
  await Promise.all([
    ...organisation.peers.map(async (peer) => {
      const fullName = `${peer.name}.${domain}`;
      const node = path.join(folder, 'peers', fullName);
      await writeNode(node, domain, both, fullName, 'peer', [fullName, peer.name, peer.host, 'localhost', '127.0.0.1']);
      const service = await both.tls.issue({ commonName: `chaincode.${fullName}`, organisation: domain, hosts: [`chaincode.${fullName}`, peer.host, 'localhost', '127.0.0.1'] });
      put(node, 'chaincode/ca.crt', both.tls.pair.certificate);
      put(node, 'chaincode/server.crt', service.certificate);
      put(node, 'chaincode/server.key', service.privateKey, true);
    }),
    ...organisation.users.map(async (user) => {
      const fullName = `${user.name}@${domain}`;
      const home = path.join(folder, 'users', fullName);
      const attributes = { 'hf.EnrollmentID': user.name, 'hf.Affiliation': organisation.slug, ...user.attributes };
      const signing = await both.signing.issue({ commonName: fullName, organisation: domain, unit: user.admin ? 'admin' : 'client', attributes });
      writeMsp(path.join(home, 'msp'), domain, both, { pair: signing, name: fullName });
    }),
  ]);
}

async function ordererOrganisation(topology: Topology, root: string): Promise<void> {
  const { domain, orderers } = topology.ordererOrganisation;
  const folder = path.join(root, 'ordererOrganizations', domain);
  const both = await authorities(domain, folder);
  const adminName = `Admin@${domain}`;
  await Promise.all([
    ...orderers.map((orderer) => {
      const fullName = `${orderer.name}.${domain}`;
      return writeNode(path.join(folder, 'orderers', fullName), domain, both, fullName, 'orderer', [fullName, orderer.name, orderer.host, 'localhost', '127.0.0.1']);
    }),
    (async () => {
      const home = path.join(folder, 'users', adminName);
      const [signing, tls] = await Promise.all([both.signing.issue({ commonName: adminName, organisation: domain, unit: 'admin' }), both.tls.issue({ commonName: adminName, organisation: domain, hosts: [adminName] })]);
      writeMsp(path.join(home, 'msp'), domain, both, { pair: signing, name: adminName });
      put(home, 'tls/ca.crt', both.tls.pair.certificate);
      put(home, 'tls/client.crt', tls.certificate);
      put(home, 'tls/client.key', tls.privateKey, true);
    })(),
  ]);
}

async function writeNode(folder: string, domain: string, both: Authorities, name: string, unit: 'peer' | 'orderer', hosts: readonly string[]): Promise<void> {
  const [signing, tls] = await Promise.all([both.signing.issue({ commonName: name, organisation: domain, unit }), both.tls.issue({ commonName: name, organisation: domain, hosts: [...new Set(hosts)] })]);
  writeMsp(path.join(folder, 'msp'), domain, both, { pair: signing, name });
  put(folder, 'tls/ca.crt', both.tls.pair.certificate);
  put(folder, 'tls/server.crt', tls.certificate);
  put(folder, 'tls/server.key', tls.privateKey, true);
}

function writeMsp(folder: string, domain: string, both: Authorities, identity?: { pair: KeyPair; name: string }): void {
  put(folder, `cacerts/ca.${domain}-cert.pem`, both.signing.pair.certificate);
  put(folder, `tlscacerts/tlsca.${domain}-cert.pem`, both.tls.pair.certificate);
  put(folder, 'config.yaml', nodeUnits(`cacerts/ca.${domain}-cert.pem`));
  if (identity === undefined) return;
  put(folder, `signcerts/${identity.name}-cert.pem`, identity.pair.certificate);
  put(folder, 'keystore/priv_sk', identity.pair.privateKey, true);
}

function nodeUnits(certificate: string): string {
  const unit = (key: string, value: string) => `  ${key}:\n    Certificate: ${certificate}\n    OrganizationalUnitIdentifier: ${value}\n`;
  return `NodeOUs:\n  Enable: true\n${unit('ClientOUIdentifier', 'client')}${unit('PeerOUIdentifier', 'peer')}${unit('AdminOUIdentifier', 'admin')}${unit('OrdererOUIdentifier', 'orderer')}`;
}

function put(folder: string, name: string, text: string, secret = false): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: secret ? 0o600 : 0o644 });
}
