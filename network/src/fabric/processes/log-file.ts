import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const ROTATE_AT = 16 * 1024 * 1024;

/** Opens a node's log for appending; one that has grown large becomes `<file>.1` first. The caller closes the descriptor. */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > ROTATE_AT) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}

/** The end of a text file: at most `bytes` of it, whole lines. Empty if there is no such file. */
export function tail(file: string, bytes = 256 * 1024): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const length = Math.min(size, bytes);
    const buffer = Buffer.alloc(length);
    const read = readSync(descriptor, buffer, 0, length, size - length);
    const text = buffer.toString('utf8', 0, read);
    return length < size ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    closeSync(descriptor);
  }
}

export function lastLines(file: string, count: number): string[] {
  return tail(file, 64 * 1024)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
}
