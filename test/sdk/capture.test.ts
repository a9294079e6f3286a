import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { CaptureProgress } from '../../client/src';
import { canonicalId } from '../../client/src';
import { canonicalEvent, parseContext, parseEpcisDocument, writeEpcisXml } from '../../model/src';
import { describeWithData, root } from '../support/data';
import { withNetwork } from '../support/network';

const network = withNetwork('embedded');
const timeout = 60_000;

const objectEvent = (place: number, { action = 'OBSERVE', item = `urn:epc:id:sgtin:9524002.000001.${place}` } = {}) => ({
  type: 'ObjectEvent',
  action,
  eventTime: new Date(Date.UTC(2026, 0, 1) + place * 60_000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  epcList: [item],
  bizStep: action === 'ADD' ? 'commissioning' : 'inspecting',
});
const lot = (place: number) => `urn:epc:class:lgtin:9524002.000002.STEP-${place}`;

it('captures a long list in order, in transactions below a megabyte, and tells how far it is', async () => {
  const farm = await network.as('farm');
  const events = Array.from({ length: 1100 }, (_, place) => objectEvent(place));
  const progress: CaptureProgress[] = [];
  const report = await farm.trace.capture(events, { onProgress: (step) => progress.push(step) });
  expect(report).toMatchObject({ total: 1100, refused: [] });
  expect(report.captured.map(({ index }) => index)).toEqual(events.map((_, index) => index));
  const blocks = [...new Set(report.captured.map(({ blockNumber }) => blockNumber))];
  expect(blocks.length).toBeGreaterThanOrEqual(3);
  expect(progress[0]).toEqual({ total: 1100, captured: 0, refused: 0 });
  expect(progress).toHaveLength(blocks.length + 1);
  expect(progress.at(-1)).toEqual({ total: 1100, captured: 1100, refused: 0 });
  for (const number of blocks) {
    for await (const { bytes } of farm.events.blocks({ from: number, to: number })) expect(bytes.length).toBeLessThan(1_000_000);
  }
  const { eventId } = report.captured[0]!;
  expect(await farm.trace.getEvent(eventId)).toMatchObject({ id: eventId, reporter: 'FarmMSP', event: events[0], capturedAt: expect.any(Date) });
  expect(await farm.trace.getEvent(`${eventId.slice(0, 20)}${'0'.repeat(56)}?ver=CBV2.0`)).toBeUndefined();
}, timeout);

it('takes the same events again as the same', async () => {
  const farm = await network.as('farm');
  const events = [objectEvent(5000), objectEvent(5001)];
  const first = await farm.trace.capture(events);
  const again = await farm.trace.capture([...events, objectEvent(5002)]);
  expect(first.captured.map(({ already }) => already)).toEqual([undefined, undefined]);
  expect(again.captured.map(({ already }) => already)).toEqual([true, true, undefined]);
  expect(again.captured.slice(0, 2).map(({ eventId }) => eventId)).toEqual(first.captured.map(({ eventId }) => eventId));
}, timeout);

it('captures XML as the same events, and gives back what was said', async () => {
  const farm = await network.as('farm');
  const context = { ex: 'https://ex.example/voc/' };
  const rich = { ...objectEvent(5100, { action: 'ADD' }), '@context': { own: 'urn:x-own:voc:' }, ilmd: { 'cbvmda:lotNumber': 'L1' }, 'ex:grade': ['1', { '#text': '2', 'own:by': 'Ada' }], sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 4.5, uom: 'CEL', 'ex:probe': 'p' }] }] };
  const events = [rich, objectEvent(5101)];
  const xml = writeEpcisXml(events, parseContext(context), { creationDate: '2026-01-01T00:00:00Z' });
  const { captured } = await farm.trace.capture(xml);
  const document = parseEpcisDocument(xml);
  for (const [place, { eventId }] of captured.entries()) {
    const stored = await farm.trace.requireEvent(eventId);
    expect(canonicalEvent(stored.event, parseContext(stored.context))).toBe(canonicalEvent(events[place]!, parseContext(context)));
    expect(stored.event).toEqual(document.events[place]!.event);
  }
  const again = await farm.trace.capture({ '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', context], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z', epcisBody: { eventList: events } });
  expect(again.captured.map(({ eventId, already }) => [eventId, already])).toEqual(captured.map(({ eventId }) => [eventId, true]));
  const bad = xml.replace('<bizStep>urn:epcglobal:cbv:bizstep:inspecting</bizStep>', '<bizStep>dancing</bizStep>');
  const refusal = await network.refused('farm', 'INVALID_EPCIS', () => farm.trace.capture(Buffer.from(bad)));
  expect(refusal.details['problems']).toMatchObject([{ event: 1, path: '/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[2]/bizStep', rule: 'cbv.biz-step' }]);
}, timeout);

it('refuses the whole of it for one bad event, or captures the rest, as asked', async () => {
  const farm = await network.as('farm');
  const height = await network.height('farm');
  const events = [objectEvent(6000), { ...objectEvent(6001), bizStep: 'dancing' }, objectEvent(6002)];
  const refusal = await network.refused('farm', 'INVALID_EPCIS', () => farm.trace.capture(events));
  expect(refusal.details['problems']).toMatchObject([{ event: 1, path: '$[1].bizStep', rule: 'cbv.biz-step' }]);
  expect(await network.height('farm')).toBe(height);
  const report = await farm.trace.capture(events, { mode: 'proceed' });
  expect(report.captured.map(({ index }) => index)).toEqual([0, 2]);
  expect(report.refused).toMatchObject([{ index: 1, problems: [{ path: '$[1].bizStep', rule: 'cbv.biz-step' }] }]);
}, timeout);

