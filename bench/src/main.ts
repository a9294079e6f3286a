import os from 'node:os';
import { DualchainError } from '@dualchain/model';
import { helpText, parseArguments, UsageError } from './arguments';
import { benches } from './benches/index';
import type { BenchFiles } from './network/bench-network';
import type { BenchReport } from './report';
import { reportText } from './tables';

/** `npm run bench`: `argv` without node and script. Answers the exit status; figures below a target do not fail it. */
export async function main(argv: readonly string[], files: BenchFiles): Promise<number> {
  try {
    const { help, names, json, ...options } = parseArguments(argv);
    if (help) {
      process.stdout.write(`${helpText()}\n`);
      return 0;
    }
    const reports: BenchReport[] = [];
    for (const bench of benches.filter(({ name }) => names.includes(name))) {
      const report = await bench.run({ ...options, files, onProgress: (step) => progress(`${bench.name}: ${step}`) });
      progress('');
      reports.push(report);
      if (!json) process.stdout.write(`${reportText(report)}\n`);
    }
    if (json) process.stdout.write(`${JSON.stringify(asJson(reports), undefined, 2)}\n`);
    return 0;
  } catch (error) {
    progress('');
    process.stderr.write(`${messageOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** One bench is one object; several are a list, with `met` for all of them. */
function asJson(reports: readonly BenchReport[]): unknown {
  const [first] = reports;
  const machine = { processors: os.availableParallelism(), model: os.cpus()[0]?.model ?? 'unknown', memoryGiB: Math.round(os.totalmem() / 2 ** 30), platform: `${os.platform()} ${os.arch()}`, node: process.version };
  return reports.length === 1 && first !== undefined ? { ...first, machine } : { benches: reports, met: reports.every(({ met }) => met), machine };
}

function messageOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message} See: npm run bench -- --help`;
  if (error instanceof DualchainError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** One line that is written over, on a terminal only. */
function progress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step}`);
}
