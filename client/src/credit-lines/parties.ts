import type { CreditLineSkeleton } from '@dualchain/model';
import type { Parties } from '../submission/plan';

/** Parties of a credit line: nobody else sees or endorses what happens on it. */
export function lineParties({ financier, obligor }: Pick<CreditLineSkeleton, 'financier' | 'obligor'>): Parties {
  return { financier, obligor };
}
