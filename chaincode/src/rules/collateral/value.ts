import { DualchainError, parseQuantity } from '@dualchain/model';

/** A quantity is scaled by a million, an advance by ten thousand. */
const SCALE = 10n ** 6n * 10n ** 4n;

/** What a financier lends on goods, in minor units, rounded down: quantity × value of a unit × advance. */
export function eligibleValue(quantity: string, unitValue: string, advanceBps: number): bigint {
  return (parseQuantity(quantity) * BigInt(unitValue) * BigInt(advanceBps)) / SCALE;
}

/** Throws COLLATERAL_INSUFFICIENT, without a figure. */
export function requireCovered(eligible: bigint, owed: bigint, what: string): void {
  if (eligible < owed) throw new DualchainError('COLLATERAL_INSUFFICIENT', `The eligible value of ${what} does not cover what is owed; pledge more, or lend less.`);
}

/** Throws EVIDENCE_MISSING unless the goods cover less than what is owed. */
export function requireBreach(eligible: bigint, owed: bigint, pledgeId: string): void {
  if (eligible >= owed) throw new DualchainError('EVIDENCE_MISSING', `By this valuation the goods still cover what is owed on ${pledgeId}; there is nothing to call.`, { details: { pledgeId } });
}
