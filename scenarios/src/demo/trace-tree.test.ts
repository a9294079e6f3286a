import type { TraceEdge } from '@dualchain/model';
import { traceTree } from './trace-tree';

const edge = (from: string, to: string, kind: TraceEdge['kind'] = 'transformation'): TraceEdge => ({ from, to, eventId: `${from}-${to}`, kind });
const label = (id: string) => id;

test('back shows what a lot was made of, forward what it went into', () => {
  const edges = [edge('pepper', 'dried'), edge('dried', 'base'), edge('oil', 'base'), edge('base', 'pallet', 'aggregation')];
  expect(traceTree('base', edges.slice(0, 3), { direction: 'back', label })).toEqual(['base', '├─ made of dried', '│  └─ made of pepper', '└─ made of oil']);
  expect(traceTree('pepper', [edges[0]!, edges[1]!, edges[3]!], { direction: 'forward', label })).toEqual(['pepper', '└─ went into dried', '   └─ went into base', '      └─ packed in pallet']);
});

test('a branch that was shown is not shown again, so mixing does not multiply lines', () => {
  const levels = 20;
  const edges = Array.from({ length: levels }, (_, level) => [0, 1].flatMap((a) => [0, 1].map((b) => edge(`${level}-${a}`, `${level + 1}-${b}`)))).flat();
  const lines = traceTree(`${levels}-0`, edges, { direction: 'back', label, maxLines: 1000 });
  expect(lines.length).toBeLessThan(levels * 4);
  expect(lines.some((line) => line.endsWith('(see above)'))).toBe(true);
});

test('cycles end', () => {
  expect(traceTree('a', [edge('b', 'a'), edge('a', 'b')], { direction: 'back', label })).toEqual(['a', '└─ made of b', '   └─ made of a (see above)']);
});

test('a large trace is bounded and says what is missing', () => {
  const edges = Array.from({ length: 100 }, (_, index) => edge(`in-${index}`, 'out'));
  const lines = traceTree('out', edges, { direction: 'back', label, maxLines: 11 });
  expect(lines).toHaveLength(12);
  expect(lines.at(-1)).toBe('… and 90 more');
});

test('several events between the same two show one branch', () => {
  expect(traceTree('b', [edge('a', 'b'), { ...edge('a', 'b'), eventId: 'other' }], { direction: 'back', label })).toEqual(['b', '└─ made of a']);
});
