import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eventHash, parseContext, parseEpcisDocument, toQueryDocument } from '@dualchain/model';
import type { QueriedRecord } from '@dualchain/model';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const data = path.resolve(__dirname, '../../../../shared/data');
const schemaFile = path.join(data, 'gs1-epcis/EPCIS-JSON-Schema.json');
const here = existsSync(schemaFile);
if (!here) process.stderr.write(`SKIP query documents against the official schema: ${schemaFile} is not on this machine\n`);

const record = (event: Record<string, unknown>, context: unknown, more: Partial<QueriedRecord> = {}): QueriedRecord => ({ id: eventHash(event, parseContext(context)).id, capturedAt: '2026-11-24T10:00:00.000Z', context, event, ...more });
const observed = { type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-11-24T08:00:00Z', eventTimeZoneOffset: '+00:00', epcList: ['urn:epc:id:sgtin:9524001.000012.7'] };

test('events bring their namespaces; where two disagree about a prefix, the later event carries its own and keeps its meaning', () => {
  const first = { ...observed, 'own:colour': 'red' };
  const second = { ...observed, 'own:colour': 'blue' };
  const document = toQueryDocument([record(first, [{ own: 'https://a.example/' }]), record(second, [{ own: 'https://b.example/' }, 'https://c.example/context.jsonld'])]);
  const names = parseContext(document['@context']);
  expect(names.prefixes['own']).toBe('https://a.example/');
  const [one, two] = document.epcisBody.queryResults.resultsBody.eventList;
  const bare = ({ eventID: _id, recordTime: _time, ...event }: Readonly<Record<string, unknown>>) => event;
  expect(eventHash(bare(one!), names).id).toBe(one!['eventID']);
  expect(eventHash(bare(two!), names).id).toBe(two!['eventID']);
});

test('an event that was declared to be an error later stands there twice, the second time with its declaration', () => {
  const errorDeclaration = { declarationTime: '2026-11-25T08:00:00Z', reason: 'did_not_occur' };
  const [first, second, ...rest] = toQueryDocument([record(observed, null, { declarations: [{ capturedAt: new Date('2026-11-25T09:00:00Z'), errorDeclaration }] })]).epcisBody.queryResults.resultsBody.eventList;
  expect([first?.['errorDeclaration'], first?.['recordTime']]).toEqual([undefined, '2026-11-24T10:00:00.000Z']);
  expect(second).toEqual({ ...first, errorDeclaration, recordTime: '2026-11-25T09:00:00.000Z' });
  expect(rest).toEqual([]);
});

(here ? describe : describe.skip)('against the official JSON schema', () => {
  const validator = () => addFormats(new Ajv({ strict: false, allErrors: true })).compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
  const files = here ? [...readdirSync(path.join(data, 'gs1-epcis')).filter((name) => name.endsWith('.jsonld')).map((name) => path.join('gs1-epcis', name)), 'whole-chain/all_wholechain_events.jsonld'] : ['none'];

  it.each(files)('%s, answered as a query, is valid, and its events are what they were', (file) => {
    const input = parseEpcisDocument(readFileSync(path.join(data, file)));
    const records = input.events.map(({ event }) => record(event, input.rawContext ?? null));
    const document = toQueryDocument(records, { createdAt: new Date('2026-11-24T12:00:00Z') });
    const validate = validator();
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors).toBeNull();
    // Read as a document again, each event has the id that it had.
    const again = parseEpcisDocument(JSON.stringify(document));
    expect(again.events.map(({ event: { eventID: _id, recordTime: _time, ...event } }) => eventHash(event, again.context).id)).toEqual(records.map(({ event: { eventID: _id, recordTime: _time, ...event }, context }) => eventHash(event, parseContext(context)).id));
  });

  it('refuses a document of a type that there is not', () => {
    expect(validator()({ ...toQueryDocument([]), type: 'EPCISAnswer' })).toBe(false);
  });
});
