import { verbs } from '../../model/src';
import { openings } from './openings';
import { outside } from './outside';
import { kinds } from './wheel';

const tried = kinds.flatMap(({ name, verbs: several = [name] }) => several);
/** Verbs that write, of all contracts but the one of the goods. */
const moneyChain = Object.entries(verbs).flatMap(([contract, group]) => (contract === 'trace' ? [] : Object.values(group).flatMap(({ kind, name }) => (kind === 'submit' ? [name] : []))));

describe('the random sequences', () => {
  it('try every verb of the money chain, or say why not', () => {
    expect([...tried, ...Object.keys(outside)].sort()).toEqual([...moneyChain].sort());
  });

  it('have one kind for each verb, and openings of kinds that there are', () => {
    const names = kinds.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(openings.flatMap(({ steps }) => steps.map(([name]) => name)).filter((name) => !names.includes(name))).toEqual([]);
  });
});
