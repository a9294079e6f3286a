import { DualchainError } from '../errors';
import { readDigitalLink } from './digital-link';
import type { Reading } from './keys';
import type { Gs1Key, IdProblem } from './types';
import { isShortSscc, readUrn, writeUrn } from './urn';

/** Longest identifier that the ledger takes, in characters. */
export const MAX_ID_LENGTH = 1024;

/** Characters of a URI (RFC 3986): printable ASCII without space, quotes, angle brackets, braces, pipe, caret, backslash, backtick. */
const uriCharacters = /^[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]*$/;
const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/;

/** Identifiers that were read lately: one event names one identifier often, in its checks, its hash and its links, and so do its neighbours. */
const lately = new Map<string, Reading>();
const MAX_LATELY = 4_096;
const MAX_REMEMBERED_LENGTH = 200;

function read(uri: string): Reading {
  if (uri.length > MAX_REMEMBERED_LENGTH || !uri.includes(':')) return readAnew(uri);
  const known = lately.get(uri);
  if (known !== undefined || lately.has(uri)) return known;
  if (lately.size >= MAX_LATELY) lately.clear();
  const reading = readAnew(uri);
  lately.set(uri, reading);
  return reading;
}

function readAnew(uri: string): Reading {
  return /^urn:/i.test(uri) ? readUrn(uri) : readDigitalLink(uri);
}

/** Shown part of an id in a message, control characters made visible. */
function shown(id: string): string {
  return JSON.stringify(id.slice(0, 120)).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function checkUri(id: unknown): IdProblem | undefined {
  if (typeof id !== 'string') return { rule: 'id.type', message: 'The identifier must be a text: a URI such as urn:epc:id:... or https://id.gs1.org/...' };
  if (id === '') return { rule: 'id.empty', message: 'The identifier is empty; leave the field out or give a URI.' };
  if (id.length > MAX_ID_LENGTH) return { rule: 'id.length', message: `The identifier ${shown(id)}... is ${id.length} characters long; at most ${MAX_ID_LENGTH} are allowed.` };
  if (!uriCharacters.test(id)) return { rule: 'id.characters', message: `The identifier ${shown(id)} holds characters that a URI may not hold (control characters, spaces, quotes or letters beyond ASCII); percent-encode them.` };
  if (/%(?![0-9A-Fa-f]{2})/.test(id)) return { rule: 'id.percent', message: `The identifier ${shown(id)} holds a "%" that begins no escape; write "%25" for a percent sign.` };
  if (!absolute.test(id)) return { rule: 'id.uri', message: `The identifier ${shown(id)} is not a URI; write it as urn:epc:..., https://id.gs1.org/..., urn:uuid:... or another absolute URI.` };
  return undefined;
}

/**
 * Why an identifier cannot be used: not a URI (`id.*`), or a GS1 key that is malformed, of wrong length, or has a wrong
 * check digit (`gs1.*`). Undefined if it can be used.
 */
export function checkId(id: unknown): IdProblem | undefined {
  return checkUri(id) ?? read(id as string)?.fault;
}

/** What is odd but tolerated: an SSCC in EPC form with lost leading zeros, which stays an opaque URI. */
export function adviseId(id: string): IdProblem | undefined {
  return isShortSscc(id) ? { rule: 'gs1.sscc-length', message: `${shown(id)} has fewer than the 17 digits of an SSCC; it is kept as an opaque URI and meets no Digital Link. Pad the serial with leading zeros at the source.` } : undefined;
}

/** The GS1 key behind an id in any form; undefined if it is another URI. Throws INVALID_INPUT with `details.rule` if the id is refused. */
export function parseKey(id: string): Gs1Key | undefined {
  const problem = checkUri(id);
  const reading = problem === undefined ? read(id) : undefined;
  const fault = problem ?? reading?.fault;
  if (fault !== undefined) throw new DualchainError('INVALID_INPUT', fault.message, { details: { rule: fault.rule } });
  return reading?.key;
}

/**
 * The one form in which identifiers are compared: Digital Link at id.gs1.org at the finest level for GS1 keys, other
 * URIs unchanged. Idempotent. Throws INVALID_INPUT with `details.rule` if checkId refuses the id.
 */
export function canonicalId(id: string): string {
  return parseKey(id)?.canonical ?? id;
}

/**
 * Canonical Digital Link of anything that has the shape of a GS1 key, check digit right or wrong; undefined otherwise.
 * For the event hash, which canonicalises every value and judges none.
 */
export function canonicalByShape(text: string): string | undefined {
  return read(text)?.key?.canonical;
}

/** EPC URI of a GS1 key. The length of the company prefix (6 to 12) is not in a Digital Link, so the caller gives it. Throws INVALID_INPUT. */
export function toUrn(id: string, companyPrefixLength: number): string {
  const key = parseKey(id);
  const urn = key === undefined || !Number.isInteger(companyPrefixLength) || companyPrefixLength < 6 || companyPrefixLength > 12 ? undefined : writeUrn(key, companyPrefixLength);
  if (urn === undefined) throw new DualchainError('INVALID_INPUT', `${shown(id)} has no EPC URI with a company prefix of ${companyPrefixLength} digits.`, { details: { rule: 'gs1.no-urn' } });
  return urn;
}

/** Canonical id of the class behind a lot or instance: GTIN of SGTIN, LGTIN and UPUI, type of GRAI, GDTI, coupon, component. Undefined where there is none. */
export function classOf(id: string): string | undefined {
  const key = parseKey(id);
  if (key === undefined || key.level === 'class') return undefined;
  const base = `https://id.gs1.org/${key.ai}/`;
  if (key.ai === '01' || key.ai === '8006') return base + key.value;
  if (key.ai === '8010') return key.canonical.slice(0, key.canonical.indexOf('/8011/'));
  if (key.ai === '253' || key.ai === '255') return base + key.value.slice(0, 13);
  if (key.ai === '8003') return base + key.value.slice(0, 14);
  return undefined;
}

/** The 13 digits of the GLN behind a location (SGLN) or party (PGLN) in any form; undefined for other ids. */
export function glnOf(id: string): string | undefined {
  const key = parseKey(id);
  return key?.name === 'sgln' || key?.name === 'pgln' ? key.value : undefined;
}
