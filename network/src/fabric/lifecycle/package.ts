import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { NetworkError } from '../../errors';
import { placeholders } from '../configuration';

/** A chaincode package as `peer lifecycle chaincode install` takes it, and the id that Fabric gives it. */
export interface ChaincodePackage {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * The package of a chaincode that runs as a service. It carries the hash of the program, so that its id stands for
 * the code that an organisation approves; where the service listens is each peer's own matter (see writeBuilder).
 * The same program and label give the same bytes on every machine. Throws DEPLOY_FAILED if the program is not there.
 */
export async function chaincodePackage(label: string, entry: string): Promise<ChaincodePackage> {
  const connection = { address: placeholders.address, dial_timeout: '10s', tls_required: true, client_auth_required: false, root_cert: placeholders.rootCertificate };
  const code = await archive({ 'connection.json': json(connection), 'program.json': json({ sha256: createHash('sha256').update(readEntry(entry)).digest('hex') }) });
  const bytes = await archive({ 'metadata.json': json({ type: 'ccaas', label, path: '' }), 'code.tar.gz': code });
  return { id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, bytes };
}

function readEntry(entry: string): Uint8Array {
  try {
    return readFileSync(entry);
  } catch (cause) {
    throw new NetworkError('DEPLOY_FAILED', `No chaincode program at ${entry}. Build it (npm run build) or name another one.`, { entry }, { cause });
  }
}

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}

async function archive(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, Buffer.from(content));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(Buffer.from(chunk as Uint8Array));
  const compressed = gzipSync(Buffer.concat(chunks), { level: 9 });
  // Byte 9 names the operating system that compressed: "unknown", or the id would depend on it.
  compressed[9] = 0xff;
  return compressed;
}
