import * as fc from 'fast-check';
import { EpcisDocumentStream } from './document-stream';
import { EpcisInputError } from './input-error';
import { parseEpcisDocument } from './input';
import { epcisDocument } from './testing';
import type { EpcisInputEvent } from './types';
import { writeEpcisXml } from './xml';
import { parseContext } from './context';

function read(bytes: Uint8Array, cuts: readonly number[] = [], from = 0) {
  const events: EpcisInputEvent[] = [];
  const known: unknown[] = [];
  const stream: EpcisDocumentStream = new EpcisDocumentStream((event) => {
    events.push(event);
    known.push(stream.contextKnown ? stream.rawContext : undefined);
  }, { from });
  let begin = 0;
  for (const end of [...cuts].sort((a, b) => a - b)) {
    stream.write(bytes.subarray(begin, end));
    begin = end;
  }
  stream.write(bytes.subarray(begin));
  stream.end();
  return { events, known, count: stream.count, context: stream.rawContext, syntax: stream.syntax };
}

const cutsOf = (length: number) => fc.array(fc.nat(length), { maxLength: 12 });
const encoded = (text: string) => Buffer.from(text, 'utf8');

const refusal = (input: Uint8Array, cuts: readonly number[] = []) => {
  try {
    read(input, cuts);
  } catch (error) {
    if (error instanceof EpcisInputError) return error.problems[0];
    throw error;
  }
  return undefined;
};

