import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Organisation, PeerNode } from '../../topology/types';
import type { Layout } from '../layout';
import { peerName } from '../layout';

/**
 * Placeholders of connection.json in a chaincode package. One package thus serves all peers (one package id): each
 * peer's builder fills in where its own chaincode service listens and which authority vouches for it. They are the
 * placeholders that Fabric's own builder for chaincode-as-a-service understands too.
 */
export const placeholders = { address: '{{.address}}', rootCertificate: '{{.root_cert}}' } as const;

/** Writes the external builder (detect, build, release) of one peer. Shell programs: they start faster than Node. */
export function writeBuilder(organisation: Organisation, peer: PeerNode, layout: Layout): void {
  const folder = path.join(layout.node(peerName(organisation, peer)), 'builder');
  const programs = path.join(folder, 'bin');
  mkdirSync(programs, { recursive: true });
  const authority = readFileSync(path.join(layout.peerCrypto(organisation, peer), 'chaincode', 'ca.crt'), 'utf8');
  writeFileSync(path.join(folder, 'connection.sed'), `${substitution(placeholders.address, `${peer.host}:${peer.chaincodePort}`)}\n${substitution(placeholders.rootCertificate, authority)}\n`);
  const write = (name: string, lines: readonly string[]) => {
    const file = path.join(programs, name);
    writeFileSync(file, `#!/bin/sh\nset -eu\n${lines.join('\n')}\n`);
    chmodSync(file, 0o755);
  };
  write('detect', ['# arguments: source folder, metadata folder; success means that this builder takes the package', `grep -Eq '"type" *: *"ccaas"' "$2/metadata.json"`]);
  write('build', ['# arguments: source folder, metadata folder, output folder', 'cp "$1/connection.json" "$3/connection.json"', 'if [ -d "$1/META-INF" ]; then cp -R "$1/META-INF" "$3/META-INF"; fi']);
  write('release', [
    '# arguments: output folder of build, release folder',
    'mkdir -p "$2/chaincode/server"',
    'sed -f "$(dirname "$0")/../connection.sed" "$1/connection.json" > "$2/chaincode/server/connection.json"',
    'if [ -d "$1/META-INF/statedb" ]; then cp -R "$1/META-INF/statedb" "$2/statedb"; fi',
  ]);
}

/** A sed command that puts `value`, as the inside of a JSON string, in place of a placeholder. */
function substitution(placeholder: string, value: string): string {
  const inJson = JSON.stringify(value).slice(1, -1);
  return `s|${placeholder.replaceAll('.', '\\.')}|${inJson.replace(/[\\&|]/g, '\\$&')}|`;
}
