import { canonicalId } from '../../gs1';
import type { IdPattern } from './types';

const HOME = 'https://id.gs1.org/';
/** GTIN and SSCC begin with a digit of their own (indicator, extension) before the company prefix. */
const LEADING = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * An identifier or a pattern of identifiers. Patterns, as far as the index of identifiers serves them: EPC patterns
 * (Tag Data Standard) of SGTIN, SSCC, GRAI, GDTI and SGCN from the right (`urn:epc:idpat:sgtin:9524001.000012.*`, `….*.*`),
 * all lots of a product (`urn:epc:class:lgtin:9524001.000012.*`), and a Digital Link that ends in `/21/*` or `/10/*`.
 * Where classes are asked for, `urn:epc:idpat:sgtin:….*` is the product itself, as it stands in events. Undefined: a
 * pattern of another kind. Throws INVALID_INPUT on a malformed identifier.
 */
export function readPattern(text: string, classes: boolean): IdPattern | undefined {
  const link = /^(https?:\/\/.+)\/(10|21)\/\*$/.exec(text);
  if (link !== null) return below(`${canonicalId(link[1] ?? '')}/${link[2] ?? ''}/`);
  const urn = /^urn:epc:(?:idpat|class):(sgtin|lgtin|sscc|grai|gdti|sgcn):(.*)$/i.exec(text);
  const parts = urn?.[2]?.split('.') ?? [];
  const open = parts.findIndex((part) => part === '*');
  if (open < 0) return /^urn:epc:idpat:/i.test(text) ? undefined : { id: canonicalId(text) };
  if (parts.slice(open).some((part) => part !== '*')) return undefined;
  const scheme = (urn?.[1] ?? '').toLowerCase();
  const wanted = scheme === 'sscc' ? 2 : 3;
  if (parts.length !== wanted || !/^(?:[0-9]{6,12}|\*)$/.test(parts[0] ?? '')) return undefined;
  if (open === 2) {
    const base = canonicalId(`urn:epc:idpat:${scheme === 'lgtin' ? 'sgtin' : scheme}:${parts.join('.')}`);
    if (scheme === 'sgtin') return classes ? { id: base } : below(`${base}/21/`);
    return below(scheme === 'lgtin' ? `${base}/10/` : base);
  }
  return ofCompany(scheme, open === 0 ? '' : (parts[0] ?? ''), classes);
}

function below(prefix: string): IdPattern {
  return { prefixes: [prefix], shape: new RegExp(`^${escaped(prefix)}.`) };
}

function ofCompany(scheme: string, company: string, classes: boolean): IdPattern {
  const ai = { sgtin: '01', lgtin: '01', sscc: '00', grai: '8003', gdti: '253' }[scheme] ?? '255';
  const serial = scheme === 'sgtin' ? (classes ? '' : '/21/.+') : scheme === 'lgtin' ? '/10/.+' : '';
  const digits = { sgtin: 14, lgtin: 14, sscc: 18, grai: 14 }[scheme] ?? 13;
  const first = ai === '01' || ai === '00' ? LEADING : ai === '8003' ? ['0'] : [''];
  const rest = digits - company.length - (first[0] ?? '').length;
  const tail = ['grai', 'gdti', 'sgcn'].includes(scheme) ? '.+' : serial;
  return { prefixes: company === '' ? [`${HOME}${ai}/`] : first.map((digit) => `${HOME}${ai}/${digit}${company}`), shape: new RegExp(`^${escaped(`${HOME}${ai}/`)}${first.length === 0 || first[0] === '' ? '' : ai === '8003' ? '0' : '[0-9]'}${company}[0-9]{${rest}}${tail}$`) };
}

/** Whether an identifier in canonical form is meant. */
export function fits(pattern: IdPattern, id: string): boolean {
  return 'id' in pattern ? pattern.id === id : pattern.shape.test(id);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
