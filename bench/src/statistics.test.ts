import { isMet } from './report';
import { median, percentile, rounded } from './statistics';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test('percentiles are by nearest rank, and do not reorder what they are given', () => {
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
  expect(hundred[0]).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBe(0);
});

test('the median of an even number is between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([5])]).toEqual([2, 2.5, 5]);
});

test('figures keep so many digits', () => {
  expect([rounded(123.456), rounded(0.0123456), rounded(5, 3)]).toEqual([123.5, 0.01235, 5]);
});

test('a target is met by a figure within its bounds; what is not there must have been skipped', () => {
  const target = { ratio: { atLeast: 0.6 }, winners: { atLeast: 1, atMost: 1 } };
  const met = (figures: Record<string, number>, skipped: Record<string, string> = {}) => isMet({ target, figures, skipped });
  expect([met({ ratio: 0.6, winners: 1 }), met({ ratio: 0.59, winners: 1 }), met({ ratio: 1, winners: 2 }), met({ winners: 1 }), met({ winners: 1 }, { ratio: 'no Fabric' })]).toEqual([true, false, false, false, true]);
});
