import type { EpcisContext, JsonObject } from './types';

/** Prefixes that the standard EPCIS 2.0 JSON-LD context declares; events may use them without a word (CBV 2.0, CURIEs). */
export const standardPrefixes: Readonly<Record<string, string>> = {
  cbv: 'https://ref.gs1.org/cbv/',
  cbvmda: 'urn:epcglobal:cbv:mda:',
  dcterms: 'http://purl.org/dc/terms/',
  epcis: 'https://ref.gs1.org/epcis/',
  gs1: 'https://gs1.org/voc/',
  owl: 'http://www.w3.org/2002/07/owl#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** The standard context, as documents made here name it. */
export const STANDARD_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** URI schemes are no prefixes: a context cannot change what "urn:epc:..." means. */
const prefixName = /^(?!(?:urn|https?|geo|ni)$)[A-Za-z_][A-Za-z0-9._-]*$/;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own property of an object; a name such as "constructor" never reaches the prototype. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Values of a field that may hold one or a list of them. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

export function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(text);
}

function collect(raw: unknown, prefixes: Map<string, string>, depth: number): void {
  if (Array.isArray(raw) && depth < 4) {
    for (const part of raw) collect(part, prefixes, depth + 1);
  } else if (isObject(raw)) {
    for (const [name, value] of Object.entries(raw)) {
      // A term may be declared by an object with "@id"; declarations of terms within a namespace ("p:name") are no prefixes.
      const uri = isObject(value) ? own(value, '@id') : value;
      if (prefixName.test(name) && typeof uri === 'string' && uri.includes(':')) prefixes.set(name, uri);
    }
  }
}

/** Whether a URL is that of the standard context, whatever home and version it is taken from. */
export function isStandardContext(url: string): boolean {
  return /epcis-context[^/]*\.jsonld$/.test(url);
}

/** Whether a raw context names one by URL that is not the standard one. */
function namesRemote(raw: unknown, depth = 0): boolean {
  if (Array.isArray(raw)) return depth < 4 && raw.some((part) => namesRemote(part, depth + 1));
  return typeof raw === 'string' && !isStandardContext(raw);
}

/** Why a raw "@context" cannot be read: it must be a URI, an object of terms, or an array of these. Undefined if it can. */
export function contextFault(raw: unknown, depth = 0): string | undefined {
  if (typeof raw === 'string') return isUri(raw) ? undefined : 'A context given as text must be a URI.';
  if (Array.isArray(raw)) return depth < 4 ? raw.map((part) => contextFault(part, depth + 1)).find((fault) => fault !== undefined) : 'Contexts are nested too deep; write one array.';
  if (!isObject(raw)) return 'The "@context" must be a URI, an object or an array of these.';
  const odd = Object.entries(raw).find(([name, value]) => !name.startsWith('@') && typeof value !== 'string' && !isObject(value) && value !== null);
  return odd === undefined ? undefined : `The context maps "${odd[0].slice(0, 60)}" to neither a URI nor an object.`;
}

/** Prefixes of a raw JSON-LD context (string, object, array of these, or nothing) on top of the standard ones; later ones win. */
export function parseContext(raw: unknown): EpcisContext {
  return mergeContext({ prefixes: standardPrefixes }, raw);
}

/** The context of a document with that of an event on top. */
export function mergeContext(context: EpcisContext, raw: unknown): EpcisContext {
  if (raw === undefined) return context;
  const prefixes = new Map(Object.entries(context.prefixes));
  collect(raw, prefixes, 0);
  return { prefixes: Object.fromEntries([...prefixes].sort(([a], [b]) => (a < b ? -1 : 1))), ...(context.remote === true || namesRemote(raw) ? { remote: true } : {}) };
}

/** Context of one event: the document's plus its own "@context". */
export function contextOf(event: JsonObject, context: EpcisContext): EpcisContext {
  return mergeContext(context, own(event, '@context'));
}

/** A name split into namespace and local part. */
export interface ExpandedName {
  readonly namespace: string;
  readonly local: string;
}

const absoluteName = /^(?:https?:\/\/|urn:|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;

/**
 * Expands a field name: "p:local" by its prefix; a full URI by the longest declared namespace that begins it, else at
 * its last "/", "#" or ":". Undefined for bare names and undeclared prefixes.
 */
export function expandName(name: string, context: EpcisContext): ExpandedName | undefined {
  const colon = name.indexOf(':');
  if (colon <= 0) return undefined;
  const declared = own(context.prefixes, name.slice(0, colon));
  if (typeof declared === 'string' && !name.startsWith('//', colon + 1)) return { namespace: declared, local: name.slice(colon + 1) };
  if (!absoluteName.test(name)) return undefined;
  let namespace = '';
  for (const candidate of Object.values(context.prefixes)) if (candidate.length > namespace.length && name.startsWith(candidate)) namespace = candidate;
  if (namespace === '') namespace = name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1);
  return { namespace, local: name.slice(namespace.length) };
}

/** A value that is a CURIE of a declared prefix as full URI; other text unchanged. */
export function expandValue(value: string, context: EpcisContext): string {
  const colon = value.indexOf(':');
  if (colon <= 0 || value.startsWith('//', colon + 1)) return value;
  const declared = own(context.prefixes, value.slice(0, colon));
  return typeof declared === 'string' ? declared + value.slice(colon + 1) : value;
}
