import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DualchainError } from '@dualchain/model';
import { isNotThere, reasonOf } from '../errors/system';

/** EPCIS: a parsed JSON-LD document, event or list of events; JSON or XML as text, bytes, a file (its path or file: URL), or a stream of bytes. */
export type CaptureSource = object | string | URL;

/** Longest input in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/** What the model's reader takes: text, bytes or a JSON value. Throws INVALID_INPUT (no such file, no such source), TOO_LARGE. */
export async function readSource(source: CaptureSource): Promise<unknown> {
  if (source instanceof URL) {
    if (source.protocol !== 'file:') throw new DualchainError('INVALID_INPUT', `${source.protocol} is not read here: fetch the document and give its text or bytes.`);
    return readBytes(fileURLToPath(source));
  }
  if (typeof source === 'string') return isDocument(source) ? source : readBytes(source);
  if (typeof source !== 'object' || source === null) throw new DualchainError('INVALID_INPUT', 'There is nothing to capture: give an EPCIS document, an event, JSON or XML text, bytes or the path of a file.');
  return Symbol.asyncIterator in source ? collect(source as AsyncIterable<unknown>) : source;
}

function isDocument(text: string): boolean {
  return /^\ufeff?\s*[[{<]/.test(text);
}

async function readBytes(file: string): Promise<Uint8Array> {
  const unreadable = (cause: unknown) => {
    const reason = isNotThere(cause) ? 'there is no such file' : reasonOf(cause);
    return new DualchainError('INVALID_INPUT', `${file.slice(0, 300)} cannot be read: ${reason}. Text that begins with "{", "[" or "<" is taken as a document, any other as the path of a file.`, { cause });
  };
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw tooLarge();
    return await readFile(file);
  } catch (cause) {
    throw cause instanceof DualchainError ? cause : unreadable(cause);
  }
}

async function collect(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw new DualchainError('INVALID_INPUT', 'A stream to capture must carry bytes or text.');
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > MAX_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(): DualchainError {
  return new DualchainError('TOO_LARGE', `The input is longer than ${MAX_BYTES} bytes; split the document, or capture it with captureStream (dualchain capture).`);
}
