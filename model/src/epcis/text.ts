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
