import * as fc from 'fast-check';
import { canonicalJson } from '../canonical';
import { packTrace, unpackTrace } from './index';
import type { TraceResult } from './index';

const id = fc.constantFrom('https://id.gs1.org/01/09521234543213/10/A', 'https://id.gs1.org/00/095212345678901235', 'urn:x:a', 'é', '0');
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `ni:///sha-256;${hex}?ver=CBV2.0`);
const eventId = fc.oneof(digest, fc.constantFrom('e1', 'e2', 'ni:///sha-256;00?ver=CBV2.0'));
const time = fc.integer({ min: 0, max: 9 }).map((hour) => `2026-01-01T0${hour}:00:00.000Z`);
const kind = fc.constantFrom('transformation' as const, 'aggregation' as const, 'association' as const);
const answer = fc.record({
  nodes: fc.uniqueArray(fc.record({ id, depth: fc.nat(9), via: fc.constantFrom('start' as const, 'transformation' as const, 'aggregation' as const, 'association' as const) }), { selector: (node) => node.id }),
  edges: fc.array(fc.record({ from: id, to: id, eventId, kind })),
  carriers: fc.array(fc.oneof(fc.record({ id, content: id, from: time }), fc.record({ id, content: id, from: time, until: time }))),
  events: fc.uniqueArray(eventId),
  truncated: fc.boolean(),
  frontier: fc.array(fc.record({ id, until: time, depth: fc.nat(9) })),
  cut: fc.array(id),
});

test('what is packed, sent as JSON and unpacked is the same answer', () => {
  fc.assert(fc.property(answer, (given: TraceResult & { cut: readonly string[] }) => expect(unpackTrace(JSON.parse(canonicalJson(packTrace(given))) as ReturnType<typeof packTrace<typeof given>>)).toEqual(given)));
});

test('each name stands once', () => {
  const event = `ni:///sha-256;${'ab'.repeat(32)}?ver=CBV2.0`;
  const packed = packTrace({ nodes: [{ id: 'out', depth: 0, via: 'start' }, { id: 'in', depth: 1, via: 'transformation' }], edges: [{ from: 'in', to: 'out', eventId: event, kind: 'transformation' }], carriers: [], events: [event], truncated: false, frontier: [] });
  expect(packed).toEqual({ ids: ['out', 'in'], nodes: [0, 0, 1, 1], events: ['ab'.repeat(32)], told: 1, edges: [1, 0, 0, 1], times: [], carriers: [], truncated: false, frontier: [] });
});
