import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { NetworkError } from '../../errors';

const START_TIMEOUT_MS = 20_000;
const LOG_LINES = 500;
/** Space for short-lived objects. V8's default would hold the garbage of start-up in each worker for good. */
const YOUNG_GENERATION_MB = 4;

export interface WorkerOptions {
  /** Script that serves the chaincode, exactly as it would as a process of its own. */
  readonly entry: string;
  readonly mspId: string;
  readonly chaincodeId: string;
  readonly address: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly onLog?: ((line: string) => void) | undefined;
}

/**
 * A chaincode-as-a-service in a worker thread of its own: own environment, own module state; an exit ends only the
 * worker. Each organisation's peer has one, so that organisations can disagree as they do on Fabric.
 */
export class ChaincodeWorker {
  readonly log: string[] = [];
  readonly #options: WorkerOptions;
  #worker: Worker | undefined;
  #starting: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Starts the worker if it does not run and waits until it listens. */
  start(): Promise<void> {
    this.#starting ??= this.#launch().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#starting = undefined;
    await worker?.terminate();
  }

  async #launch(): Promise<void> {
    const { entry, mspId, chaincodeId, address, env } = this.#options;
    const worker = new Worker(entry, {
      stdout: true,
      stderr: true,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      env: { PATH: process.env['PATH'], CHAINCODE_SERVER_ADDRESS: address, CHAINCODE_ID: chaincodeId, CHAINCODE_TLS_DISABLED: 'true', CORE_PEER_LOCALMSPID: mspId, CORE_CHAINCODE_LOGGING_LEVEL: 'ERROR', ...env },
    });
    this.#worker = worker;
    for (const output of [worker.stdout, worker.stderr]) output.setEncoding('utf8').on('data', (text: string) => this.#record(text));
    let failure: Error | undefined;
    worker.on('error', (error) => {
      failure = error;
      this.#record(error.stack ?? error.message);
    });
    worker.on('exit', () => {
      failure ??= new Error('the chaincode ended');
      if (this.#worker === worker) {
        this.#worker = undefined;
        this.#starting = undefined;
      }
    });
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await listens(address))) {
      if (failure !== undefined || Date.now() > deadline) {
        await worker.terminate();
        throw new NetworkError('NODE_FAILED', `The chaincode of ${mspId} did not start: ${failure?.message ?? 'it does not listen'}. Its last lines: ${this.log.slice(-5).join(' | ') || '(none)'}`, { mspId, entry });
      }
      await delay(10);
    }
  }

  #record(text: string): void {
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue;
      this.log.push(line);
      this.#options.onLog?.(line);
    }
    if (this.log.length > LOG_LINES) this.log.splice(0, this.log.length - LOG_LINES);
  }
}

function listens(address: string): Promise<boolean> {
  const [host = '127.0.0.1', port = '0'] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
