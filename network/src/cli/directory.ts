import { chmodSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync, closeSync } from 'node:fs';
import path from 'node:path';
import { NetworkError } from '../errors';
import type { EngineName } from './engines';

/** How a network was asked for; stays in its directory until `down` removes it. */
export interface Settings {
  readonly engine: EngineName;
  readonly directory: string;
  /** Absolute path of the topology file. */
  readonly topology: string;
  readonly ports: 'topology' | 'ephemeral';
  /** Absolute path of the chaincode program. */
  readonly chaincode: string;
}

/** Where the supervisor of a running network listens. */
export interface Control {
  readonly pid: number;
  readonly port: number;
  /** What a caller must present; the file is readable by its owner only. */
  readonly token: string;
}

interface Manifest extends Settings {
  /** Entries of the directory that belong to the network. */
  readonly entries: readonly string[];
}

/** The files by which commands find a network again. */
export class NetworkDirectory {
  constructor(readonly path: string) {}

  get log(): string {
    return path.join(this.path, 'supervisor.log');
  }

  /** Throws DIRECTORY_IN_USE if the directory holds something that is not a network. */
  prepare(settings: Settings, folders: readonly string[]): void {
    mkdirSync(this.path, { recursive: true });
    const foreign = this.settings() === undefined ? readdirSync(this.path) : [];
    if (foreign.length > 0) throw new NetworkError('DIRECTORY_IN_USE', `${this.path} holds other files (${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', …' : ''}). Name an empty or new directory with --dir.`, { directory: this.path });
    const entries = ['crypto', 'fabric', ...folders];
    writeFileSync(this.manifestFile, `${JSON.stringify({ ...settings, entries } satisfies Manifest, undefined, 2)}\n`);
  }

  settings(): Settings | undefined {
    return readJson<Manifest>(this.manifestFile);
  }

  control(): Control | undefined {
    return readJson<Control>(this.controlFile);
  }

  /** Process id of the supervisor, as it was when it started. */
  pid(): number | undefined {
    return existsSync(this.pidFile) ? Number(readFileSync(this.pidFile, 'utf8')) || undefined : undefined;
  }

  /** Marks the directory as supervised by this process. Throws ALREADY_RUNNING if another process was faster. */
  claim(): void {
    try {
      const file = openSync(this.pidFile, 'wx');
      writeFileSync(file, `${process.pid}\n`);
      closeSync(file);
    } catch (cause) {
      throw new NetworkError('ALREADY_RUNNING', `Another command is starting the network in ${this.path} (process ${this.pid() ?? 'unknown'}). Wait for it, or end it with network.sh down.`, { directory: this.path }, { cause });
    }
  }

  writeControl(control: Control): void {
    writeFileSync(this.controlFile, `${JSON.stringify(control)}\n`, { mode: 0o600 });
    chmodSync(this.controlFile, 0o600);
  }

  /** Takes back `claim` and `writeControl`. */
  release(): void {
    rmSync(this.controlFile, { force: true });
    rmSync(this.pidFile, { force: true });
  }

  /** Removes what the network wrote, and the directory if nothing else is in it. */
  remove(): void {
    const manifest = readJson<Manifest>(this.manifestFile);
    if (manifest === undefined) return;
    this.release();
    for (const entry of manifest.entries) rmSync(path.join(this.path, entry), { recursive: true, force: true });
    for (const file of [this.log, this.manifestFile]) rmSync(file, { force: true });
    if (readdirSync(this.path).length === 0) rmdirSync(this.path);
  }

  private get manifestFile(): string {
    return path.join(this.path, 'network.json');
  }

  private get controlFile(): string {
    return path.join(this.path, 'control.json');
  }

  private get pidFile(): string {
    return path.join(this.path, 'network.pid');
  }
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
