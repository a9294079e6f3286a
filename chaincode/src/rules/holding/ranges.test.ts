import * as fc from 'fast-check';
import { codeOf, shownBy } from '../testing/refusal';
import { formatRange, joinRanges, rangeOf, requireCover, sizeOf, splitRange } from './ranges';
import type { Range } from './ranges';

const sizes = fc.array(fc.bigInt({ min: 1n, max: 10n ** 14n }), { minLength: 1, maxLength: 20 });
const start = fc.bigInt({ min: 1n, max: 10n ** 14n });
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const whole = (from: bigint, amounts: readonly bigint[]): Range => ({ from, to: from + sum(amounts) - 1n });
const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

test('parts partition the range: right sizes, disjoint, nothing left over', () => {
  fc.assert(
    fc.property(start, sizes, (from, amounts) => {
      const parts = splitRange(whole(from, amounts), amounts);
      expect(parts.map(sizeOf)).toEqual(amounts);
      let next = from;
      for (const part of parts) {
        expect(part.from).toBe(next);
        next = part.to + 1n;
      }
      expect(next).toBe(from + sum(amounts));
    }),
  );
});

test('what was split joins to what it was, in any order', () => {
  fc.assert(
    fc.property(
      fc.tuple(start, sizes).chain(([from, amounts]) => fc.tuple(fc.constant(whole(from, amounts)), shuffled(splitRange(whole(from, amounts), amounts)))),
      ([range, parts]) => expect(joinRanges(parts)).toEqual(range),
    ),
  );
});

test('amounts that do not add up are refused, one minor unit more or less alike', () => {
  fc.assert(
    fc.property(start, sizes, fc.constantFrom(-1n, 1n), (from, amounts, error) => {
      const range = whole(from, amounts);
      fc.pre(range.to + error >= range.from);
      expect(codeOf(() => splitRange({ from, to: range.to + error }, amounts))).toBe('AMOUNT_MISMATCH');
    }),
  );
  expect(codeOf(() => splitRange({ from: 1n, to: 10n }, [0n, 10n]))).toBe('AMOUNT_TOO_SMALL');
  expect(codeOf(() => splitRange({ from: 1n, to: 10n }, [-5n, 15n]))).toBe('AMOUNT_TOO_SMALL');
});

test('ranges with a gap or an overlap do not join', () => {
  const cases: Range[][] = [
    [{ from: 1n, to: 5n }, { from: 7n, to: 9n }],
    [{ from: 1n, to: 5n }, { from: 5n, to: 9n }],
    [{ from: 1n, to: 5n }, { from: 1n, to: 5n }],
    [],
  ];
  for (const ranges of cases) expect(codeOf(() => joinRanges(ranges))).toBe('AMOUNT_MISMATCH');
});

test('exactly 1…face is covered: not with a part missing, twice, shifted or too much', () => {
  fc.assert(
    fc.property(
      sizes.chain((amounts) => fc.tuple(fc.constant(amounts), shuffled(splitRange(whole(1n, amounts), amounts)), fc.nat({ max: amounts.length - 1 }))),
      ([amounts, parts, index]) => {
        const face = sum(amounts);
        requireCover(parts, face);
        const part = parts[index]!;
        expect(codeOf(() => requireCover(parts.filter((_, each) => each !== index), face))).toBe('AMOUNT_MISMATCH');
        expect(codeOf(() => requireCover([...parts, part], face))).toBe('AMOUNT_MISMATCH');
        expect(codeOf(() => requireCover(parts.map((each) => ({ from: each.from + 1n, to: each.to + 1n })), face))).toBe('AMOUNT_MISMATCH');
        expect(codeOf(() => requireCover(parts, face - 1n))).toBe('AMOUNT_MISMATCH');
        expect(codeOf(() => requireCover(parts, face + 1n))).toBe('AMOUNT_MISMATCH');
      },
    ),
  );
  expect(codeOf(() => requireCover([{ from: 1n, to: 0n }, { from: 1n, to: 5n }], 5n))).toBe('AMOUNT_MISMATCH');
});

test('a range survives its written form, and no refusal shows a figure', () => {
  fc.assert(fc.property(start, sizes, (from, amounts) => expect(rangeOf(formatRange(whole(from, amounts)))).toEqual(whole(from, amounts))));
  for (const refused of [() => splitRange({ from: 71n, to: 82n }, [71n, 82n]), () => splitRange({ from: 71n, to: 82n }, [0n, 12n]), () => joinRanges([{ from: 71n, to: 72n }, { from: 82n, to: 82n }]), () => requireCover([{ from: 71n, to: 82n }], 82n)]) expect(shownBy(refused)).not.toMatch(/\d/);
});