it('reads a document in any pieces as the whole of it is read', () => {
  fc.assert(
    fc.property(
      epcisDocument(4).chain(({ document, events, context }) => {
        const json = encoded(JSON.stringify(document, undefined, 1));
        const xml = encoded(writeEpcisXml(events, parseContext(context), { creationDate: '2026-01-01T00:00:00Z' }));
        return fc.record({ json: fc.constant(json), xml: fc.constant(xml), jsonCuts: cutsOf(json.length), xmlCuts: cutsOf(xml.length), from: fc.nat(events.length) });
      }),
      ({ json, xml, jsonCuts, xmlCuts, from }) => {
        for (const [bytes, cuts] of [[json, jsonCuts], [xml, xmlCuts]] as const) {
          const whole = parseEpcisDocument(bytes);
          const found = read(bytes, cuts);
          expect(found.events).toEqual(whole.events);
          expect({ syntax: found.syntax, context: found.context, count: found.count }).toEqual({ syntax: whole.syntax, context: whole.rawContext, count: whole.events.length });
          for (const context of found.known) expect(context).toEqual(whole.rawContext);
          const rest = read(bytes, cuts, from);
          expect([rest.events, rest.count]).toEqual([whole.events.slice(from), whole.events.length]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

const event = { type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-01-01T00:00:00Z', eventTimeZoneOffset: '+00:00', epcList: ['urn:epc:id:sgtin:9524002.000001.1'] };
const frame = { type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z' };
const context = 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld';
const documentText = JSON.stringify({ '@context': context, ...frame, epcisBody: { eventList: [event, event] } });

it.each([
  ['one event', event, 1],
  ['a list of events', [event, event, event], 3],
  ['a document with a single event', { '@context': context, ...frame, epcisBody: { event } }, 1],
  ['a document whose fields have the names of lists', { '@context': [context, { own: 'urn:own:' }], ...frame, 'own:eventList': [[1]], 'own:epcisBody': { eventList: [1] }, epcisBody: { eventList: [event] } }, 1],
])('reads %s', (_, value, count) => {
  const bytes = encoded(JSON.stringify(value));
  const whole = parseEpcisDocument(bytes);
  for (let cut = 0; cut < bytes.length; cut += 7) expect(read(bytes, [cut])).toMatchObject({ events: whole.events, count, context: whole.rawContext });
});

it('tells that a context came after the events, and knows it at the end', () => {
  const late = read(encoded(JSON.stringify({ ...frame, epcisBody: { eventList: [event] }, '@context': context })));
  expect(late).toMatchObject({ known: [undefined], context });
});

it('reads UTF-16 and characters that are cut in two', () => {
  const text = JSON.stringify([{ ...event, 'rdfs:comment': 'сушёный перец 🌶 辣椒' }]);
  const expected = parseEpcisDocument(text).events;
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  for (const bytes of [encoded(text), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), encoded(text)]), utf16]) {
    for (let cut = 200; cut < bytes.length; cut += 1) expect(read(bytes, [cut]).events).toEqual(expected);
  }
});

const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
const inList = (text: string) => `[${JSON.stringify(event)},${text}]`;

it.each([
  ['a file that is cut off in an event', documentText.slice(0, -60), 'json.syntax', /ends in the middle of an event.*Line 1, character \d+, after 1 events/],
  ['a file that is cut off after the list', documentText.slice(0, -1), 'json.syntax', /ends in the middle: it was cut off/],
  ['something behind the end', `${documentText}{}`, 'json.syntax', /not JSON/],
  ['an event that is no JSON', inList('{"type":nothing}'), 'json.syntax', /The event is not JSON.*after 1 events/],
  ['brackets that do not match', inList('{"a":[1}]}'), 'json.syntax', /not JSON|ends in the middle/],
  ['two commas', `[${JSON.stringify(event)},,${JSON.stringify(event)}]`, 'json.syntax', /","/],
  ['no comma', `[${JSON.stringify(event)} ${JSON.stringify(event)}]`, 'json.syntax', /comma or its end/],
  ['a comma at the end', inList(''), 'json.syntax', /an event must stand/],
  ['an event that is text', inList('"text"'), 'epcis.event', /must be a JSON object/],
  ['an event nested 10,000 deep', inList(nested(10_000)), 'json.depth', /deeper than 64/],
  ['a frame nested 10,000 deep', nested(10_000), 'json.depth', /deeper than 64/],
  ['an event of 9 million characters', inList(`{"a":"${'x'.repeat(9_000_000)}"}`), 'epcis.too-large', /longer than 8388608/],
  ['a name that reaches prototypes', inList('{"__proto__":{"a":1}}'), 'json.forbidden-name', /__proto__/],
  ['a null byte', inList('{"a":"\\u0000"}'), 'json.control-character', /null byte/],
  ['two lists', JSON.stringify({ '@context': context, ...frame, epcisBody: { eventList: [event], queryResults: { resultsBody: { eventList: [event] } } } }), 'epcis.event-list', /two lists/],
  ['a list in the wrong place', JSON.stringify({ '@context': context, ...frame, epcisBody: { queryResults: { resultsBody: { eventList: [event] } } } }), 'epcis.event-list', /array of events/],
  ['no events', JSON.stringify({ '@context': context, ...frame, epcisBody: { eventList: [] } }), 'epcis.no-events', /no events/],
  ['nothing', '', 'json.syntax', /not JSON/],
  ['XML that is cut off', '<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"><EPCISBody>', 'xml.syntax', /./],
])('refuses %s, with the place', (_, text, rule, message) => {
  const bytes = encoded(text);
  for (const cuts of [[], [Math.floor(bytes.length / 2)], [Math.max(0, bytes.length - 3)]]) expect(refusal(bytes, cuts)).toMatchObject({ rule, message: expect.stringMatching(message) as string });
});

it('names the byte that is no text, wherever the pieces are cut', () => {
  for (const wrong of [0xff, 0x80, 0xc3]) {
    const bytes = Buffer.concat([encoded(documentText), Buffer.from('ж'), Buffer.from([wrong]), Buffer.from('"x"')]);
    const place = bytes.length - 4;
    for (const cut of [300, place - 1, place, place + 1]) {
      const { rule, message } = refusal(bytes, [cut]) ?? {};
      expect(rule).toBe('text.encoding');
      expect(Math.abs(Number(/at byte (\d+)/.exec(message ?? '')?.[1]) - place)).toBeLessThanOrEqual(wrong === 0xc3 ? 1 : 0);
    }
  }
});
