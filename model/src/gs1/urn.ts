import { checkDigit } from './check-digit';
import { assemble, inSet39, inSet82 } from './keys';
import type { Reading } from './keys';
import type { Gs1Key, IdProblem } from './types';

/**
 * Schemes of EPC URIs with a GS1 key behind them (Tag Data Standard, EPC URI, EPC class URI and EPC pattern URI).
 * `digits`: total of company prefix and reference; 0 = the reference is text. `first`: the reference's first digit stands before the prefix.
 */
interface Scheme {
  readonly ai: string;
  readonly digits: number;
  readonly first?: boolean;
  readonly tail: 'none' | 'serial' | 'lot' | 'tpx' | 'extension' | 'appended' | 'pieces' | 'component';
}

const schemes: Readonly<Record<string, Scheme>> = {
  sgtin: { ai: '01', digits: 13, first: true, tail: 'serial' },
  lgtin: { ai: '01', digits: 13, first: true, tail: 'lot' },
  upui: { ai: '01', digits: 13, first: true, tail: 'tpx' },
  itip: { ai: '8006', digits: 13, first: true, tail: 'pieces' },
  sscc: { ai: '00', digits: 17, first: true, tail: 'none' },
  sgln: { ai: '414', digits: 12, tail: 'extension' },
  pgln: { ai: '417', digits: 12, tail: 'none' },
  grai: { ai: '8003', digits: 12, tail: 'appended' },
  gdti: { ai: '253', digits: 12, tail: 'appended' },
  sgcn: { ai: '255', digits: 12, tail: 'appended' },
  gsrn: { ai: '8018', digits: 17, tail: 'none' },
  gsrnp: { ai: '8017', digits: 17, tail: 'none' },
  gsin: { ai: '402', digits: 16, tail: 'none' },
  giai: { ai: '8004', digits: 0, tail: 'none' },
  ginc: { ai: '401', digits: 0, tail: 'none' },
  cpi: { ai: '8010', digits: 0, tail: 'component' },
};

/** EPC schemes without a GS1 key: they have no Digital Link and stay as they are. */
const otherSchemes = new Set(['gid', 'usdod', 'adi', 'bic', 'imovn']);
const patternSchemes = new Set(['sgtin', 'grai', 'gdti', 'sgcn', 'cpi', 'itip', 'upui']);

const bad = (rule: string, message: string): { fault: IdProblem } => ({ fault: { rule, message } });

/** Reads urn:epc:id, urn:epc:class and urn:epc:idpat. Undefined: no EPC URI, or one without a GS1 key of its own. */
export function readUrn(uri: string): Reading {
  const match = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/is.exec(uri);
  if (match === null) {
    if (/^urn:epc:(raw|tag|pat|idpat):/i.test(uri) || !/^urn:epc:/i.test(uri)) return undefined;
    return bad('gs1.malformed', `"${shown(uri)}" is not an EPC URI: write urn:epc:id:<scheme>:..., urn:epc:class:lgtin:... or urn:epc:idpat:<scheme>:...`);
  }
  const form = (match[1] ?? '').toLowerCase();
  const name = (match[2] ?? '').toLowerCase();
  const rest = match[3] ?? '';
  const scheme = schemes[name];
  if (scheme === undefined) return otherSchemes.has(name) ? undefined : bad('gs1.unknown-scheme', `"${shown(uri)}" names no EPC scheme ("${name.slice(0, 20)}").`);
  if ((form === 'class') !== (name === 'lgtin') || (form === 'idpat' && !patternSchemes.has(name))) {
    if (form === 'idpat') return undefined;
    return bad('gs1.unknown-scheme', `"${shown(uri)}": lots are written urn:epc:class:lgtin:..., all other keys urn:epc:id:<scheme>:...`);
  }
  const dot = rest.indexOf('.');
  const prefix = dot < 0 ? rest : rest.slice(0, dot);
  if (form === 'idpat' && !rest.endsWith('.*')) return rest.includes('*') ? undefined : bad('gs1.malformed', `"${shown(uri)}": a pattern ends in ".*".`);
  if (form === 'idpat' && rest.slice(0, -2).includes('*')) return undefined;
  if (!/^[0-9]{6,12}$/.test(prefix) || dot < 0) return bad('gs1.malformed', `"${shown(uri)}": the company prefix must be 6 to 12 digits, followed by a dot.`);
  return readParts(uri, scheme, prefix, rest.slice(dot + 1), form === 'idpat');
}

