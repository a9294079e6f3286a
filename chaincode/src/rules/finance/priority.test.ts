import type { Assignment } from '@dualchain/model';
import * as fc from 'fast-check';
import { earlier, holding, later, msp, now, pledging } from '../testing/claims';
import type { UnrankedClaim } from './priority';
import { claimsOn, rankClaims } from './priority';

const time = fc.constantFrom(earlier, now, later);
const assignment = fc.record({ from: fc.constant('A'), to: fc.constantFrom('B', 'C', 'D'), assignedAt: time, notifiedAt: time, registeredAt: time }, { requiredKeys: ['from', 'to', 'assignedAt'] });
const claims = fc.array(assignment.map((each): UnrankedClaim => ({ claimant: each.to, kind: 'assignment', holdingId: 'H-1', assignment: each as Assignment, standing: false })), { maxLength: 8 });

test('registered before not registered, the earlier registration first, then the earlier notice, the rest in proportion', () => {
  fc.assert(
    fc.property(claims, (given) => {
      const ranked = rankClaims(given);
      expect(ranked).toHaveLength(given.length);
      for (const [index, one] of ranked.entries()) {
        for (const other of ranked.slice(index + 1)) {
          const [a, b] = [one.assignment, other.assignment];
          if (b.registeredAt !== undefined) expect(a.registeredAt !== undefined && a.registeredAt <= b.registeredAt).toBe(true);
          else if (a.registeredAt === undefined && b.notifiedAt !== undefined) expect(a.notifiedAt !== undefined && a.notifiedAt <= b.notifiedAt).toBe(true);
          const same = a.registeredAt === b.registeredAt && (a.registeredAt !== undefined || a.notifiedAt === b.notifiedAt);
          expect(one.rank === other.rank).toBe(same);
          expect(one.rank <= other.rank).toBe(true);
        }
        expect(one.by).toBe(one.assignment.registeredAt !== undefined ? 'registration' : one.assignment.notifiedAt !== undefined ? 'notice' : 'proportion');
      }
    }),
  );
});

const passed = (from: string, to: string, assignedAt: string, more: Partial<Assignment> = {}): Assignment => ({ from, to, assignedAt, notifiedAt: assignedAt, ...more });

test('claims are those of the holding and of what it was made of; the owner’s last one and the pledge stand', () => {
  const parent = holding({ id: 'P', assignments: [passed('X', msp.owner, earlier)] });
  const own = holding({ parents: ['P'], owner: msp.receiver, assignments: [passed(msp.owner, msp.receiver, now)] });
  expect(claimsOn(own, [parent]).map(({ claimant, holdingId, standing }) => [claimant, holdingId, standing])).toEqual([[msp.receiver, 'H-1', true], [msp.owner, 'P', false]]);
  expect(claimsOn(holding(), [])).toEqual([]);
  const pledged = { ...pledging(), parents: ['P'] };
  const ranked = rankClaims(claimsOn(pledged, [parent]));
  expect(ranked.map(({ claimant, kind, rank, by, standing }) => [claimant, kind, rank, by, standing])).toEqual([[msp.financier, 'pledge', 1, 'registration', true], [msp.owner, 'assignment', 2, 'notice', true]]);
  expect(claimsOn(pledging('pledge locked'), [])).toEqual([]);
});
