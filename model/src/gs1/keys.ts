import { checkDigit } from './check-digit';
import type { Gs1Key, IdProblem, KeyLevel, KeyName } from './types';

/** One reading of an identifier: a GS1 key, a fault in what claims to be one, or neither. */
export type Reading = { readonly key: Gs1Key; readonly fault?: IdProblem } | { readonly key?: undefined; readonly fault: IdProblem } | undefined;

/** GS1 AI encodable character set 82 and the smaller set of component/part identifiers (General Specifications, 7.11). */
const set82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/;
const set39 = /^[#\-/0-9A-Z]*$/;

interface KeySpec {
  /** Name in the old Digital Link syntax with words. */
  readonly word: string;
  /** Shape of the decoded value. */
  readonly shape: RegExp;
  /** How many leading digits end in a check digit; 0 = none. */
  readonly checked: number;
  /** Qualifiers from coarse to fine; `undefined` as name means: allowed, but no part of the constrained canonical form. */
  readonly qualifiers: Readonly<Record<string, { readonly name?: KeyName; readonly level?: KeyLevel; readonly shape: RegExp }>>;
  readonly name: (value: string) => KeyName;
  readonly level: (value: string) => KeyLevel;
}

const text = (max: number): RegExp => new RegExp(`^[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]{1,${max}}$`);
const prefixed = /^[0-9]{4}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,26}$/;
const always =
  <T>(value: T) =>
  (): T =>
    value;
const serialised = (length: number) => (value: string): KeyLevel => (value.length > length ? 'instance' : 'class');

const product: KeySpec['qualifiers'] = {
  '22': { shape: text(20) },
  '10': { name: 'lgtin', level: 'lot', shape: text(20) },
  '21': { name: 'sgtin', level: 'instance', shape: text(20) },
  '235': { name: 'upui', level: 'instance', shape: text(28) },
};

