import { createPrivateKey } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import type { Contract, Gateway, Network } from '@hyperledger/fabric-gateway';
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import { peerFolder, userFolder } from '../../network/src/pki';
import type { Organisation, Topology } from '../../network/src/topology';

/** What both engines have. */
export interface RunningNetwork {
  readonly topology: Topology;
  readonly directory: string;
}

/** One user of one organisation, connected to its peer with the unmodified Fabric Gateway client. */
export interface Session {
  readonly mspId: string;
  readonly gateway: Gateway;
  readonly channel: Network;
  /** The plain connection to the peer, for services that the client does not offer. */
  readonly client: Client;
  /** A contract of the deployed chaincode, or of another chaincode. */
  contract(name?: string, chaincode?: string): Contract;
  close(): void;
}

/** Whose certificate, key and MSP id a session uses; a wrong mixture is what some tests are about. */
export interface Credentials {
  readonly mspId: string;
  readonly certificate: Uint8Array;
  readonly privateKey: string;
}

export function organisationOf({ topology }: RunningNetwork, mspId: string): Organisation {
  const found = topology.organisations.find((organisation) => organisation.mspId === mspId);
  if (found === undefined) throw new Error(`no organisation ${mspId}`);
  return found;
}

export function credentialsOf(network: RunningNetwork, mspId: string, user = 'maker'): Credentials {
  const home = path.join(userFolder(network.directory, organisationOf(network, mspId), user), 'msp');
  const only = (folder: string) => readFileSync(path.join(home, folder, readdirSync(path.join(home, folder))[0] ?? ''));
  return { mspId, certificate: only('signcerts'), privateKey: only('keystore').toString() };
}

/** A session on the peer of `at` (by default the organisation of the credentials). */
export function openSession(network: RunningNetwork, identity: Credentials, at = identity.mspId): Session {
  const organisation = organisationOf(network, at);
  const [peer] = organisation.peers;
  if (peer === undefined) throw new Error(`${at} has no peer`);
  const authority = readFileSync(path.join(peerFolder(network.directory, organisation, peer.name), 'tls', 'ca.crt'));
  const client = new Client(`${peer.host}:${peer.port}`, credentials.createSsl(authority), { 'grpc.ssl_target_name_override': `${peer.name}.${organisation.domain}`, 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const gateway = connect({ client, identity: { mspId: identity.mspId, credentials: identity.certificate }, signer: signers.newPrivateKeySigner(createPrivateKey(identity.privateKey)), hash: hash.sha256 });
  const channel = gateway.getNetwork(network.topology.channel.name);
  return {
    mspId: identity.mspId,
    gateway,
    channel,
    client,
    contract: (name, chaincode = network.topology.chaincode.name) => (name === undefined ? channel.getContract(chaincode) : channel.getContract(chaincode, name)),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
