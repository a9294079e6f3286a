import { StateLock } from './state-lock';

it('lets simulations run together and a commit alone, and holds new simulations back behind a commit that waits', async () => {
  const lock = new StateLock();
  const order: string[] = [];
  const [one, two] = [await lock.share(), await lock.share()];
  const commit = lock.exclusive(() => order.push('commit'));
  const late = lock.share().then((release) => {
    order.push('simulation');
    release();
  });
  one();
  one();
  order.push('one released');
  two();
  await Promise.all([commit, late]);
  expect(order).toEqual(['one released', 'commit', 'simulation']);
  await lock.exclusive(() => order.push('next'));
  expect(order.at(-1)).toBe('next');
});
