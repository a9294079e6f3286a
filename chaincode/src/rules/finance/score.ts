import type { FinanceKind, FinanceScore } from '@dualchain/model';
import type { EvidenceRule } from './evidence';

export interface FoundWitnesses {
  readonly rule: EvidenceRule;
  /** Members that are no party and whose attestations count. */
  readonly witnesses: readonly string[];
}

/** How the rules for one kind of finance are met; without a rule the channel asks for nothing and the score is complete. */
export function scoreOf(finance: FinanceKind, found: readonly FoundWitnesses[]): FinanceScore {
  const rules = found
    .filter(({ rule }) => rule.finance.includes(finance))
    .map(({ rule: { claim, role, count }, witnesses }) => ({ claim, role, needed: count, witnesses, missing: Math.max(0, count - witnesses.length) }));
  return { finance, complete: rules.every(({ missing }) => missing === 0), rules };
}
