import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { NetworkProcess } from './network/messages';

/** Clock ticks a second in /proc; the same on every Linux that Node runs on. */
const TICKS = 100;

/** Processor seconds that each process has used so far, its threads included; a process that ended counts as 0. */
export function cpuSeconds(processes: readonly NetworkProcess[]): number[] {
  if (process.platform === 'linux') return processes.map(({ pid }) => fromProc(pid));
  const lines = execFileSync('ps', ['-o', 'pid=,time=', '-p', processes.map(({ pid }) => pid).join(',')], { encoding: 'utf8' }).split('\n');
  const used = new Map(lines.map((line) => line.trim().split(/\s+/)).map(([pid = '', time = '0']) => [Number(pid), fromClock(time)]));
  return processes.map(({ pid }) => used.get(pid) ?? 0);
}

/** Memory of a process that is resident now, in MiB; 0 of one that ended. */
export function residentMiB(pid: number): number {
  try {
    const kibibytes = process.platform === 'linux' ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(kibibytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function fromProc(pid: number): number {
  try {
    // The name in parentheses may hold spaces, so fields count from behind it: utime and stime are the 12th and 13th.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

/** [[days-]hours:]minutes:seconds */
function fromClock(time: string): number {
  const [rest = '0', days = '0'] = time.split('-').reverse();
  return Number(days) * 86_400 + rest.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
