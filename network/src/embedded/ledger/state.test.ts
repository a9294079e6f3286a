import { utf8 } from '../protos';
import { WorldState } from './state';

const at = (blockNum: number) => ({ blockNum, txNum: 0 });
const by = (txId: string) => ({ txId, timestamp: { seconds: 0, nanos: 0 } });
const put = (key: string, value: string) => ({ key, value: utf8(value), isDelete: false });
const gone = (key: string) => ({ key, value: new Uint8Array(), isDelete: true });
const policy = new Map([['VALIDATION_PARAMETER', utf8('p')]]);

/** State after blocks of one write each. */
function after(writes: readonly ReturnType<typeof put>[]): WorldState[] {
  const states = [new WorldState()];
  writes.forEach((write, index) => {
    const draft = states[index]!.next();
    draft.write('cc', write, index === 0 ? policy : undefined, at(index + 1), by(`tx${index + 1}`));
    states.push(draft.done(index + 1));
  });
  return states;
}

const shown = (state: WorldState, key: string) => Buffer.from(state.getState('cc', key)?.value ?? []).toString();

it('leaves the states before a block as they were', () => {
  const states = after([put('a', '1'), put('b', '2'), gone('a'), put('a', '3')]);
  expect(states.map((state) => [shown(state, 'a'), shown(state, 'b')])).toEqual([['', ''], ['1', ''], ['1', '2'], ['', '2'], ['3', '2']]);
  expect(new Set(states.map((state) => state.hash())).size).toBe(5);
  expect([...states[2]!.getStateRange('cc', '', '')].map(({ key }) => key)).toEqual(['a', 'b']);
});

it('keeps the history of a key over its deletion, and metadata until then', () => {
  const [, first, second, , last] = after([put('a', '1'), put('a', '2'), gone('a'), put('a', '3')]);
  expect(second!.getState('cc', 'a')?.metadata).toEqual(policy);
  expect(last!.getState('cc', 'a')?.metadata.size).toBe(0);
  expect(last!.history('cc', 'a').map(({ txId, isDelete }) => [txId, isDelete])).toEqual([['tx4', false], ['tx3', true], ['tx2', false], ['tx1', false]]);
  expect(first!.history('cc', 'a').map(({ txId }) => txId)).toEqual(['tx1']);
});

it('ends the hash of a private value with its block, unless it was written again', () => {
  const hash = (state: WorldState) => state.getHashed('cc', 'c', Uint8Array.from([0xaa]))?.version.blockNum;
  const draft = new WorldState().next();
  draft.writeHash('cc', 'c', 'aa', utf8('h'), undefined, at(1));
  draft.endHash(3, { namespace: 'cc', collection: 'c', keyHash: 'aa', version: at(1) });
  const first = draft.done(1);
  expect([hash(first), hash(first.next().done(3))]).toEqual([1, undefined]);
  const again = first.next();
  again.writeHash('cc', 'c', 'aa', utf8('h'), undefined, at(2));
  expect(hash(again.done(2).next().done(3))).toBe(2);
});

it('two states with the same content have the same hash, whatever the way', () => {
  const [together, apart] = [new WorldState().next(), new WorldState().next()];
  for (const key of ['a', 'b']) together.write('cc', put(key, '1'), undefined, at(1), by('tx'));
  for (const key of ['b', 'a']) apart.write('cc', put(key, '1'), undefined, at(1), by('tx'));
  expect(together.done(1).hash()).toBe(apart.done(1).hash());
});
