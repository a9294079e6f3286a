import * as fc from 'fast-check';

/** Prefixes that a document or an event declares. */
export type Prefixes = Readonly<Record<string, string>>;

const namespaces = ['https://ex.example/', 'https://ex.example/voc#', 'urn:x-own:voc:', 'http://ns.example.com/epcis', 'https://other.example/a/b/'];

export const prefixes: fc.Arbitrary<Prefixes> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('ex', 'ext1', 'ext2', 'own', 'rail', 'ns1', 'a.b-c'), fc.constantFrom(...namespaces)), { maxLength: 3, selector: ([prefix]) => prefix })
  .map((pairs) => Object.fromEntries(pairs));

const local = fc.constantFrom('a', 'b', 'lotNumber', 'myField1', 'x-y.z', '_u', 'quantity', 'commentary');
/** The schema wants a URI as name of a field of an event; further inside any name will do. */
const innerName = fc.oneof(local, fc.constantFrom('Straße', 'extension', 'type', 'id', 'epcList'));

/** Name of an extension: with a declared prefix, with one of the standard context, or as full URI. */
export function extensionName(scope: Prefixes): fc.Arbitrary<string> {
  const names = [...Object.keys(scope), 'cbvmda', 'gs1'];
  return fc.oneof({ weight: 5, arbitrary: fc.tuple(fc.constantFrom(...names), local).map(([prefix, name]) => `${prefix}:${name}`) }, { weight: 1, arbitrary: fc.constantFrom('a', 'b', 'myField1').map((name) => `https://full.example/voc/${name}`) });
}

/** Text with what XML and JSON escape, and beyond ASCII. */
const text = fc.oneof(
  fc.constantFrom('', '0', '007', '1.50', '-3', '1e3', 'true', 'urn:epc:id:sgtin:0614141.107346.2017', 'https://id.gs1.org/01/10614141073464', '2026-01-01T00:00:00+01:00', 'ex:value', 'gs1:Temperature', 'urn:epcglobal:cbv:bizstep:packing'),
  fc.string({ unit: fc.constantFrom(...'abcXYZ019 <>&"\'=;]/\t\n\r\u00e9\u20ac\u4e2d', '\u{1f34e}', ']]>', '<!--', '&amp;'), maxLength: 12 }),
);
const scalar = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), fc.boolean());

/** Value of an extension: text, number, truth value, lists and objects of these, nested. */
export function extensionValue(scope: Prefixes, depth = 3): fc.Arbitrary<unknown> {
  if (depth === 0) return scalar;
  const inner = extensionValue(scope, depth - 1);
  const name = fc.oneof(extensionName(scope), innerName);
  const object = fc.dictionary(name, inner, { maxKeys: 3, noNullPrototype: true });
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }) },
    { weight: 1, arbitrary: object },
    { weight: 1, arbitrary: fc.tuple(object, text).map(([fields, content]) => ({ ...fields, '#text': content })) },
  );
}

export const extensions = (scope: Prefixes, maxKeys = 3): fc.Arbitrary<Record<string, unknown>> => fc.dictionary(extensionName(scope), extensionValue(scope), { maxKeys, noNullPrototype: true });

/** Extensions of sensor parts: attributes in XML. */
export const flatExtensions = (scope: Prefixes): fc.Arbitrary<Record<string, unknown>> => fc.dictionary(extensionName(scope), scalar, { maxKeys: 2, noNullPrototype: true });