/** Primary keys by application identifier (CBV 2.0 event hash, list of GS1 keys; GS1 Digital Link URI syntax). */
export const keySpecs: Readonly<Record<string, KeySpec>> = {
  '00': { word: 'sscc', shape: /^[0-9]{18}$/, checked: 18, qualifiers: {}, name: always('sscc'), level: always('instance') },
  '01': { word: 'gtin', shape: /^([0-9]{8}|[0-9]{12,14})$/, checked: 14, qualifiers: product, name: always('gtin'), level: always('class') },
  '253': { word: 'gdti', shape: /^[0-9]{13}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{0,17}$/, checked: 13, qualifiers: {}, name: always('gdti'), level: serialised(13) },
  '255': { word: 'gcn', shape: /^[0-9]{13,25}$/, checked: 13, qualifiers: {}, name: (value) => (value.length > 13 ? 'sgcn' : 'gcn'), level: serialised(13) },
  '401': { word: 'ginc', shape: prefixed, checked: 0, qualifiers: {}, name: always('ginc'), level: always('instance') },
  '402': { word: 'gsin', shape: /^[0-9]{17}$/, checked: 17, qualifiers: {}, name: always('gsin'), level: always('instance') },
  '414': { word: 'gln', shape: /^[0-9]{13}$/, checked: 13, qualifiers: { '254': { name: 'sgln', level: 'instance', shape: text(20) } }, name: always('sgln'), level: always('instance') },
  '417': { word: 'party', shape: /^[0-9]{13}$/, checked: 13, qualifiers: {}, name: always('pgln'), level: always('instance') },
  '8003': { word: 'grai', shape: /^0[0-9]{13}[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{0,16}$/, checked: 14, qualifiers: {}, name: always('grai'), level: serialised(14) },
  '8004': { word: 'giai', shape: prefixed, checked: 0, qualifiers: {}, name: always('giai'), level: always('instance') },
  '8006': {
    word: 'itip',
    shape: /^[0-9]{18}$/,
    checked: 14,
    qualifiers: { '22': { shape: text(20) }, '10': { level: 'lot', shape: text(20) }, '21': { level: 'instance', shape: text(20) } },
    name: always('itip'),
    level: always('class'),
  },
  '8010': { word: 'cpid', shape: /^[0-9]{4}[#\-/0-9A-Z]{1,26}$/, checked: 0, qualifiers: { '8011': { level: 'instance', shape: /^[0-9]{1,12}$/ } }, name: always('cpi'), level: always('class') },
  '8017': { word: 'gsrnp', shape: /^[0-9]{18}$/, checked: 18, qualifiers: { '8019': { shape: /^[0-9]{1,10}$/ } }, name: always('gsrnp'), level: always('instance') },
  '8018': { word: 'gsrn', shape: /^[0-9]{18}$/, checked: 18, qualifiers: { '8019': { shape: /^[0-9]{1,10}$/ } }, name: always('gsrn'), level: always('instance') },
};

/** Application identifier of a path segment, numeric or in the old syntax with words. */
export const primaryAi: ReadonlyMap<string, string> = new Map(Object.entries(keySpecs).flatMap(([ai, spec]) => [[ai, ai], [spec.word, ai]] as [string, string][]));
export const qualifierAi: ReadonlyMap<string, string> = new Map(['22', '10', '21', '235', '254', '8011', '8019'].map((ai) => [ai, ai] as [string, string]).concat([['cpv', '22'], ['lot', '10'], ['ser', '21']]));

/** Percent-encoding of a key value in a Digital Link: everything but unreserved characters and ' ; = (Digital Link syntax, table of reserved characters). */
export function encodeValue(value: string): string {
  return value.replace(/[^A-Za-z0-9\-._';=]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

export const inSet82 = (value: string): boolean => set82.test(value);
export const inSet39 = (value: string): boolean => set39.test(value);

const fault = (rule: string, message: string): IdProblem => ({ rule, message });

/**
 * Puts a key together from decoded parts. Undefined if the shape is not that of the key. A wrong check digit gives the
 * key with a fault: the event hash canonicalises by shape, capture refuses.
 */
export function assemble(ai: string, rawValue: string, qualifiers: readonly (readonly [string, string])[]): Reading {
  const spec = keySpecs[ai];
  if (spec === undefined || !spec.shape.test(rawValue)) return undefined;
  const value = ai === '01' ? rawValue.padStart(14, '0') : rawValue;
  const order = Object.keys(spec.qualifiers).sort((a, b) => rank(a) - rank(b));
  let finest: readonly [string, string] | undefined;
  let last = -1;
  for (const [qualifier, text_] of qualifiers) {
    const rule = spec.qualifiers[qualifier];
    const position = order.indexOf(qualifier);
    if (rule === undefined || !rule.shape.test(text_) || position <= last) return undefined;
    last = position;
    if (rule.level !== undefined) finest = [qualifier, text_];
  }
  const finestRule = finest === undefined ? undefined : spec.qualifiers[finest[0]];
  const tail = finest === undefined ? '' : `/${finest[0]}/${encodeValue(finest[1])}`;
  const key: Gs1Key = {
    name: finestRule?.name ?? spec.name(value),
    level: finestRule?.level ?? spec.level(value),
    ai,
    value,
    ...(finest === undefined ? {} : { qualifier: { ai: finest[0], value: finest[1] } }),
    canonical: `https://id.gs1.org/${ai}/${encodeValue(value)}${tail}`,
  };
  if (spec.checked > 0) {
    const body = value.slice(0, spec.checked - 1);
    const expected = checkDigit(body);
    if (value[spec.checked - 1] !== expected) {
      return { key, fault: fault('gs1.check-digit', `The check digit of ${spec.word.toUpperCase()} ${value.slice(0, spec.checked)} is wrong: ${body} needs ${expected}. Compare the number with its label or master data.`) };
    }
  }
  return { key };
}

/** Order of qualifiers in a Digital Link path: product variant, lot, serial. */
function rank(ai: string): number {
  return ['22', '10', '21', '235', '254', '8011', '8019'].indexOf(ai);
}
