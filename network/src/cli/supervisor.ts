import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { NetworkError } from '../errors';
import { loadTopology } from '../topology/load';
import type { Settings } from './directory';
import { NetworkDirectory } from './directory';
import type { Engine, EngineName, NodeView } from './engines';
import { startEngine } from './engines';

/** What `status` says of a network. */
export interface NetworkStatus {
  readonly running: true;
  readonly ready: boolean;
  readonly engine: EngineName;
  readonly directory: string;
  readonly channel: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly startedAt: string;
  readonly nodes: readonly NodeView[];
}

const OWN_LINES = 2_000;

/**
 * Runs one network in this process and takes orders from the commands on a port of the loopback interface. Whoever
 * calls must present the token of the control file.
 */
export class Supervisor {
  private readonly directory: NetworkDirectory;
  private readonly starting = new AbortController();
  private readonly lines: string[] = [];
  private readonly startedAt = new Date().toISOString();
  private readonly token = randomBytes(32).toString('hex');
  private engine: Engine | undefined;
  private server: Server | undefined;
  private ended: Promise<void> | undefined;
  private readonly whenEnded: Promise<void>;
  private markEnded: () => void = () => undefined;

  constructor(
    private readonly settings: Settings,
    private readonly onLine: (line: string) => void,
    private readonly onProgress: (step: string, milliseconds: number) => void,
  ) {
    this.directory = new NetworkDirectory(settings.directory);
    this.whenEnded = new Promise((resolve) => {
      this.markEnded = resolve;
    });
  }

  /** Resolves when the network is ready for `deploy`. If it cannot be started, nothing is left running. */
  async start(): Promise<NetworkStatus> {
    const topology = loadTopology(this.settings.topology);
    this.directory.prepare(
      this.settings,
      topology.organisations.map(({ slug }) => slug),
    );
    this.directory.claim();
    try {
      await this.listen();
      const engine = await startEngine(this.settings.engine, {
        ...this.settings,
        topology,
        signal: this.starting.signal,
        ownLog: () => [...this.lines],
        onProgress: (step, milliseconds) => {
          this.say(`${step} (${Math.round(milliseconds)} ms)`);
          this.onProgress(step, milliseconds);
        },
        log: (line) => this.say(line),
      });
      if (this.ended !== undefined) {
        await engine.stop();
        throw new NetworkError('NOT_RUNNING', 'The start of the network was interrupted.');
      }
      this.engine = engine;
      this.say('ready');
      return await this.status();
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      await this.stop();
      throw error;
    }
  }

  /** Ends the network, whatever it is doing, and resolves when nothing of it is left. */
  stop(): Promise<void> {
    this.ended ??= (async () => {
      this.starting.abort();
      await this.engine?.stop();
      this.directory.release();
      this.say('stopped');
      if (this.server === undefined) return this.markEnded();
      // The order to stop is still to be answered; its connection closes then.
      this.server.close(this.markEnded);
      this.server.closeIdleConnections();
    })();
    return this.ended;
  }

  /** Resolves when the network was stopped, by whomever, and the order to do so was answered. */
  untilEnded(): Promise<void> {
    return this.whenEnded;
  }

  private async status(): Promise<NetworkStatus> {
    const { settings, engine } = this;
    return {
      running: true,
      ready: engine !== undefined,
      engine: settings.engine,
      directory: settings.directory,
      channel: engine?.topology.channel.name ?? '',
      versions: engine?.versions ?? {},
      pid: process.pid,
      startedAt: this.startedAt,
      nodes: (await engine?.nodes()) ?? [],
    };
  }

  private requireEngine(): Engine {
    if (this.engine === undefined) throw new NetworkError('NOT_RUNNING', 'The network is still starting. Wait until network.sh status says that it is ready.');
    return this.engine;
  }

  private async answer(method: string, url: URL): Promise<unknown> {
    switch (`${method} ${url.pathname}`) {
      case 'GET /status':
        return this.status();
      case 'POST /deploy':
        return this.requireEngine().deploy();
      case 'GET /logs':
        return { node: url.searchParams.get('node'), lines: this.requireEngine().logs(url.searchParams.get('node') ?? '') };
      case 'POST /stop': {
        const nodes = (await this.engine?.nodes()) ?? [];
        await this.stop();
        return { nodes: nodes.length };
      }
      default:
        throw new NetworkError('NOT_RUNNING', `There is no order ${method} ${url.pathname}.`);
    }
  }

  private async listen(): Promise<void> {
    const server = createServer((request, response) => void this.handle(request, response));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    this.directory.writeControl({ pid: process.pid, port: typeof address === 'object' && address !== null ? address.port : 0, token: this.token });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
    request.resume();
    if (!this.admits(request.headers.authorization)) {
      send(401, { error: { code: 'NOT_RUNNING', message: 'The token of the control file is missing or wrong.' } });
      return;
    }
    try {
      send(200, await this.answer(request.method ?? '', new URL(request.url ?? '/', 'http://127.0.0.1')));
    } catch (error) {
      send(500, { error: errorBody(error) });
    }
  }

  private admits(authorization: string | undefined): boolean {
    const presented = Buffer.from(authorization ?? '');
    const expected = Buffer.from(`Bearer ${this.token}`);
    return presented.length === expected.length && timingSafeEqual(presented, expected);
  }

  private say(line: string): void {
    const stamped = `${new Date().toISOString()} ${line}`;
    this.lines.push(stamped);
    if (this.lines.length > OWN_LINES) this.lines.shift();
    this.onLine(stamped);
  }
}

/** An error in JSON, as commands hand it on. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function errorBody(error: unknown): ErrorBody {
  if (error instanceof NetworkError) return { code: error.code, message: error.message, details: error.details };
  return { code: 'INTERNAL', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
