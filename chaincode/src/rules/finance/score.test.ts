import { scoreOf } from './score';
import type { FoundWitnesses } from './score';

const found = (witnesses: readonly string[], count = 1, finance: FoundWitnesses['rule']['finance'] = ['with recourse', 'pledge']): FoundWitnesses => ({ rule: { claim: 'inspected', role: 'inspector', count, finance }, witnesses });

test('says which witnesses exist and how many are missing', () => {
  expect(scoreOf('pledge', [found(['A'], 2)])).toEqual({ finance: 'pledge', complete: false, rules: [{ claim: 'inspected', role: 'inspector', needed: 2, witnesses: ['A'], missing: 1 }] });
  expect(scoreOf('pledge', [found(['A', 'B', 'C'], 2)])).toMatchObject({ complete: true, rules: [{ missing: 0 }] });
});

test('asks for nothing where no rule names the kind of finance', () => {
  expect(scoreOf('without recourse', [found([])])).toEqual({ finance: 'without recourse', complete: true, rules: [] });
});

test('is complete only if every rule is met', () => {
  expect(scoreOf('with recourse', [found(['A']), found([], 1, ['with recourse'])])).toMatchObject({ complete: false, rules: [{ missing: 0 }, { missing: 1 }] });
});
