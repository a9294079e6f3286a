import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DualchainError } from '@dualchain/model';
import { isNotThere, reasonOf } from '../../errors/system';
import { replaceFile } from '../../replace-file';
import type { RefusedEvent } from '../capture-events';

/** How far the capture of one input is. Everything before `next` is known to be captured or refused. */
export interface CapturePosition {
  readonly format: 1;
  /** SHA-256 of all bytes of the input, hexadecimal. */
  readonly input: string;
  /** Who captures where: "FarmMSP dualchain/dualchain". */
  readonly reporter: string;
  readonly mode: 'all' | 'proceed';
  /** Index of the first event that is not known to be dealt with. */
  readonly next: number;
  readonly captured: number;
  readonly already: number;
  readonly refused: number;
  readonly transactions: number;
  /** The first of the refused events. */
  readonly refusedEvents: readonly RefusedEvent[];
}

/** Where a capture keeps its position over a crash. */
export interface CaptureCheckpoint {
  load(): Promise<CapturePosition | undefined>;
  save(position: CapturePosition): Promise<void>;
}

/** Position in a JSON file, replaced in one step so that a crash never leaves half of one. */
export function captureCheckpointFile(file: string): CaptureCheckpoint {
  return {
    load: async () => {
      try {
        return checkPosition(JSON.parse(await readFile(file, 'utf8')));
      } catch (cause) {
        if (isNotThere(cause)) return undefined;
        throw new DualchainError('INVALID_INPUT', `The checkpoint ${file} cannot be used: ${cause instanceof SyntaxError ? 'it is not JSON' : reasonOf(cause)}. Delete it to begin again (what is captured stays as it is), or name another file.`, { cause, details: { file } });
      }
    },
    save: async (position) => {
      try {
        await mkdir(path.dirname(path.resolve(file)), { recursive: true });
        await replaceFile(file, `${JSON.stringify(position)}\n`);
      } catch (cause) {
        throw new DualchainError('INVALID_INPUT', `The checkpoint ${file} cannot be written: ${reasonOf(cause)}. Name a file in a folder that can be written to.`, { cause, details: { file } });
      }
    },
  };
}

/** Throws an error that says what is wrong. */
function checkPosition(value: unknown): CapturePosition {
  const position = value as Partial<Record<keyof CapturePosition, unknown>> | null;
  const counts = ['next', 'captured', 'already', 'refused', 'transactions'] as const;
  const sound =
    typeof position === 'object' &&
    position !== null &&
    position.format === 1 &&
    typeof position.input === 'string' &&
    typeof position.reporter === 'string' &&
    (position.mode === 'all' || position.mode === 'proceed') &&
    counts.every((name) => Number.isSafeInteger(position[name]) && Number(position[name]) >= 0) &&
    Array.isArray(position.refusedEvents);
  if (!sound) throw new Error('it is not the position of a capture');
  return position as CapturePosition;
}
