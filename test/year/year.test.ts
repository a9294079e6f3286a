import { liveHoldingStates } from '../../model/src';
import { firstDifference } from './compare';
import { sizeOf } from './plan/book';
import { planYear } from './plan/year-plan';
import type { YearPlan } from './plan/year-plan';
import { runYear } from './year';

/** A year that fits into a test run; `npm run test:year` plays one of 1,000 certificates. The seed is the day's, so that each day lives another. */
const CERTIFICATES = 10;
const seed = Math.floor(Date.now() / 86_400_000);
const LIMIT = 240_000;

describe('the plan of a year', () => {
  const plan = planYear(1000, seed);
  const count = (holds: (certificate: YearPlan['certificates'][number]) => boolean) => plan.certificates.filter(holds).length;

  it('has exact shares: 1,000 certificates, 20,000 transitions or some more, 23 % disputed, 36 % late, two defaults, recalls', () => {
    const transitions = [...plan.transitions.values()].reduce((all, each) => all + each, 0);
    expect({ certificates: plan.certificates.length, disputed: plan.disputedDeals, late: count(({ paidLate }) => paidLate), defaulted: count(({ state }) => state === 'defaulted') }).toEqual({ certificates: 1000, disputed: 230, late: 360, defaulted: 2 });
    expect(transitions).toBeGreaterThanOrEqual(20_000);
    expect(transitions).toBeLessThan(20_500);
    expect(plan.recalls).toBeGreaterThan(4);
  });

  it('follows from its seed', () => {
    const told = ({ scripts }: YearPlan) => scripts.map(({ name, steps }) => [name, ...steps.map(({ week, verb, what, by }) => `${week} ${by.slug} ${verb} ${what}`)]);
    expect(told(planYear(40, seed))).toEqual(told(planYear(40, seed)));
    expect(told(planYear(40, seed))).not.toEqual(told(planYear(40, seed + 1)));
  });

  it('loses no unit: what is not spent of a certificate is its face', () => {
    for (const { id, face, holdings } of plan.certificates) expect([id, holdings.filter(({ state }) => state !== 'spent').reduce((sum, holding) => sum + sizeOf(holding), 0n)]).toEqual([id, face]);
    expect(count(({ state, holdings }) => state === 'settled' && holdings.some((holding) => liveHoldingStates.includes(holding.state)))).toBe(0);
  });
});

it(`a year of ${CERTIFICATES} certificates plays through: the books are as planned, and every ledger is clean`, async () => {
  const plan = planYear(CERTIFICATES, seed);
  const { difference, reports, books, committed } = await runYear(plan, { lanes: 30 });
  expect(difference).toBeUndefined();
  expect(reports.map(({ holds }) => holds)).toEqual(Array(8).fill(true));
  expect([...books.certificates.values()].filter(({ state }) => state === 'defaulted')).toHaveLength(2);

  // Had it been planned otherwise, the first difference would be named.
  const changed = <Name extends 'certificates' | 'payments'>(name: Name, change: Partial<YearPlan[Name][number]>) => firstDifference({ ...plan, [name]: plan[name].map((each, index) => (index === 0 ? { ...each, ...change } : each)) }, books, committed);
  const [{ id, holdings: [first, ...others] }] = plan.certificates as [YearPlan['certificates'][number]];
  expect(changed('certificates', { state: 'proposed' })).toContain(`certificate ${id} is`);
  expect(changed('certificates', { holdings: [{ ...first!, to: first!.to + 1n }, ...others] })).toContain(`holding ${first!.id} of ${id} is`);
  expect(changed('payments', { amount: 1n, purpose: 'loan' })).toContain(`payment ${plan.payments[0]!.reference} is`);
  expect(firstDifference(plan, books, new Map(committed).set('splitHolding', 1_000))).toContain('splitHolding was committed 1000 times');
}, LIMIT);
