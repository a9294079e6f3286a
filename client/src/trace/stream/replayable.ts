import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DualchainError } from '@dualchain/model';
import { isNotThere, reasonOf } from '../../errors/system';
import { throwIfAborted } from '../../submission/backoff';

/** EPCIS of any length: a file (its path or file: URL), bytes, or a stream of bytes or text. */
export type StreamSource = string | URL | Uint8Array | AsyncIterable<unknown>;

/** Bytes that can be read more than once, in pieces. */
export interface Replayable {
  readonly bytes: number;
  /** From the first byte on. Throws ABORTED. */
  pieces(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined>;
  close(): Promise<void>;
}

const PIECE = 128 * 1024;

/**
 * Opens a source for reading it twice: once to check it, once to capture it. A stream is kept in a temporary file that
 * only its owner can read, until it is closed. Throws INVALID_INPUT (no such file, no such source), ABORTED.
 */
export async function openReplayable(source: StreamSource, signal: AbortSignal | undefined): Promise<Replayable> {
  if (source instanceof URL && source.protocol !== 'file:') throw new DualchainError('INVALID_INPUT', `${source.protocol} is not read here: fetch the document and give its body, which is a stream.`);
  if (typeof source === 'string' || source instanceof URL) return openFile(typeof source === 'string' ? source : fileURLToPath(source), signal);
  if (source instanceof Uint8Array) return inMemory(source);
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return spool(source, signal);
  throw new DualchainError('INVALID_INPUT', 'There is nothing to capture: give the path of a file, bytes, or a stream of bytes. A parsed document is taken by capture.');
}

function inMemory(bytes: Uint8Array): Replayable {
  return {
    bytes: bytes.length,
    async *pieces(signal) {
      for (let from = 0; from < bytes.length; from += PIECE) {
        throwIfAborted(signal);
        yield bytes.subarray(from, from + PIECE);
      }
    },
    close: () => Promise.resolve(),
  };
}

async function openFile(file: string, signal: AbortSignal | undefined): Promise<Replayable> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new Error('it is a folder');
    // A pipe can be read once only.
    return found.isFile() ? ofHandle(await open(file, 'r')) : await spool(createReadStream(file), signal);
  } catch (cause) {
    if (cause instanceof DualchainError) throw cause;
    throw unreadable(file, cause);
  }
}

async function ofHandle(handle: FileHandle, remove?: () => Promise<void>): Promise<Replayable> {
  const { size } = await handle.stat();
  return {
    bytes: size,
    async *pieces(signal) {
      let position = 0;
      for (;;) {
        throwIfAborted(signal);
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    close: async () => {
      await handle.close();
      await remove?.();
    },
  };
}

async function spool(stream: AsyncIterable<unknown>, signal: AbortSignal | undefined): Promise<Replayable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dualchain-capture-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  let handle: FileHandle | undefined;
  try {
    handle = await open(path.join(folder, 'input'), 'wx+', 0o600);
    for await (const piece of stream) {
      throwIfAborted(signal);
      if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) throw new DualchainError('INVALID_INPUT', 'A stream to capture must carry bytes or text.');
      await handle.appendFile(piece);
    }
    return await ofHandle(handle, remove);
  } catch (cause) {
    await handle?.close();
    await remove();
    throw cause instanceof DualchainError ? cause : new DualchainError('INVALID_INPUT', `The stream cannot be read to its end: ${reasonOf(cause)}`, { cause });
  }
}

function unreadable(file: string, cause: unknown): DualchainError {
  return new DualchainError('INVALID_INPUT', `${file.slice(0, 300)} cannot be read: ${isNotThere(cause) ? 'there is no such file' : reasonOf(cause)}.`, { cause });
}
