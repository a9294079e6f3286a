import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Layout } from '../layout';
import { peerName } from '../layout';
import { writeBuilder } from './builder';
import { configtx } from './configtx';
import { ordererConfiguration } from './orderer';
import { peerConfiguration } from './peer';

/** Writes the configuration of every node and of the channel. Made from the topology each time: edits here are lost. */
export function writeConfiguration(layout: Layout): void {
  const { topology } = layout;
  write(path.join(layout.configtx, 'configtx.yaml'), configtx(layout));
  for (const orderer of topology.ordererOrganisation.orderers) write(path.join(layout.node(orderer.name), 'orderer.yaml'), ordererConfiguration(orderer, layout));
  for (const organisation of topology.organisations) {
    for (const peer of organisation.peers) {
      write(path.join(layout.node(peerName(organisation, peer)), 'core.yaml'), peerConfiguration(organisation, peer, layout));
      writeBuilder(organisation, peer, layout);
    }
  }
}

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `# Written from the topology at each start; change the topology instead.\n${stringify(content)}`);
}
