// eslint-disable-next-line no-restricted-imports -- the model is pure; its tests read reference data in place
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { DualchainError } from '../errors';
import { EpcisInputError, eventHash, eventLinks, eventWarnings, parseContext, parseEpcisDocument, summary, validateEvent } from './index';
import type { EpcisProblem, JsonObject } from './index';

const folder = resolve(__dirname, '../../../../shared/data/gs1-epcis');
const present = existsSync(folder);
if (!present) console.info(`GS1 examples: ${folder} is absent, tests skipped`);
const files = present ? readdirSync(folder).filter((name) => name.endsWith('.jsonld')) : [];
const now = '2026-11-24T08:00:00.000Z';

(present ? describe : describe.skip)('examples of GS1', () => {
  test('the folder holds examples', () => expect(files.length).toBeGreaterThan(10));

  test.each(files)('%s is accepted, linked and told in a row', (name) => {
    const input = parseEpcisDocument(readFileSync(join(folder, name)));
    for (const { event, index, path } of input.events) {
      expect(validateEvent(event, input.context, { index, path, now })).toEqual([]);
      const links = eventLinks(event, input.context);
      expect(links.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(summary(links).type).toBe(links.type);
      expect(eventHash(event, input.context).id).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    }
  });

  const broken: [string, (event: Record<string, unknown>) => void, path: RegExp, rule: string][] = [
    ['without a time', (event) => delete event['eventTime'], /\.eventTime$/, 'epcis.required'],
    ['with a time without offset', (event) => (event['eventTime'] = '2020-01-01T00:00:00'), /\.eventTime$/, 'epcis.time-offset'],
    ['of an unknown type', (event) => (event['type'] = 'QuantityEvent'), /\.type$/, 'epcis.event-type'],
    ['with an unknown step', (event) => (event['bizStep'] = 'flying'), /\.bizStep$/, 'cbv.biz-step'],
    ['at a place with a wrong check digit', (event) => (event['readPoint'] = { id: 'https://id.gs1.org/414/4012345000055' }), /\.readPoint\.id$/, 'gs1.check-digit'],
    ['with a field of no namespace', (event) => (event['colour'] = 'red'), /\.colour$/, 'epcis.unknown-field'],
    ['with an undeclared prefix', (event) => (event['zz9:colour'] = 'red'), /\["zz9:colour"\]$/, 'epcis.prefix'],
    ['that lies in the future', (event) => (event['eventTime'] = '2026-11-24T08:05:01Z'), /\.eventTime$/, 'epcis.time-future'],
  ];
  test.each(broken)('made an event %s: refused by event, path and rule', (_, change, path, rule) => {
    for (const name of files) {
      const document = parseEpcisDocument(readFileSync(join(folder, name)));
      for (const { event, index, path: at } of document.events) {
        const changed = structuredClone(event) as Record<string, unknown>;
        change(changed);
        const problems = validateEvent(changed, document.context, { index, path: at, now });
        expect(problems.filter((problem) => problem.rule === rule)).toEqual([{ event: index, path: expect.stringMatching(path) as string, rule, message: expect.stringMatching(/\S+ .*\S/) as string }]);
      }
    }
  });
});

const base: JsonObject = { type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-01-01T08:00:00+08:00', eventTimeZoneOffset: '+08:00', epcList: ['urn:epc:id:sgtin:0614141.107346.1'] };
/** As JSON says it: without the fields that are undefined. */
const plain = (value: JsonObject): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
const problems = (change: JsonObject): [string, string][] => validateEvent(plain({ ...base, ...change })).map(({ path, rule }: EpcisProblem) => [path, rule]);
const deep = (levels: number): unknown => JSON.parse(`${'{"a:b":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('rules', () => {
  test.each<[string, JsonObject, [string, string][]]>([
    ['two of one identifier', { epcList: ['urn:x:1', 'urn:x:1'] }, [['$.epcList[1]', 'epcis.duplicate']]],
    ['a lot among objects', { epcList: ['urn:epc:class:lgtin:4054739.099914.1'] }, [['$.epcList[0]', 'epcis.class-in-epc-list']]],
    ['an object among lots', { quantityList: [{ epcClass: 'urn:epc:id:sgtin:0614141.107346.1' }] }, [['$.quantityList[0].epcClass', 'epcis.instance-in-quantity']]],
    ['half a piece', { quantityList: [{ epcClass: 'urn:x:1', quantity: 0.5 }] }, [['$.quantityList[0].quantity', 'epcis.uom']]],
    ['a negative quantity', { quantityList: [{ epcClass: 'urn:x:1', quantity: -1, uom: 'KGM' }] }, [['$.quantityList[0].quantity', 'epcis.quantity']]],
    ['a quantity as text', { quantityList: [{ epcClass: 'urn:x:1', quantity: '5', uom: 'KGM' }] }, [['$.quantityList[0].quantity', 'epcis.shape']]],
    ['an unknown unit', { quantityList: [{ epcClass: 'urn:x:1', quantity: 1, uom: 'kilo' }] }, [['$.quantityList[0].uom', 'epcis.uom']]],
    ['nothing at all', { epcList: [] }, [['$.epcList', 'epcis.what']]],
    ['master data of no birth', { ilmd: {} }, [['$.ilmd', 'epcis.ilmd']]],
    ['a null', { bizStep: null }, [['$.bizStep', 'epcis.null']]],
    ['a transformation out of nothing', { type: 'TransformationEvent', action: undefined, epcList: undefined, outputEPCList: ['urn:x:1'] }, [['$.inputEPCList', 'epcis.what']]],
  ])('%s', (_, change, expected) => {
    expect(problems(change).map((each) => each.join(' ')).sort()).toEqual(expected.map((each) => each.join(' ')).sort());
  });

  test('what is odd but kept is told as a warning', () => {
    const event = { ...base, epcList: ['urn:epc:id:sscc:08600031303.0003'] };
    expect(validateEvent(event)).toEqual([]);
    expect(eventWarnings(event).map(({ path, rule }) => [path, rule])).toEqual([['$.epcList[0]', 'gs1.sscc-length']]);
  });
});

describe('hostile events are refused by rule', () => {
  test.each<[string, unknown, string]>([
    ['a null byte', { ...base, 'ext:a': 'x\u0000y' }, 'json.control-character'],
    ['a key separator in an identifier', { ...base, epcList: ['urn:x:\u{10ffff}'] }, 'epcis.id-characters'],
    ['half a surrogate pair', { ...base, 'ext:a': '\ud800' }, 'json.unicode'],
    ['a prototype', JSON.parse('{"type":"ObjectEvent","__proto__":{"polluted":true}}'), 'json.forbidden-name'],
    ['a constructor deep inside', { ...base, 'ext:a': [{ constructor: { prototype: {} } }] }, 'json.forbidden-name'],
    ['deep nesting', { ...base, 'ext:a': deep(100) }, 'json.depth'],
    ['a very long text', { ...base, 'ext:a': 'a'.repeat(40_000) }, 'json.text-length'],
    ['a number without end', { ...base, 'ext:a': Infinity }, 'json.number'],
    ['a function', { ...base, 'ext:a': () => 1 }, 'json.value'],
    ['no object', 'ObjectEvent', 'epcis.event'],
    ['a list', [base], 'epcis.event'],
  ])('%s', (_, event, rule) => {
    expect(validateEvent(event).map((problem) => problem.rule)).toContain(rule);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('validation never throws, and what it accepts can be hashed and linked', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('ADD', 'urn:x:1', 'urn:epc:id:sgtin:0614141.107346.1', '2026-01-01T00:00:00Z', [], {}, [{}], [{ epcClass: 'urn:x:1', quantity: 1e21 }], [{ type: 'po', bizTransaction: 'urn:x:po' }], { id: 'urn:x:place' }));
    const field = fc.constantFrom('type', 'action', 'eventTime', 'eventTimeZoneOffset', 'epcList', 'quantityList', 'parentID', 'childEPCs', 'inputEPCList', 'outputQuantityList', 'transformationID', 'bizStep', 'readPoint', 'bizTransactionList', 'sourceList', 'sensorElementList', 'errorDeclaration', 'persistentDisposition', 'ilmd', '@context', 'certificationInfo');
    fc.assert(
      fc.property(fc.dictionary(field, value, { maxKeys: 4, noNullPrototype: true }), (change) => {
        const event = { ...base, ...change } as JsonObject;
        if (validateEvent(event).length > 0) return;
        eventLinks(event);
        eventHash(event, parseContext(undefined));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('documents', () => {
  const document = (events: unknown, more: JsonObject = {}): JsonObject => plain({ '@context': 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld', type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z', epcisBody: { eventList: events }, ...more });

  test('a document, a query document, a bare event and a list of events are read alike', () => {
    const query = { '@context': [], type: 'EPCISQueryDocument', epcisBody: { queryResults: { resultsBody: { eventList: [base] } } } };
    const inputs: [unknown, string, string][] = [[document([base]), 'document', '$.epcisBody.eventList[0]'], [query, 'query', '$.epcisBody.queryResults.resultsBody.eventList[0]'], [base, 'event', '$'], [[base], 'events', '$[0]']];
    for (const [input, kind, path] of inputs) {
      for (const form of [input, JSON.stringify(input), `\ufeff${JSON.stringify(input)}`, Buffer.from(JSON.stringify(input))]) expect(parseEpcisDocument(form)).toMatchObject({ kind, events: [{ index: 0, path, event: base }] });
    }
  });

  test('contexts mix: one of the document, one of the event, the later wins', () => {
    const event = { ...base, '@context': { ext: 'https://b.example/', two: 'https://two.example/' }, 'ext:a': 1, 'two:b': 2 };
    const input = parseEpcisDocument(document([event], { '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { ext: 'https://a.example/' }, [{ deep: { '@id': 'https://deep.example/' } }]] }));
    expect(validateEvent(event, input.context)).toEqual([]);
    expect(eventHash(event, input.context).preHash).toContain('{https://b.example/}a=1');
    expect(eventHash({ ...event, '@context': undefined }, input.context).preHash).toContain('{https://a.example/}a=1');
    // A context cannot change what a URN means.
    expect(eventLinks({ ...base, '@context': { urn: 'https://evil.example/' } }).subjects).toEqual(eventLinks(base).subjects);
  });

  test('prefixes may be declared in a context of somebody else, which is not fetched; not in that of the standard', () => {
    const event = { ...base, 'their:field': '1' };
    const rules = (context: unknown): string[] => {
      const input = parseEpcisDocument(document([event], { '@context': context }));
      return validateEvent(input.events[0]!.event, input.context).map(({ rule }) => rule);
    };
    expect(rules(['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', 'https://their.example/context.jsonld'])).toEqual([]);
    for (const own of ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', ['https://gs1.github.io/EPCIS/epcis-context-simple.jsonld', { other: 'https://their.example/' }]]) expect(rules(own)).toEqual(['epcis.prefix']);
    expect(validateEvent({ ...event, '@context': 'https://their.example/context.jsonld' })).toEqual([]);
  });

  test.each<[string, unknown, string, string]>([
    ['empty text', '', '$', 'json.syntax'],
    ['cut JSON', '{"type":', '$', 'json.syntax'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), '$', 'text.encoding'],
    ['a number', 5, '$', 'epcis.input'],
    ['no type', {}, '$.type', 'epcis.type'],
    ['no events', document([]), '$', 'epcis.no-events'],
    ['an event list that is none', document({}), '$.epcisBody.eventList', 'epcis.event-list'],
    ['an event that is none', document([base, 7]), '$.epcisBody.eventList[1]', 'epcis.event'],
    ['no body', document([base], { epcisBody: undefined }), '$.epcisBody', 'epcis.required'],
    ['no context', document([base], { '@context': undefined }), '$["@context"]', 'epcis.required'],
    ['EPCIS 1.2', document([base], { schemaVersion: '1.2' }), '$.schemaVersion', 'epcis.schema-version'],
    ['a prototype', `{"type":"EPCISDocument","__proto__":{}}`, '$.__proto__', 'json.forbidden-name'],
    ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`, `$${'[0]'.repeat(64)}`, 'json.depth'],
  ])('refused: %s', (_, input, path, rule) => {
    let error: unknown;
    try {
      parseEpcisDocument(input);
    } catch (reason) {
      error = reason;
    }
    expect(error).toBeInstanceOf(EpcisInputError);
    expect(error).toBeInstanceOf(DualchainError);
    expect(error).toMatchObject({ code: 'INVALID_EPCIS', problems: expect.arrayContaining([expect.objectContaining({ path, rule })]) as unknown });
  });

  test('refused: more bytes or events than the limit', () => {
    expect(() => parseEpcisDocument(JSON.stringify(document([base])), { maxBytes: 100 })).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ rule: 'epcis.too-large' })] }) as Error);
    expect(() => parseEpcisDocument([base, base], { maxEvents: 1 })).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ rule: 'epcis.too-many-events' })] }) as Error);
  });
});
