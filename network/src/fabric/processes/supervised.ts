import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync } from 'node:fs';
import { NetworkError } from '../../errors';
import { lastLines, openLog } from './log-file';
import type { Watchdog } from './watchdog';

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly watchdog: Watchdog;
  /** Told once for each exit that nobody asked for, before the restart. */
  readonly onCrash: (line: string) => void;
}

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;
/** A process that ran this long is taken as recovered: its next crash starts the back-off anew. */
const STABLE_MS = 60_000;

/**
 * One node as a process of its own session (a Ctrl-C meant for us does not reach it), with its output in a file. Once
 * `supervise` was called, it is started again after a crash, at growing intervals.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private supervised = false;
  private startedAt = 0;
  private backOff = FIRST_BACK_OFF_MS;
  private restartTimer: NodeJS.Timeout | undefined;
  private restartCount = 0;
  private exitReason: string | undefined;

  constructor(private readonly options: ProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get logFile(): string {
    return this.options.logFile;
  }

  get pid(): number | undefined {
    return this.running ? this.child?.pid : undefined;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null && this.child.pid !== undefined;
  }

  get restarts(): number {
    return this.restartCount;
  }

  start(): void {
    if (this.running) return;
    const { name, command, args, cwd, env, logFile, watchdog } = this.options;
    mkdirSync(cwd, { recursive: true });
    const log = openLog(logFile);
    this.stopping = false;
    this.exitReason = undefined;
    this.startedAt = Date.now();
    const child = spawn(command, [...args], { cwd, env: { ...env }, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    this.child = child;
    const { pid } = child;
    if (pid !== undefined) watchdog.add(pid);
    child.once('error', (cause) => {
      this.exitReason = `could not be started: ${cause.message}`;
    });
    child.once('exit', (code, signal) => {
      if (pid !== undefined) watchdog.drop(pid);
      this.exitReason = signal === null ? `ended with exit code ${code ?? 'unknown'}` : `was ended by ${signal}`;
      if (!this.stopping && this.supervised) this.restartLater(`${name} ${this.exitReason}`);
    });
  }

  /** From now on restart after a crash. */
  supervise(): void {
    this.supervised = true;
  }

  /** Throws NODE_FAILED, with the end of its log, if the process has ended. */
  requireRunning(): void {
    if (this.running && this.exitReason === undefined) return;
    throw new NetworkError('NODE_FAILED', `${this.name} ${this.exitReason ?? 'is not running'}.${this.quoteLog()}`, { node: this.name, logFile: this.logFile });
  }

  /** The end of the log as a paragraph for an error message. */
  quoteLog(count = 8): string {
    const lines = lastLines(this.logFile, count);
    return lines.length === 0 ? ` Its log ${this.logFile} is empty.` : ` The end of its log ${this.logFile}:\n${lines.map((line) => `  ${line.slice(0, 400)}`).join('\n')}`;
  }

  /** Ends the process: SIGTERM, then SIGKILL after `graceMs`. Resolves when it is gone. */
  async stop(graceMs = 5_000): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restartTimer);
    const { child } = this;
    if (child === undefined || !this.running) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(killer);
  }

  private restartLater(reason: string): void {
    if (Date.now() - this.startedAt > STABLE_MS) this.backOff = FIRST_BACK_OFF_MS;
    this.options.onCrash(`${reason}; starting it again in ${this.backOff / 1000} s. Log: ${this.logFile}`);
    this.restartTimer = setTimeout(() => {
      this.restartCount += 1;
      this.start();
    }, this.backOff);
    this.restartTimer.unref();
    this.backOff = Math.min(this.backOff * 2, LONGEST_BACK_OFF_MS);
  }
}
