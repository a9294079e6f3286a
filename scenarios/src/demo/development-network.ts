import { EmbeddedNetwork, loadTopology } from '@dualchain/network';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chaincodeBundle } from '../altered-chaincode/index';
import type { Screen } from './screen';
import { seconds } from './screen';

/** Keys and certificates of the network stand here while it runs. */
export class ScratchFolder {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'dualchain-demo-'));

  /** Synchronous, so that it also works while the process ends. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}

export interface DevelopmentNetworkOptions {
  readonly root: string;
  readonly directory: string;
  readonly ports: 'ephemeral' | 'topology';
}

/** Starts and deploys the embedded network and shows how it comes up. Throws NetworkError. */
export async function startDevelopmentNetwork(screen: Screen, { root, directory, ports }: DevelopmentNetworkOptions): Promise<EmbeddedNetwork> {
  const { bold, dim, yellow, green } = screen.colours;
  const began = performance.now();
  const topology = loadTopology(path.join(root, 'network', 'consortium.yaml'));
  screen.line(`${bold('Dualchain')} ${dim('· goods and money on one Hyperledger Fabric ledger')}`);
  screen.line();
  screen.paragraph("Development network: Fabric's protocols inside this one process, from npm packages alone. It is no production ledger and keeps nothing.", yellow);
  screen.line();
  screen.progress('starting certificates, peers, ordering service, chaincode …');
  const network = await EmbeddedNetwork.start({ topology, directory, ports, chaincode: { entry: chaincodeBundle() }, onProgress: (step) => screen.progress(`${step} …`) });
  await network.deploy();
  const peers = topology.organisations.reduce((count, organisation) => count + organisation.peers.length, 0);
  screen.line(`   ${green('✓')} ${topology.organisations.length} organisations, ${peers} peers each with its own chaincode, channel "${topology.channel.name}": ready in ${seconds(performance.now() - began)}`);
  return network;
}
