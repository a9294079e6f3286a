import { EpcisInputError, parseContext, parseEpcisDocument, validateEvent, writeEpcisXml } from './index';
import type { EpcisProblem, JsonObject } from './index';
import { invalidKinds, validEvents } from './testing/invalid';

const context = ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { ex: 'https://ex.example/voc/' }];
const document = (events: unknown[], more: object = {}): JsonObject => ({ '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z', epcisBody: { eventList: events }, ...more });
/** As JSON says it: without the fields that are undefined. */
const plain = (value: JsonObject): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
const options = { creationDate: '2026-01-01T00:00:00Z' };

/** Every problem of a document, as capture finds them. */
function judge(input: unknown): Pick<EpcisProblem, 'event' | 'path' | 'rule'>[] {
  const found = ((): readonly EpcisProblem[] => {
    try {
      const { events, context: own } = parseEpcisDocument(input);
      return events.flatMap(({ event, ...place }) => validateEvent(event, own, { ...place, now: '2026-11-24T08:00:00Z' }));
    } catch (error) {
      if (error instanceof EpcisInputError) return error.problems;
      throw error;
    }
  })();
  for (const { message } of found) expect(message).toMatch(/\S+ .*\S/);
  return found.map(({ event, path, rule }) => ({ ...(event === undefined ? {} : { event }), path, rule }));
}

test('what is changed below is valid before', () => {
  const events = Object.values(validEvents);
  expect(judge(document(events))).toEqual([]);
  expect(judge(writeEpcisXml(events, parseContext(context), options))).toEqual([]);
});

