import { SortedMap } from './sorted-map';

it('walks keys in UTF-8 byte order whatever the order of insertion', () => {
  const keys = [...Array.from({ length: 3000 }, (_, index) => `k${(index * 7919) % 3000}`), '\u{1f336}', '\uffee', '\u0000a', 'é', 'z'];
  const map = new SortedMap<string>();
  for (const key of keys) map.set(key, key);
  const expected = [...new Set(keys)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...map.range('', '')].map(([key]) => key)).toEqual(expected);
  expect([...map.range('k2', 'k3')].map(([key]) => key)).toEqual(expected.filter((key) => key >= 'k2' && key < 'k3'));
});

it('forgets deleted keys, down to none and up again', () => {
  const map = new SortedMap<number>();
  for (let index = 0; index < 1500; index += 1) map.set(`k${index}`, index);
  for (let index = 0; index < 1500; index += 1) if (index !== 700) map.delete(`k${index}`);
  expect([...map.range('', '')]).toEqual([['k700', 700]]);
  map.delete('k700');
  expect([map.size, [...map.range('', '')]]).toEqual([0, []]);
  map.set('k1', 1);
  expect([...map.range('k', '')]).toEqual([['k1', 1]]);
});

it('copies that go different ways do not touch each other', () => {
  const map = new SortedMap<number>();
  for (let index = 0; index < 500; index += 1) map.set(`k${index}`, index);
  const copy = map.copy();
  copy.delete('k3');
  copy.set('k4', -4);
  map.set('k5', -5);
  expect([map.get('k3'), map.get('k4'), map.get('k5')]).toEqual([3, 4, -5]);
  expect([copy.get('k3'), copy.get('k4'), copy.get('k5'), copy.size]).toEqual([undefined, -4, 5, 499]);
});
