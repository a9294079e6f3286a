import type { HoldingTerms } from '@dualchain/model';
import * as fc from 'fast-check';
import { certificate, holding, msp, now, sealed, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { firstHolding, mergeHoldings, requireActive, requireBound, requireOwner, splitHolding } from './holding';
import { rangeOf, sizeOf } from './ranges';

const split = (amounts: readonly bigint[], ids = amounts.map((_, index) => `P-${index}`)) => splitHolding(holding(), terms, ids, amounts, certificate(), msp.owner, now);
const free = (id: string, from: string, to: string, change: Partial<HoldingTerms> = {}) => ({ holding: holding({ id, certificateId: change.certificateId ?? 'C-1' }), terms: { ...terms, ...change, from, to } });
const merge = (parents: ReturnType<typeof free>[], into = 'M') => mergeHoldings(parents, into, certificate(), msp.owner, now);

describe('split', () => {
  test('spends the parent and makes free parts of the same claim, of the same size together', () => {
    const cuts = fc.uniqueArray(fc.bigInt({ min: 1n, max: 4999n }), { minLength: 1, maxLength: 19 });
    fc.assert(
      fc.property(cuts, (points) => {
        const ends = [...points.sort((a, b) => (a < b ? -1 : 1)), 5000n];
        const { parent, parts } = split(ends.map((end, index) => end - (ends[index - 1] ?? 0n)));
        expect(parent).toEqual({ ...holding(), state: 'spent', children: parts.map((part) => part.holding.id) });
        for (const part of parts) {
          expect(part.holding).toMatchObject({ state: 'free', owner: msp.owner, obligor: msp.obligor, authority: msp.authority, certificateId: 'C-1', parents: ['H-1'], assignments: [], createdAt: now });
          expect(part.terms).toMatchObject({ owner: msp.owner, obligor: msp.obligor, certificateId: 'C-1', currency: 'CNY' });
        }
        expect(parts.map((part) => sizeOf(rangeOf(part.terms))).reduce((a, b) => a + b)).toBe(5000n);
        const joined = merge(parts.map((part) => ({ holding: holding({ id: part.holding.id }), terms: part.terms })));
        expect(joined.terms).toEqual(terms);
      }),
    );
  });

  test('is refused by what is wrong with it', () => {
    expect(codeOf(() => split([2500n, 2501n]))).toBe('AMOUNT_MISMATCH');
    expect(codeOf(() => split([5000n, 0n]))).toBe('AMOUNT_TOO_SMALL');
    expect(codeOf(() => split([2500n, 2500n], ['P']))).toBe('INVALID_INPUT');
    expect(codeOf(() => split([2500n, 2500n], ['P', 'P']))).toBe('INVALID_INPUT');
    expect(codeOf(() => split([2500n, 2500n], ['P', 'H-1']))).toBe('INVALID_INPUT');
    expect(codeOf(() => splitHolding(holding(), terms, ['A', 'B'], [1n, 4999n], certificate({ state: 'due' }), msp.owner, now))).toBe('CERTIFICATE_NOT_ACTIVE');
    expect(codeOf(() => splitHolding(holding({ state: 'spent' }), terms, ['A', 'B'], [1n, 4999n], certificate(), msp.owner, now))).toBe('HOLDING_NOT_FREE');
    for (const refused of [() => split([2500n, 2501n]), () => split([5000n, 0n])]) expect(shownBy(refused)).not.toMatch(/\d{2}/);
  });
});

describe('merge', () => {
  test('joins what follows one another, in any order', () => {
    const { parents, whole, terms: joined } = merge([free('B', '3001', '4000'), free('A', '1001', '3000')]);
    expect(joined).toEqual({ ...terms, from: '1001', to: '4000' });
    expect(whole).toMatchObject({ id: 'M', state: 'free', owner: msp.owner, parents: ['B', 'A'], createdAt: now });
    expect(parents.map(({ state, children }) => [state, children])).toEqual([['spent', ['M']], ['spent', ['M']]]);
  });

  test('is refused by what is wrong with it', () => {
    const [a, b] = [free('A', '1001', '3000'), free('B', '3001', '4000')];
    expect(codeOf(() => merge([a, free('C', '3002', '4000')]))).toBe('AMOUNT_MISMATCH');
    expect(codeOf(() => merge([a, free('C', '3000', '4000')]))).toBe('AMOUNT_MISMATCH');
    expect(codeOf(() => merge([a, free('C', '3001', '4000', { certificateId: 'C-2' })]))).toBe('INVALID_INPUT');
    expect(codeOf(() => merge([a, a]))).toBe('INVALID_INPUT');
    expect(codeOf(() => merge([a, b], 'A'))).toBe('INVALID_INPUT');
    expect(codeOf(() => merge([]))).toBe('INVALID_INPUT');
    expect(codeOf(() => merge([a, { ...b, holding: holding({ id: 'B', state: 'quotes open' }) }]))).toBe('HOLDING_NOT_FREE');
    expect(codeOf(() => merge([a, { ...b, holding: holding({ id: 'B', owner: msp.receiver }) }]))).toBe('NOT_A_PARTY');
    expect(codeOf(() => mergeHoldings([a, b], 'M', certificate({ state: 'settled' }), msp.owner, now))).toBe('CERTIFICATE_NOT_ACTIVE');
    expect(shownBy(() => merge([a, free('C', '3002', '4000')]))).not.toMatch(/\d{2}/);
  });
});

describe('a sealed record opens only the holding that it was written for', () => {
  test('the present one does', () => expect(requireBound(holding(), sealed())).toEqual(terms));

  test.each([
    ['of a former owner, after the holding changed hands', holding({ owner: msp.receiver, root: 'the new record' }), sealed()],
    ['sealed for another owner under the old root', holding(), sealed('H-1', { ...terms, owner: msp.receiver })],
    ['of another holding', holding(), sealed('H-2')],
    ['of another certificate', holding(), sealed('H-1', { ...terms, certificateId: 'C-2' })],
    ['on another debtor', holding(), sealed('H-1', { ...terms, obligor: msp.stranger })],
    ['with a wider range', holding(), sealed('H-1', { ...terms, to: '6001' })],
    ['with the same content and another salt', holding(), sealed('H-1', terms, 8)],
  ])('not one %s', (_, skeleton, record) => {
    expect(codeOf(() => requireBound(skeleton, record))).toBe('NOT_GENUINE');
    expect(shownBy(() => requireBound(skeleton, record))).not.toMatch(/1001|600[01]/);
  });
});

test('the first holding is the whole face, locked for the supplier', () => {
  const first = firstHolding('H-1', { certificateId: 'C-1', obligor: msp.obligor, owner: msp.supplier }, 5000n, 'CNY', now);
  expect(first.holding).toEqual({ id: 'H-1', certificateId: 'C-1', obligor: msp.obligor, owner: msp.supplier, state: 'locked', parents: [], assignments: [], tier: 0, createdAt: now });
  expect(first.terms).toEqual({ certificateId: 'C-1', obligor: msp.obligor, owner: msp.supplier, currency: 'CNY', from: '1', to: '5000' });
});

test('guards', () => {
  for (const state of ['proposed', 'issued', 'due', 'settled', 'cancelled'] as const) expect(codeOf(() => requireActive({ id: 'C-1', state }))).toBe('CERTIFICATE_NOT_ACTIVE');
  requireActive({ id: 'C-1', state: 'active' });
  requireOwner(holding({ state: 'spent' }), 'splitHolding', msp.owner);
  expect(codeOf(() => requireOwner(holding(), 'splitHolding', msp.obligor))).toBe('NOT_A_PARTY');
});
