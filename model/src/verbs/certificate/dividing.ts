import { z } from 'zod';
import { amount, id } from '../../schemas';
import type { HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate } from './shared';

/**
 * The units of a certificate that a holding is, sealed between owner, obligor and the counterparties of its open
 * proposal. It binds all that would make it usable elsewhere; a new owner gets a new record.
 */
export interface HoldingTerms {
  readonly certificateId: string;
  readonly obligor: string;
  readonly owner: string;
  readonly currency: string;
  /** First and last unit of the closed range, as decimal strings. */
  readonly from: string;
  readonly to: string;
}

/** Splitting and merging (finance.md, "Holding"). */
export const dividingVerbs = {
  splitHolding: submitVerb({
    ...certificate,
    name: 'splitHolding',
    summary: 'The owner splits a free holding into parts that partition it exactly.',
    input: z.strictObject({ holdingId: id, parts: z.array(id).min(2).max(20) }),
    sealed: z.strictObject({ amounts: z.array(amount).min(2).max(20) }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor'],
    result: type<Created<{ readonly parent: HoldingSkeleton; readonly parts: readonly HoldingSkeleton[] }>>(),
  }),
  mergeHoldings: submitVerb({
    ...certificate,
    name: 'mergeHoldings',
    summary: 'The owner joins free, adjacent holdings of one certificate into one.',
    input: z.strictObject({ holdingIds: z.array(id).min(2).max(20), into: id }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor'],
    result: type<Created<{ readonly parents: readonly HoldingSkeleton[]; readonly whole: HoldingSkeleton }>>(),
  }),
} as const;
