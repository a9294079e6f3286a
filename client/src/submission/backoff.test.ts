import { performance } from 'node:perf_hooks';
import { backoffDelay, pause, throwIfAborted } from './backoff';

const retry = { attempts: 8, baseDelay: 50, maxDelay: 2_000 };

it('doubles the pause up to its bound, with full jitter', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffDelay(retry, attempt, () => 0.999_999));
  expect(longest).toEqual([49, 99, 199, 399, 799, 1599, 1999, 1999]);
  expect(backoffDelay(retry, 5, () => 0)).toBe(0);
  const drawn = new Set(Array.from({ length: 200 }, () => backoffDelay(retry, 6)));
  expect(drawn.size).toBeGreaterThan(50);
  expect(Math.max(...drawn)).toBeLessThan(1600);
});

it('ends a pause when the caller aborts', async () => {
  const stop = new AbortController();
  const began = performance.now();
  const pausing = pause(60_000, stop.signal);
  stop.abort();
  await expect(pausing).rejects.toMatchObject({ code: 'ABORTED' });
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(() => throwIfAborted(stop.signal)).toThrow(expect.objectContaining({ code: 'ABORTED' }));
  expect(() => throwIfAborted(undefined)).not.toThrow();
});
