import path from 'node:path';
import { ordererFolder, ordererOrganisationFolder, peerFolder, userFolder, adminOf } from '../pki';
import type { Organisation, OrdererNode, PeerNode, Topology } from '../topology/types';

/** Where this engine keeps its files: all below `<directory>/fabric`, beside the certificates in `<directory>/crypto`. */
export class Layout {
  /** Absolute, since nodes run with their own working folder. */
  readonly directory: string;

  constructor(
    directory: string,
    readonly topology: Topology,
  ) {
    this.directory = path.resolve(directory);
  }

  get root(): string {
    return rootOf(this.directory);
  }

  get configtx(): string {
    return path.join(this.root, 'channel');
  }

  get genesisBlock(): string {
    return path.join(this.configtx, 'genesis.block');
  }

  node(name: string): string {
    return path.join(this.root, 'nodes', name);
  }

  log(name: string): string {
    return path.join(this.root, 'logs', `${name}.log`);
  }

  peerCrypto(organisation: Organisation, peer: PeerNode): string {
    return peerFolder(this.directory, organisation, peer.name);
  }

  adminMsp(organisation: Organisation): string {
    return path.join(userFolder(this.directory, organisation, adminOf(organisation)), 'msp');
  }

  ordererCrypto(orderer: OrdererNode): string {
    return ordererFolder(this.directory, this.topology, orderer.name);
  }

  /** Folder with ca.crt, client.crt and client.key of the orderers' administrator. */
  get ordererAdminTls(): string {
    return path.join(ordererOrganisationFolder(this.directory, this.topology), 'users', `Admin@${this.topology.ordererOrganisation.domain}`, 'tls');
  }
}

export function rootOf(directory: string): string {
  return path.join(path.resolve(directory), 'fabric');
}

/** Name of a peer in logs, status and errors. */
export function peerName(organisation: Pick<Organisation, 'slug'>, peer: Pick<PeerNode, 'name'>): string {
  return `${peer.name}.${organisation.slug}`;
}

export function chaincodeName(organisation: Pick<Organisation, 'slug'>, peer: Pick<PeerNode, 'name'>): string {
  return `chaincode.${peerName(organisation, peer)}`;
}

/** Address a node on `host` binds: the loopback interface if the topology says localhost, otherwise all interfaces. */
export function bindAddress(host: string): string {
  return host === 'localhost' || host === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0';
}
