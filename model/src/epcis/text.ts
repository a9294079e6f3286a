import { refuseInput } from './input-error';

/** Encodings that an XML declaration may name, as TextDecoder knows them. JSON is always Unicode. */
const encodings: Readonly<Record<string, string>> = { 'utf-8': 'utf-8', utf8: 'utf-8', 'us-ascii': 'utf-8', ascii: 'utf-8', 'iso-8859-1': 'latin1', latin1: 'latin1', 'windows-1252': 'latin1' };

/** Encoding by the first bytes: a byte order mark, or a "<" that takes two bytes (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]{0,150}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1];
  if (declared === undefined || head.startsWith('\xef\xbb\xbf')) return 'utf-8';
  return encodings[declared.toLowerCase()] ?? refuseInput('/', 'xml.encoding', `The document says that it is encoded in "${declared}"; give it in UTF-8, UTF-16 or ISO-8859-1.`);
}

/** Text of bytes in UTF-8, in UTF-16 with a byte order mark, or as an XML declaration says. Refuses bytes that are none of it (`text.encoding`). */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuseInput('$', 'text.encoding', `The input is not text in ${encoding === 'utf-8' ? 'UTF-8' : encoding}; save it as UTF-8.`);
  }
}

/** Bytes by which the encoding is told. */
const HEAD = 200;
/** Bytes of an incomplete character at the end of a piece, at most. */
const CARRY = 3;

/** {@link decodeText} for bytes that come in pieces. Refuses with the place of the first byte that is no text. */
export class TextStream {
  #head: Uint8Array | undefined = new Uint8Array();
  #encoding = 'utf-8';
  #decoder = new TextDecoder();
  /** End of what was decoded before, in which a character may have begun. */
  #carry: Uint8Array = new Uint8Array();
  #position = 0;

  write(bytes: Uint8Array): string {
    if (this.#head === undefined) return this.#decode(bytes, true);
    this.#head = Buffer.concat([this.#head, bytes]);
    return this.#head.length < HEAD ? '' : this.#begin(true);
  }

  end(): string {
    const begun = this.#head === undefined ? '' : this.#begin(true);
    return begun + this.#decode(new Uint8Array(), false);
  }

  #begin(more: boolean): string {
    const head = this.#head ?? new Uint8Array();
    this.#head = undefined;
    this.#encoding = encodingOf(head);
    this.#decoder = new TextDecoder(this.#encoding, { fatal: true });
    return this.#decode(head, more);
  }

  #decode(bytes: Uint8Array, more: boolean): string {
    try {
      const text = this.#decoder.decode(bytes, { stream: more });
      this.#position += bytes.length;
      this.#carry = Buffer.concat([this.#carry, bytes.subarray(-CARRY)]).subarray(-CARRY);
      return text;
    } catch {
      return refuseInput('$', 'text.encoding', `The input is not text in ${this.#encoding === 'utf-8' ? 'UTF-8' : this.#encoding} at byte ${this.#place(bytes)}; save it as UTF-8.`);
    }
  }

  /** Where the first byte stands by which the text cannot go on. */
  #place(bytes: Uint8Array): number {
    const whole = Buffer.concat([this.#carry, bytes]);
    // A character may have begun in the carry; bytes before that character's first one are complete ones.
    const start = this.#encoding === 'utf-8' ? Math.max(0, [...this.#carry].findIndex((byte) => (byte & 0xc0) !== 0x80)) : this.#carry.length % 2;
    const fails = (length: number): boolean => {
      try {
        new TextDecoder(this.#encoding, { fatal: true }).decode(whole.subarray(start, length), { stream: true });
        return false;
      } catch {
        return true;
      }
    };
    let [good, bad] = [this.#carry.length, whole.length];
    while (good + 1 < bad) {
      const middle = (good + bad) >> 1;
      if (fails(middle)) bad = middle;
      else good = middle;
    }
    return this.#position - this.#carry.length + Math.max(0, bad - 1);
  }
}
