import path from 'node:path';
import colours from 'picocolors';
import type { NodeView } from './engines';
import type { NetworkStatus } from './supervisor';

/** What commands write: lines for people, or one JSON object (`--json`) and nothing else. */
export class Printer {
  constructor(private readonly json: boolean) {}

  line(text: string): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  step(step: string, milliseconds: number): void {
    this.line(`${colours.dim(`${Math.round(milliseconds)} ms`.padStart(9))}  ${step}`);
  }

  result(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  error(code: string, message: string, details: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify({ error: { code, message, details } }, undefined, 2)}\n`);
    else process.stderr.write(`${colours.red(`error ${code}`)} ${message}\n`);
  }

  status(status: NetworkStatus): void {
    const versions = Object.entries(status.versions).map(([name, version]) => `${name} ${version}`);
    this.line(`Network on the ${status.engine} engine (${versions.join(', ')}), channel ${status.channel}, in ${nearest(status.directory)}${status.ready ? '' : ', still starting'}`);
    if (status.engine === 'embedded') this.line(colours.dim('For development, tests and demos: ledgers are in memory and end with the network.'));
    for (const row of table(status.nodes)) this.line(row);
  }
}

/** A path as one would type it here. */
export function nearest(directory: string): string {
  const relative = path.relative(process.cwd(), directory);
  return relative === '' ? '.' : relative.startsWith('..') ? directory : relative;
}

function table(nodes: readonly NodeView[]): string[] {
  const rows = [['node', 'kind', 'organisation', 'address', 'healthy'], ...nodes.map((node) => [node.name, node.kind, node.mspId, node.address, node.healthy ? 'yes' : 'NO'])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row, index) => {
    const text = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
    if (index === 0) return colours.bold(text);
    return row.at(-1) === 'NO' ? colours.red(text) : text;
  });
}
