import { certificate, holding, later, now } from '../testing/claims';
import { codeOf } from '../testing/refusal';
import { requireHop } from './hop';

const policy = { tierLimit: 3, tenorLimitDays: 30 };

test('a holding changes hands as often as the consortium allows, before it is due and within the tenor', () => {
  for (const tier of [0, 1, 2]) requireHop(holding({ tier }), certificate(), policy, now);
  for (const tier of [3, 4]) expect(codeOf(() => requireHop(holding({ tier }), certificate(), policy, now))).toBe('TIER_EXCEEDED');
  expect(codeOf(() => requireHop(holding(), certificate(), policy, later))).toBe('TENOR_EXCEEDED');
  requireHop(holding(), certificate({ dueDate: '2026-03-31T08:00:00.000Z' }), policy, now);
  expect(codeOf(() => requireHop(holding(), certificate({ dueDate: '2026-03-31T08:00:00.001Z' }), policy, now))).toBe('TENOR_EXCEEDED');
});
