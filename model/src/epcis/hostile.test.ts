import { EpcisInputError, parseEpcisDocument, validateEvent } from './index';

/** Input that is made to exhaust who reads it: refused by a typed error before it is built in memory. Up to 20 MiB are taken at once. */
const MIB = 1024 * 1024;
const SIZE = 3 * MIB;
const fill = (piece: string, size = SIZE): string => piece.repeat(Math.floor(size / piece.length));
const xml = (events: string, before = ''): string =>
  `${before}<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ex.example/" schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"><EPCISBody><EventList>${events}</EventList></EPCISBody></epcis:EPCISDocument>`;
const event = (content: string): string => xml(`<ObjectEvent>${content}</ObjectEvent>`);
const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

const refusal = (input: unknown): string[] => {
  try {
    parseEpcisDocument(input, { maxEvents: 20_000 });
  } catch (error) {
    if (error instanceof EpcisInputError && error.code === 'INVALID_EPCIS') return error.problems.map(({ rule }) => rule);
    throw error;
  }
  return [];
};

describe('hostile input is refused by its rule', () => {
  test.each<[string, () => unknown, string]>([
    ['a billion laughs', () => xml('<ObjectEvent><ex:a>&l12;</ex:a></ObjectEvent>', `<!DOCTYPE l [<!ENTITY l0 "ha">${laughs}]>`), 'xml.doctype'],
    ['entities that blow up quadratically', () => xml(`<ObjectEvent><ex:a>${'&l;'.repeat(10_000)}</ex:a></ObjectEvent>`, `<!DOCTYPE l [<!ENTITY l "${'a'.repeat(100_000)}">]>`), 'xml.doctype'],
    ['a file of the machine', () => xml('<ObjectEvent><ex:a>&f;</ex:a></ObjectEvent>', '<!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), 'xml.doctype'],
    ['a document type from elsewhere', () => xml('<ObjectEvent/>', '<!DOCTYPE l SYSTEM "http://169.254.169.254/latest/">'), 'xml.doctype'],
    ['parameter entities', () => xml('<ObjectEvent/>', '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://localhost/x">%p;]>'), 'xml.doctype'],
    ['millions of levels', () => event(fill('<a>')), 'xml.depth'],
    ['millions of levels in the header', () => xml('').replace('<EPCISBody>', `<EPCISHeader>${fill('<a>')}`), 'xml.depth'],
    ['millions of attributes', () => event(`<ex:a ${fill('a="1" ')}/>`), 'xml.attributes'],
    ['millions of elements', () => event(fill('<a/>')), 'xml.elements'],
    ['millions of events', () => xml(fill('<a/>', MIB / 2)), 'epcis.too-many-events'],
    ['one text', () => event(`<ex:a>${fill('x')}</ex:a>`), 'xml.length'],
    ['one text in pieces', () => event(`<ex:a>${fill('<![CDATA[x]]>')}</ex:a>`), 'json.text-length'],
    ['one text of references', () => event(`<ex:a>${fill('&#x41;')}</ex:a>`), 'xml.length'],
    ['one comment', () => event(`<!--${fill('x')}-->`), 'xml.length'],
    ['one name', () => event(`<${fill('x')}/>`), 'xml.length'],
    ['one attribute value', () => event(`<ex:a b="${fill('x')}"/>`), 'xml.length'],
    ['one run of spaces', () => event(fill(' ')), 'xml.length'],
    ['too many bytes', () => event(fill('<a/>', 20 * MIB)), 'epcis.too-large'],
    ['JSON of millions of levels', () => fill('['), 'json.depth'],
    ['JSON 10,000 levels deep', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'json.depth'],
    ['JSON of millions of values', () => `[${fill('{},', 10 * MIB)}{}]`, 'json.values'],
    ['JSON of too many events', () => `[${'{},'.repeat(20_000)}{}]`, 'epcis.too-many-events'],
    ['a value 10,000 levels deep', () => JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown, 'json.depth'],
    ['bytes that are no text', () => Buffer.alloc(1000, 0xfe), 'text.encoding'],
    ['UTF-16 that is cut off', () => Buffer.from('\ufeff{"type":"ObjectEvent"}', 'utf16le').subarray(0, 21), 'text.encoding'],
    ['null bytes', () => Buffer.alloc(1000), 'json.syntax'],
  ])('%s', (_, input, rule) => {
    expect(refusal(input())).toEqual([rule]);
  });

  test('a path to a deep place names every step', () => {
    expect.assertions(1);
    try {
      parseEpcisDocument('{"a":[1,{"b c":[[]]}],"__":"[[[[{{{{"}', { maxDepth: 4 });
    } catch (error) {
      expect(error).toMatchObject({ problems: [{ path: '$.a[1]["b c"][0]', rule: 'json.depth' }] });
    }
  });

  test('JSON in UTF-16 is read like any other', () => {
    const read = parseEpcisDocument(Buffer.from('\ufeff{"type":"ObjectEvent","ex:a":"\u00e9"}', 'utf16le'));
    expect(read.events[0]!.event).toEqual({ type: 'ObjectEvent', 'ex:a': 'é' });
  });

  test('an event with lists of any length is judged once, not once for each pair', () => {
    const epcs = Array.from({ length: 50_000 }, (_, i) => `urn:x:${i}`);
    const base = { type: 'AggregationEvent', action: 'ADD', eventTime: '2026-01-01T00:00:00Z', eventTimeZoneOffset: '+00:00', parentID: 'urn:x:parent', childEPCs: epcs };
    expect(validateEvent(base)).toEqual([]);
  });
});
