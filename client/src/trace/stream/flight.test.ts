import { Flight } from './flight';

/** Work that ends when the test says so. */
function piece(name: string, keys: readonly string[], log: string[]) {
  let settle: { resolve: (value: string) => void; reject: (error: Error) => void } | undefined;
  const ended = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    end: () => settle?.resolve(name),
    fail: () => settle?.reject(new Error(name)),
    work: { keys, run: () => (log.push(`begin ${name}`), ended), done: (result: string) => void log.push(`done ${result}`) },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('runs together what has nothing in common, and the rest in order', async () => {
  const log: string[] = [];
  const flight = new Flight<string>(3);
  const [a, b, c] = [piece('a', ['x', 'y'], log), piece('b', ['z'], log), piece('c', ['y'], log)];
  await flight.add(a.work);
  await flight.add(b.work);
  const third = flight.add(c.work);
  b.end();
  await turn();
  expect(log).toEqual(['begin a', 'begin b']);
  a.end();
  await third;
  c.end();
  await flight.end();
  expect(log.filter((line) => line.startsWith('done'))).toEqual(['done a', 'done b', 'done c']);
  expect(log.indexOf('begin c')).toBeGreaterThan(log.indexOf('begin b'));
});

it('has no more under way than it may', async () => {
  const log: string[] = [];
  const flight = new Flight<string>(2);
  const pieces = ['a', 'b', 'c'].map((name) => piece(name, [name], log));
  const adding = (async () => {
    for (const { work } of pieces) await flight.add(work);
  })();
  await turn();
  expect(log).toEqual(['begin a', 'begin b']);
  pieces.forEach(({ end }) => end());
  await adding;
  await flight.end();
  expect(log.slice(-3)).toEqual(expect.arrayContaining(['done c']));
});

it('ends with the first failure: nothing begins after it, nothing behind it counts as done', async () => {
  const log: string[] = [];
  const flight = new Flight<string>(3);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => piece(name, [name], log)) as [ReturnType<typeof piece>, ReturnType<typeof piece>, ReturnType<typeof piece>, ReturnType<typeof piece>];
  for (const { work } of [a, b, c]) await flight.add(work);
  c.end();
  b.fail();
  await turn();
  const refused = expect(flight.add(d.work)).rejects.toThrow('b');
  a.end();
  await refused;
  await expect(flight.end()).rejects.toThrow('b');
  expect(log).toEqual(['begin a', 'begin b', 'begin c', 'done a']);
});

it('fails where noting it down fails', async () => {
  const flight = new Flight<string>(1);
  await flight.add({ keys: [], run: () => Promise.resolve('a'), done: () => Promise.reject(new Error('the disk is full')) });
  await expect(flight.end()).rejects.toThrow('the disk is full');
});