function readParts(uri: string, scheme: Scheme, prefix: string, rest: string, pattern: boolean): Reading {
  if (scheme.digits === 0) return readTextKey(uri, scheme, prefix, rest, pattern);
  const dot = scheme.tail === 'none' ? -1 : rest.indexOf('.');
  const reference = dot < 0 ? rest : rest.slice(0, dot);
  const missing = scheme.digits - prefix.length - reference.length;
  if (!/^[0-9]*$/.test(reference) || missing !== 0) {
    // An SSCC whose serial lost its leading zeros names no other SSCC: it stays an opaque URI and is reported as a warning.
    if (isShortSscc(uri)) return undefined;
    return bad('gs1.length', `"${shown(uri)}": company prefix and reference must be ${scheme.digits} digits together, here are ${prefix.length} and ${reference.length}. Pad the reference with leading zeros.`);
  }
  if (scheme.tail !== 'none' && dot < 0) return bad('gs1.malformed', `"${shown(uri)}" lacks the part after the last dot (serial, lot or extension).`);
  const body = scheme.first === true ? (reference[0] ?? '') + prefix + reference.slice(1) : prefix + reference;
  const number = scheme.ai === '8003' ? `0${body}` : body;
  return checked(uri, assembleTail(scheme, number + checkDigit(number), rest.slice(dot + 1), pattern));
}

function assembleTail(scheme: Scheme, number: string, tail: string, pattern: boolean): Reading {
  if (scheme.tail === 'none') return assemble(scheme.ai, number, []);
  if (scheme.tail === 'pieces') {
    const match = /^([0-9]{2})\.([0-9]{2})\.(.*)$/s.exec(tail);
    if (match === null) return undefined;
    const serial = decodeUrn(match[3] ?? '');
    return serial === undefined ? undefined : assemble('8006', `${number}${match[1]}${match[2]}`, pattern ? [] : [['21', serial]]);
  }
  if (pattern) return tail === '*' ? assemble(scheme.ai, number, []) : undefined;
  const text = decodeUrn(tail);
  if (text === undefined || text === '') return undefined;
  switch (scheme.tail) {
    case 'serial':
      return assemble(scheme.ai, number, [['21', text]]);
    case 'lot':
      return assemble(scheme.ai, number, [['10', text]]);
    case 'tpx':
      return assemble(scheme.ai, number, [['235', text]]);
    case 'extension':
      return assemble(scheme.ai, number, text === '0' ? [] : [['254', text]]);
    default:
      return assemble(scheme.ai, number + text, []);
  }
}

function readTextKey(uri: string, scheme: Scheme, prefix: string, rest: string, pattern: boolean): Reading {
  if (scheme.tail !== 'component') {
    const text = decodeUrn(rest);
    return checked(uri, text === undefined ? undefined : assemble(scheme.ai, prefix + text, []));
  }
  const dot = rest.lastIndexOf('.');
  const part = dot < 0 ? undefined : decodeUrn(rest.slice(0, dot), inSet39);
  if (part === undefined) return checked(uri, undefined);
  return checked(uri, assemble('8010', prefix + part, pattern ? [] : [['8011', rest.slice(dot + 1)]]));
}

function checked(uri: string, reading: Reading): Reading {
  return reading ?? bad('gs1.malformed', `"${shown(uri)}": serial, lot or extension is empty, too long, or holds characters outside the GS1 set (escape " % & / < > ? as %XX).`);
}

