import { createHash } from 'node:crypto';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';

/** Small helpers over bytes and protobuf messages that every room uses. */

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function fromUtf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Order of keys in Fabric's state: by UTF-8 bytes. JavaScript's own order differs only where surrogate pairs are involved. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    const leftSurrogate = left >= 0xd800 && left <= 0xdfff;
    const rightSurrogate = right >= 0xd800 && right <= 0xdfff;
    // A surrogate pair stands for a code point above every other UTF-16 unit.
    if (leftSurrogate !== rightSurrogate) return leftSurrogate ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}

/** Transaction id: lower-case hex SHA-256 of nonce and creator. */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return hex(sha256(nonce, creator));
}

export function timestampOf(date: Date): Timestamp {
  const timestamp = new Timestamp();
  timestamp.fromDate(date);
  return timestamp;
}

/** Parses with the given message class; undefined if the bytes are not such a message. */
export function tryParse<T>(parse: (bytes: Uint8Array) => T, bytes: Uint8Array): T | undefined {
  try {
    return parse(bytes);
  } catch {
    return undefined;
  }
}

/** DER of SEQUENCE { INTEGER number, OCTET STRING previousHash, OCTET STRING dataHash }: what a block's hash covers. */
export function blockHeaderBytes(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  const integer = [];
  for (let rest = BigInt(number); ; rest >>= 8n) {
    integer.unshift(Number(rest & 0xffn));
    if (rest < 0x100n) break;
  }
  if ((integer[0] ?? 0) >= 0x80) integer.unshift(0);
  const body = Buffer.concat([der(0x02, Uint8Array.from(integer)), der(0x04, previousHash), der(0x04, dataHash)]);
  return new Uint8Array(der(0x30, body));
}

export function blockHash(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  return sha256(blockHeaderBytes(number, previousHash, dataHash));
}

function der(tag: number, content: Uint8Array): Buffer {
  const length = content.length < 0x80 ? [content.length] : content.length < 0x100 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Uint8Array.from([tag, ...length]), content]);
}