describe(`${invalidKinds.length} kinds of wrong events, each refused by its own rule and place`, () => {
  const names = invalidKinds.map(({ name }) => name);
  test('are different', () => expect(new Set(names).size).toBe(names.length));

  const faulty = (name: string): { events: JsonObject[]; kind: (typeof invalidKinds)[number] } => {
    const kind = invalidKinds.find((each) => each.name === name)!;
    const type = kind.type ?? 'ObjectEvent';
    const changed = structuredClone(validEvents[type]) as Record<string, unknown>;
    kind.change(changed);
    return { events: [validEvents[type]!, changed], kind };
  };

  test.each(names)('JSON: %s', (name) => {
    const { events, kind } = faulty(name);
    const expected = [{ event: 1, path: `$.epcisBody.eventList[1]${kind.path}`, rule: kind.rule }];
    expect(judge(document(events))).toEqual(expected);
    expect(judge(Buffer.from(JSON.stringify(document(events))))).toEqual(expected);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(invalidKinds.filter(({ xml }) => xml !== undefined).map(({ name }) => name))('XML: %s', (name) => {
    const { events, kind } = faulty(name);
    const xml = writeEpcisXml(events, parseContext(context), options);
    expect(judge(xml)).toEqual([{ event: 1, path: `/epcis:EPCISDocument/EPCISBody/EventList/${kind.type ?? 'ObjectEvent'}[2]/${kind.xml}`, rule: kind.rule }]);
  });
});

const events = [validEvents['ObjectEvent']!];

describe('wrong frames in JSON', () => {
  test.each<[string, unknown, string, string]>([
    ['no context', plain(document(events, { '@context': undefined })), '$["@context"]', 'epcis.required'],
    ['a context that is none', document(events, { '@context': [{ ex: 'https://ex.example/voc/' }, 5] }), '$["@context"]', 'epcis.context'],
    ['a context by a relative name', document(events, { '@context': ['context.jsonld', { ex: 'https://ex.example/voc/' }] }), '$["@context"]', 'epcis.context'],
    ['EPCIS 1.2 in JSON', document(events, { schemaVersion: '1.2' }), '$.schemaVersion', 'epcis.schema-version'],
    ['no creation date', plain(document(events, { creationDate: undefined })), '$.creationDate', 'epcis.time'],
    ['an unknown field', document(events, { colour: 'red' }), '$.colour', 'epcis.unknown-field'],
    ['a header that is none', document(events, { epcisHeader: [] }), '$.epcisHeader', 'epcis.shape'],
    ['a sender that is no text', document(events, { sender: 5 }), '$.sender', 'epcis.shape'],
    ['no body', plain(document(events, { epcisBody: undefined })), '$.epcisBody', 'epcis.required'],
    ['no event list', document(events, { epcisBody: {} }), '$.epcisBody.eventList', 'epcis.event-list'],
    ['an event that is none', document([...events, 'event']), '$.epcisBody.eventList[1]', 'epcis.event'],
    ['no events', document([]), '$', 'epcis.no-events'],
    ['another document', { type: 'VocabularyDocument' }, '$.type', 'epcis.event-type'],
    ['no type', { a: 1 }, '$.type', 'epcis.type'],
    ['no JSON', '{"type":', '$', 'json.syntax'],
    ['no text', Buffer.from([0xff, 0xff, 0x00]), '$', 'text.encoding'],
    ['a number', '5', '$', 'epcis.input'],
  ])('%s', (_, input, path, rule) => {
    expect(judge(input).map((problem) => [problem.path, problem.rule])).toEqual([[path, rule]]);
  });
});

describe('wrong XML', () => {
  const good = writeEpcisXml(events, parseContext(context), options);
  const list = '/epcis:EPCISDocument/EPCISBody/EventList';
  const event = `${list}/ObjectEvent[1]`;
  const replaced = (from: string | RegExp, to: string): string => {
    const text = good.replace(from, () => to);
    expect(text).not.toBe(good);
    return text;
  };

  const kinds: [name: string, text: () => string, path: string, rule: string, event?: number][] = [
    ['a document type', () => replaced('<epcis:', '<!DOCTYPE x><epcis:'), '/', 'xml.doctype'],
    ['an entity of its own', () => replaced('<epcis:', '<!DOCTYPE x [<!ENTITY a "b">]><epcis:'), '/', 'xml.doctype'],
    ['an entity that nobody declared', () => replaced('text<', '&nbsp;<'), `${event}/ex:note/ex:inner`, 'xml.entity', 0],
    ['an entity named like a property', () => replaced('text<', '&constructor;<'), `${event}/ex:note/ex:inner`, 'xml.entity', 0],
    ['an end tag that fits no start tag', () => replaced('</action>', '</Action>'), event, 'xml.syntax', 0],
    ['a document that is cut off', () => good.slice(0, -30), '/epcis:EPCISDocument/EPCISBody', 'xml.syntax'],
    ['an attribute twice', () => replaced('type="https://gs1.org/voc/Temperature"', 'type="gs1:Mass" type="gs1:Mass"'), `${event}/sensorElementList/sensorElement`, 'xml.syntax', 0],
    ['a character that XML forbids', () => replaced('text<', '&#1;<'), `${event}/ex:note/ex:inner`, 'xml.syntax', 0],
    ['an undeclared prefix', () => replaced('<action>', '<zz:a/><action>'), event, 'xml.prefix', 0],
    ['two roots', () => `${good}<a/>`, '/', 'xml.syntax'],
    ['another root', () => '<a/>', '/a', 'epcis.input'],
    ['another namespace', () => replaced('urn:epcglobal:epcis:xsd:2', 'urn:epcglobal:epcis:xsd:3'), '/epcis:EPCISDocument', 'epcis.input'],
    ['a version of another namespace', () => replaced('schemaVersion="2.0"', 'schemaVersion="1.2"'), '/epcis:EPCISDocument/@schemaVersion', 'epcis.schema-version'],
    ['no creation date', () => replaced(/ creationDate="[^"]*"/, ''), '/epcis:EPCISDocument/@creationDate', 'epcis.time'],
    ['no body', () => replaced(/<EPCISBody>[^]*<\/EPCISBody>/, ''), '/epcis:EPCISDocument', 'epcis.required'],
    ['two bodies', () => replaced('</EPCISBody>', '</EPCISBody><EPCISBody/>'), '/epcis:EPCISDocument/EPCISBody[2]', 'xml.repeated'],
    ['two event lists', () => replaced('</EventList>', '</EventList><EventList/>'), `${list}[2]`, 'xml.repeated'],
    ['master data only', () => replaced(/<EventList>[^]*<\/EventList>/, '<VocabularyList/>'), '/epcis:EPCISDocument', 'epcis.no-events'],
    ['text between events', () => replaced('<EventList>', '<EventList>events:'), list, 'xml.mixed-content'],
    ['EPCIS as default namespace', () => good.replaceAll('epcis:EPCISDocument', 'EPCISDocument').replace('xmlns:epcis=', 'xmlns='), '/EPCISDocument/EPCISBody', 'xml.namespace'],
    ['an event with the prefix of the root', () => good.replaceAll('ObjectEvent', 'epcis:ObjectEvent'), `${list}/epcis:ObjectEvent[1]`, 'xml.namespace', 0],
    ['an element with the prefix of the root', () => replaced(/<action>(.*)<\/action>/, '<epcis:action>ADD</epcis:action>'), `${event}/epcis:action`, 'xml.namespace', 0],
    ['an element twice', () => replaced('<action>', '<action>ADD</action><action>'), `${event}/action[2]`, 'xml.repeated', 0],
    ['text between elements', () => replaced('<epcList>', '<epcList>two:'), `${event}/epcList`, 'xml.mixed-content', 0],
    ['text after an element of an extension', () => replaced('</ex:inner>', '</ex:inner>more'), `${event}/ex:note`, 'xml.mixed-content', 0],
    ['an element where text belongs', () => replaced('>ADD<', '><b>ADD</b><'), `${event}/action/b`, 'epcis.shape', 0],
    ['an unknown item in a list', () => replaced('<epcList>', '<epcList><id>urn:x:1</id>'), `${event}/epcList/id`, 'epcis.unknown-field', 0],
    ['an attribute where none belongs', () => replaced('<action>', '<action kind="x">'), `${event}/action/@kind`, 'epcis.unknown-field', 0],
    ['an unknown element', () => replaced('<action>', '<colour>red</colour><action>'), `${event}/colour`, 'epcis.unknown-field', 0],
    ['an unknown event type', () => good.replaceAll('ObjectEvent', 'MovementEvent'), `${list}/MovementEvent[1]`, 'epcis.event-type', 0],
    ['a number with more digits than can be kept', () => replaced('>2.5<', '>123456789.123456789123<'), `${event}/quantityList/quantityElement[1]/quantity`, 'epcis.shape', 0],
    ['a reading that is not a number', () => replaced('value="4"', 'value="NaN"'), `${event}/sensorElementList/sensorElement[1]/sensorReport[1]/@value`, 'epcis.shape', 0],
    ['a name that reaches a prototype', () => replaced('<ex:inner>text</ex:inner>', '<__proto__><polluted>1</polluted></__proto__>'), `${event}/ex:note/__proto__`, 'json.forbidden-name', 0],
    ['an attribute that reaches a prototype', () => replaced('<ex:inner>', '<ex:inner __proto__="x" constructor="y">'), `${event}/ex:note/ex:inner`, 'json.forbidden-name', 0],
    ['nesting without bounds', () => replaced('text<', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}<`), `${event}/ex:note/ex:inner${'/a'.repeat(58)}`, 'xml.depth', 0],
    ['attributes without bounds', () => replaced('<ex:inner>', `<ex:inner ${Array.from({ length: 1000 }, (_, i) => `a${i}="1"`).join(' ')}>`), `${event}/ex:note`, 'xml.attributes', 0],
    ['namespaces without bounds', () => replaced('<ex:inner>', `<ex:inner ${Array.from({ length: 1000 }, (_, i) => `xmlns:a${i}="urn:x:1"`).join(' ')}>`), `${event}/ex:note`, 'xml.attributes', 0],
    ['elements without bounds', () => replaced('<ex:inner>', `${'<ex:a/>'.repeat(60_000)}<ex:inner>`), `${event}/ex:note`, 'xml.elements', 0],
    ['a comment without bounds', () => replaced('<ex:inner>', `<!--${'-x'.repeat(1_000_000)}--><ex:inner>`), `${event}/ex:note`, 'xml.length', 0],
  ];
  test.each(kinds.map(([name, text, path, rule, index]) => ({ name, text, path, rule, index })))('$name', ({ text, path, rule, index }) => {
    const [first, ...others] = judge(text());
    expect(first).toEqual({ ...(index === undefined ? {} : { event: index }), path, rule });
    for (const other of others) expect(other.rule).toBe(rule);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