/** Text of an EPC URI's last part: these characters are escaped there, all others stand as they are. */
function decodeUrn(text: string, allowed: (value: string) => boolean = inSet82): string | undefined {
  if (!/^([!'()*+,\-.0-9:;=A-Z_a-z]|%[0-9A-Fa-f]{2})*$/.test(text)) return undefined;
  const decoded = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return allowed(decoded) ? decoded : undefined;
}

/** SSCC in EPC form with fewer than the 17 digits that it needs (seen in published chains). */
export function isShortSscc(uri: string): boolean {
  const match = /^urn:epc:id:sscc:([0-9]{6,12})\.([0-9]{1,10})$/i.exec(uri);
  return match !== null && (match[1] ?? '').length + (match[2] ?? '').length < 17;
}

const shown = (uri: string): string => uri.slice(0, 200);

const encodeUrn = (text: string): string => text.replace(/["%&/<>?#]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** EPC URI of a key with a company prefix of the given length; undefined where the key has no such form. */
export function writeUrn(key: Gs1Key, prefixLength: number): string | undefined {
  const qualifier = key.qualifier === undefined ? undefined : encodeUrn(key.qualifier.value);
  const split = (digits: string): string => `${digits.slice(0, prefixLength)}.${digits.slice(prefixLength)}`;
  const item = (gtin: string): string => `${gtin.slice(1, 1 + prefixLength)}.${gtin[0] ?? ''}${gtin.slice(1 + prefixLength, 13)}`;
  const tailed = (scheme: string, from: number, length: number): string => {
    const serial = encodeUrn(key.value.slice(from + length + 1));
    return `urn:epc:${serial === '' ? 'idpat' : 'id'}:${scheme}:${split(key.value.slice(from, from + length))}.${serial === '' ? '*' : serial}`;
  };
  switch (key.name) {
    case 'gtin':
      return `urn:epc:idpat:sgtin:${item(key.value)}.*`;
    case 'sgtin':
    case 'upui':
      return `urn:epc:id:${key.name}:${item(key.value)}.${qualifier ?? ''}`;
    case 'lgtin':
      return `urn:epc:class:lgtin:${item(key.value)}.${qualifier ?? ''}`;
    case 'itip':
      if (key.level === 'lot') return undefined;
      return `urn:epc:${qualifier === undefined ? 'idpat' : 'id'}:itip:${item(key.value)}.${key.value.slice(14, 16)}.${key.value.slice(16, 18)}.${qualifier ?? '*'}`;
    case 'sscc':
      return `urn:epc:id:sscc:${key.value.slice(1, 1 + prefixLength)}.${key.value[0] ?? ''}${key.value.slice(1 + prefixLength, 17)}`;
    case 'sgln':
      return `urn:epc:id:sgln:${split(key.value.slice(0, 12))}.${qualifier ?? '0'}`;
    case 'pgln':
      return `urn:epc:id:pgln:${split(key.value.slice(0, 12))}`;
    case 'grai':
      return tailed('grai', 1, 12);
    case 'gdti':
      return tailed('gdti', 0, 12);
    case 'sgcn':
    case 'gcn':
      return tailed('sgcn', 0, 12);
    case 'gsrn':
    case 'gsrnp':
      return `urn:epc:id:${key.name}:${split(key.value.slice(0, 17))}`;
    case 'gsin':
      return `urn:epc:id:gsin:${split(key.value.slice(0, 16))}`;
    case 'giai':
    case 'ginc':
      return /^[0-9]+$/.test(key.value.slice(0, prefixLength)) && key.value.length > prefixLength ? `urn:epc:id:${key.name}:${key.value.slice(0, prefixLength)}.${encodeUrn(key.value.slice(prefixLength))}` : undefined;
    case 'cpi':
      if (!/^[0-9]+$/.test(key.value.slice(0, prefixLength)) || key.value.length <= prefixLength) return undefined;
      return `urn:epc:${qualifier === undefined ? 'idpat' : 'id'}:cpi:${key.value.slice(0, prefixLength)}.${encodeUrn(key.value.slice(prefixLength))}.${qualifier ?? '*'}`;
  }
}
