import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { NetworkError } from '../errors';
import type { Topology } from './types';
import { organisationRoles } from './types';

const port = z.int().min(0).max(65535);
const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and "-"');
const mspId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,60}$/, 'must be letters, digits, "." and "-"');
const domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain name');
const channelName = z.string().regex(/^[a-z][a-z0-9.-]{0,248}$/, 'must be lower-case letters, digits, "." and "-"');

const schema = z.strictObject({
  name,
  channel: z.strictObject({
    name: channelName,
    batch: z.strictObject({ maxMessageCount: z.int().min(1).max(10_000), timeoutMs: z.int().min(1).max(60_000), preferredMaxBytes: z.int().min(1024), absoluteMaxBytes: z.int().min(1024) }),
  }),
  chaincode: z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$/, 'must be letters and digits, with "-" or "_" between them'),
    label: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.+-]*$/, 'must be letters, digits and "_.+-"'),
    version: z.string().regex(/^[A-Za-z0-9_.+-]+$/, 'must be letters, digits and "_.+-"; put it in quotes'),
    sequence: z.int().min(1),
    endorsementPolicy: z.string().min(1),
  }),
  ordererOrganisation: z.strictObject({
    mspId,
    name: z.string().min(1),
    domain,
    orderers: z.array(z.strictObject({ name, host: z.string().min(1), port, adminPort: port, operationsPort: port })).min(1),
  }),
  organisations: z
    .array(
      z.strictObject({
        slug: name,
        mspId,
        name: z.string().min(1),
        domain,
        gln: z.string().regex(/^[0-9]{13}$/, 'must be 13 digits in quotes').refine(hasCheckDigit, 'has a wrong check digit'),
        roles: z.array(z.enum(organisationRoles)).min(1),
        peers: z.array(z.strictObject({ name, host: z.string().min(1), port, chaincodePort: port, operationsPort: port })).min(1),
        users: z.array(
          z.strictObject({ name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,30}$/, 'must be letters, digits and "-"'), admin: z.boolean().default(false), attributes: z.record(z.string(), z.string()).default({}) }),
        ),
      }),
    )
    .min(2),
});

/**
 * Reads a topology file. Throws NetworkError TOPOLOGY_INVALID with every problem as `line:column path: what to do`.
 */
export function loadTopology(file: string): Topology {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new NetworkError('TOPOLOGY_INVALID', `Cannot read the topology ${file}. Name an existing file with --topology, or leave it out for network/consortium.yaml.`, { file }, { cause });
  }
  return parseTopology(text, file);
}

/** The same for a text; `file` only names it in messages. */
export function parseTopology(text: string, file = 'topology'): Topology {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  if (document.errors.length > 0) fail(file, document.errors.map((error) => error.message.split('\n')[0] ?? error.message));
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success) {
    fail(
      file,
      parsed.error.issues.map((issue) => {
        const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
        return `${position(path)} ${path.join('.') || '(document)'}: ${issue.message}`;
      }),
    );
  }
  const topology = parsed.data;
  const problems = crossChecks(topology);
  if (problems.length > 0) fail(file, problems);
  return topology;

  function position(path: readonly (string | number)[]): string {
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
        const { line, col } = lines.linePos(Number(node.range[0]));
        return `${line}:${col}`;
      }
    }
    return '1:1';
  }
}

function crossChecks(topology: Topology): string[] {
  const problems: string[] = [];
  const unique = (what: string, values: readonly string[]) => {
    const repeated = values.filter((value, index) => values.indexOf(value) !== index);
    if (repeated.length > 0) problems.push(`${what} must be unique; used twice: ${[...new Set(repeated)].join(', ')}`);
  };
  const { organisations, ordererOrganisation } = topology;
  unique('MSP ids', [...organisations.map((organisation) => organisation.mspId), ordererOrganisation.mspId]);
  unique('slugs', organisations.map((organisation) => organisation.slug));
  unique('domains', [...organisations.map((organisation) => organisation.domain), ordererOrganisation.domain]);
  unique('GLNs', organisations.map((organisation) => organisation.gln));
  for (const organisation of organisations) {
    unique(`users of ${organisation.slug}`, organisation.users.map((user) => user.name));
    if (!organisation.users.some((user) => user.admin)) problems.push(`${organisation.slug} needs a user with admin: true, who approves chaincode`);
  }
  unique('ports', portsOf(topology).map(({ host, port: number }) => `${host}:${number}`).filter((address) => !address.endsWith(':0')));
  return problems;
}

/** Every port that a topology names, with the node it belongs to. */
export function portsOf(topology: Topology): { node: string; host: string; port: number }[] {
  return [
    ...topology.ordererOrganisation.orderers.flatMap((node) => [node.port, node.adminPort, node.operationsPort].map((number) => ({ node: node.name, host: node.host, port: number }))),
    ...topology.organisations.flatMap(({ slug, peers }) => peers.flatMap((peer) => [peer.port, peer.chaincodePort, peer.operationsPort].map((number) => ({ node: `${peer.name}.${slug}`, host: peer.host, port: number })))),
  ];
}

function fail(file: string, problems: readonly string[]): never {
  throw new NetworkError('TOPOLOGY_INVALID', `${file} is not a valid topology:\n${problems.map((problem) => `  ${problem}`).join('\n')}`, { file, problems });
}

function hasCheckDigit(gln: string): boolean {
  const sum = [...gln].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
