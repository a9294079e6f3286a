import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, ChannelPolicy, HoldingSkeleton } from '@dualchain/model';

const DAY = 86_400_000;

/**
 * A holding may change hands once more: it did less often than the consortium allows, its certificate is not due yet, and
 * it is due within the tenor that the consortium allows now (finance.md, invariant 17). A pledge counts as a change,
 * because its enforcement is one. Throws TIER_EXCEEDED, TENOR_EXCEEDED.
 */
export function requireHop({ id, tier }: Pick<HoldingSkeleton, 'id' | 'tier'>, { dueDate }: Pick<CertificateSkeleton, 'dueDate'>, { tierLimit, tenorLimitDays }: Pick<ChannelPolicy, 'tierLimit' | 'tenorLimitDays'>, at: string): void {
  if (tier >= tierLimit) throw new DualchainError('TIER_EXCEEDED', `The units of holding ${id} have changed hands ${tier} times, as often as the consortium allows; hold it until it is settled.`, { details: { holdingId: id, tier, tierLimit } });
  if (at >= dueDate) throw new DualchainError('TENOR_EXCEEDED', `The certificate of holding ${id} was due at ${dueDate}; its holders are paid now.`, { details: { holdingId: id, dueDate, at } });
  const latest = new Date(Date.parse(at) + tenorLimitDays * DAY).toISOString();
  if (dueDate > latest) throw new DualchainError('TENOR_EXCEEDED', `The certificate of holding ${id} is due at ${dueDate}, more than ${tenorLimitDays} days ahead.`, { details: { holdingId: id, dueDate, tenorLimitDays, latest } });
}
