import type { HoldingSkeleton, RankedClaim } from '@dualchain/model';
import { payeeOf } from './pledge';

/** A claim before it is ranked. */
export type UnrankedClaim = Omit<RankedClaim, 'rank' | 'by'>;

/**
 * The order among those who claim the same receivable (Civil Code of the PRC, Art. 768): who is registered before who is
 * not; of the registered the earlier registration; of the others the earlier notice to the debtor; those with neither
 * share in proportion. Equal times rank equally.
 */
export function rankClaims(claims: readonly UnrankedClaim[]): RankedClaim[] {
  const sorted = claims.map((claim) => ({ claim, place: placeOf(claim) })).sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  let rank = 0;
  return sorted.map(({ claim, place }, index) => {
    if (index === 0 || place !== sorted[index - 1]?.place) rank = index + 1;
    return { ...claim, rank, by: basisOf(claim) };
  });
}

/** All claims on a holding: its own assignments and those of the holdings that it was made of, and its pledge. */
export function claimsOn(holding: HoldingSkeleton, ancestors: readonly HoldingSkeleton[]): UnrankedClaim[] {
  const claims: UnrankedClaim[] = [holding, ...ancestors].flatMap(({ id, assignments }) => assignments.map((assignment) => ({ claimant: assignment.to, kind: 'assignment' as const, holdingId: id, assignment, standing: false })));
  const last = claims.findIndex(({ claimant, assignment }) => claimant === holding.owner && claims.every((other) => other.assignment.assignedAt <= assignment.assignedAt));
  const standing = claims.map((claim, index) => (index === last ? { ...claim, standing: true } : claim));
  const { proposal } = holding;
  if (proposal?.kind !== 'pledge' || proposal.registeredAt === undefined) return standing;
  const { registeredAt, registrationReference } = proposal;
  const pledge: UnrankedClaim = {
    claimant: payeeOf(holding),
    kind: 'pledge',
    holdingId: holding.id,
    assignment: { from: holding.owner, to: payeeOf(holding), assignedAt: registeredAt, notifiedAt: registeredAt, registeredAt, ...(registrationReference === undefined ? {} : { registrationReference }) },
    standing: true,
  };
  return [...standing, pledge];
}

function basisOf({ assignment: { registeredAt, notifiedAt } }: UnrankedClaim): RankedClaim['by'] {
  return registeredAt !== undefined ? 'registration' : notifiedAt !== undefined ? 'notice' : 'proportion';
}

/** Text that sorts as the law does; times are ISO 8601 in UTC. */
function placeOf(claim: UnrankedClaim): string {
  const { registeredAt = '', notifiedAt = '' } = claim.assignment;
  return { registration: `1 ${registeredAt}`, notice: `2 ${notifiedAt}`, proportion: '3' }[basisOf(claim)];
}