it('tells in terms of the input what only the ledger can refuse, and what was captured before', async () => {
  const farm = await network.as('farm');
  const born = { action: 'ADD', item: 'urn:epc:id:sgtin:9524002.000003.BORN' };
  await farm.trace.capture(objectEvent(7000, born));
  const events = [...Array.from({ length: 600 }, (_, place) => objectEvent(8000 + place)), objectEvent(9000, born)];
  const refusal = await network.refused('farm', 'INVALID_EPCIS', () => farm.trace.capture(events));
  expect(refusal.message).toContain('$[600].epcList');
  expect(refusal.details['problems']).toMatchObject([{ event: 600, path: '$[600].epcList', rule: 'trace.exists' }]);
  const captured = refusal.details['captured'] as { index: number; eventId: string }[];
  expect(captured.length).toBeGreaterThanOrEqual(400);
  expect(await farm.trace.getEvent(captured.at(-1)!.eventId)).toBeDefined();
  const report = await farm.trace.capture(events, { mode: 'proceed' });
  expect(report.captured.filter(({ already }) => already === true)).toHaveLength(captured.length);
  expect(report.refused).toMatchObject([{ index: 600, problems: [{ event: 600, path: '$[600].epcList', rule: 'trace.exists' }] }]);
}, timeout);

it('reads text, bytes, files, streams and parsed documents alike', async () => {
  const farm = await network.as('farm');
  const file = path.join(root, 'scenarios/chongqing/epcis/01-farm-harvest-and-drying.jsonld');
  const text = readFileSync(file, 'utf8');
  const ids = async (source: Parameters<typeof farm.trace.capture>[0]) => (await farm.trace.capture(source)).captured.map(({ eventId }) => eventId);
  const expected = await ids(file);
  expect(expected.length).toBeGreaterThan(0);
  for (const source of [text, `\ufeff${text}`, Buffer.from(text), pathToFileURL(file), Readable.from([Buffer.from(text.slice(0, 100)), text.slice(100)]), JSON.parse(text) as object]) expect(await ids(source)).toEqual(expected);
}, timeout);

it('follows a chain beyond what one answer holds, both ways', async () => {
  const farm = await network.as('farm');
  const hops = 250;
  const events = Array.from({ length: hops }, (_, place) => ({
    type: 'TransformationEvent',
    eventTime: new Date(Date.UTC(2026, 0, 2) + place * 60_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    inputQuantityList: [{ epcClass: lot(place), quantity: 1, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: lot(place + 1), quantity: 1, uom: 'KGM' }],
  }));
  await farm.trace.capture(events);
  const chain = Array.from({ length: hops + 1 }, (_, place) => canonicalId(lot(place)));
  const forward = await farm.trace.traceForward({ id: lot(0) });
  expect(forward.nodes.map(({ id, depth }) => [id, depth])).toEqual(chain.map((id, depth) => [id, depth]));
  expect(forward).toMatchObject({ truncated: false, frontier: [], cut: [] });
  expect(forward.edges).toHaveLength(hops);
  expect(forward.events).toHaveLength(hops);
  const back = await farm.trace.traceBack({ id: lot(hops) });
  expect(back.nodes.map(({ id }) => id)).toEqual([...chain].reverse());
  const near = await farm.trace.traceForward({ id: lot(0), depth: 130 });
  expect(near.nodes).toHaveLength(131);
  expect(near.truncated).toBe(true);
  const few = await farm.trace.traceForward({ id: lot(0), limit: 120 });
  expect(few.truncated).toBe(true);
  expect(few.nodes.length).toBeGreaterThanOrEqual(120);
  expect(few.nodes.length).toBeLessThan(130);

  const story = [];
  for await (const { event } of farm.trace.eventsOf({ id: lot(7), pageSize: 1 })) story.push(event);
  expect(story).toEqual([events[6], events[7]]);
}, timeout);

describeWithData('whole-chain', (directory) => {
  it('captures a whole chain and finds all that went into its last lot', async () => {
    // Read off the document by hand: more of it was shipped and used than was fished.
    network.doubt(canonicalId('urn:gdst:example.org:product:lot:class:fisherman01.tuna.v1-0122-2022'));
    const farm = await network.as('farm');
    const report = await farm.trace.capture(path.join(directory, 'all_wholechain_events.jsonld'));
    expect([report.captured.length, report.total]).toEqual([31, 31]);
    const last = 'urn:gdst:example.org:product:lot:class:processor.2.v1-0122-2022';
    const { nodes, edges } = await farm.trace.traceBack({ id: last });
    expect(nodes[0]).toMatchObject({ id: canonicalId(last), depth: 0, via: 'start' });
    expect(nodes.some(({ id }) => id.includes('feedmill.1'))).toBe(true);
    const known = new Set(nodes.map(({ id }) => id));
    expect(edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
  }, timeout);
});
