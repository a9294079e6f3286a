import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DualchainError } from '@dualchain/model';
import { isNotThere, reasonOf } from '../errors/system';
import { replaceFile } from '../replace-file';

/** The last event that a consumer has dealt with. */
export interface Position {
  readonly blockNumber: bigint;
  readonly transactionId: string;
}

/**
 * Where a consumer keeps its position. Keep it in the same store and the same transaction as what the consumer does
 * with the event, and each event takes effect exactly once, even over a crash.
 */
export interface CheckpointStore {
  load(): Promise<Position | undefined>;
  save(position: Position): Promise<void>;
}

/** Position in a JSON file, replaced in one step so that a crash never leaves half of one. Throws INVALID_INPUT on a file that is none. */
export function fileCheckpoint(file: string): CheckpointStore {
  return {
    load: async () => {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        if (isNotThere(error)) return undefined;
        throw new DualchainError('INVALID_INPUT', `The checkpoint ${file} cannot be read: ${reasonOf(error)}`, { cause: error, details: { file } });
      }
      return parsePosition(text, file);
    },
    save: async ({ blockNumber, transactionId }) => {
      await mkdir(path.dirname(path.resolve(file)), { recursive: true });
      await replaceFile(file, `${JSON.stringify({ blockNumber: blockNumber.toString(), transactionId })}\n`);
    },
  };
}

/** Position in memory; gone with the process. */
export function memoryCheckpoint(start?: Position): CheckpointStore {
  let position = start;
  return {
    load: () => Promise.resolve(position),
    save: (next) => {
      position = next;
      return Promise.resolve();
    },
  };
}

function parsePosition(text: string, file: string): Position {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'blockNumber' in parsed && 'transactionId' in parsed && typeof parsed.blockNumber === 'string' && typeof parsed.transactionId === 'string') {
      return { blockNumber: BigInt(parsed.blockNumber), transactionId: parsed.transactionId };
    }
  } catch {
    // told below with the way out
  }
  throw new DualchainError('INVALID_INPUT', `The checkpoint ${file} is not a position of an event stream; delete it to begin again, or name another file.`, { details: { file } });
}
