import { z } from 'zod';
import { id, shortText } from '../../schemas';
import type { Assignment, HoldingSkeleton } from '../../skeletons';
import { evaluateVerb, submitVerb, type } from '../../verb';
import { certificate } from './shared';

/** A claim of a financier or assignee on one holding, with the times that decide its priority. */
export interface RankedClaim {
  /** 1 is served first; equal ranks share in proportion to their claims. */
  readonly rank: number;
  readonly claimant: string;
  readonly kind: 'assignment' | 'pledge';
  /** Which rule decided: registered, notified, or neither. */
  readonly by: 'registration' | 'notice' | 'proportion';
  /** Holding, this one or one that it was made of, on whose skeleton the claim stands. */
  readonly holdingId: string;
  readonly assignment: Assignment;
  /** The claimant has it now, as owner or by a pledge; otherwise it passed it on. */
  readonly standing: boolean;
}

/** Who has which claim on a holding, in order, with what an outsider needs to check it. */
export interface Priority {
  readonly holdingId: string;
  readonly certificateId: string;
  readonly obligor: string;
  readonly owner: string;
  readonly state: HoldingSkeleton['state'];
  /** Merkle root of the sealed terms that the claims are about. */
  readonly root: string;
  readonly claims: readonly RankedClaim[];
  readonly asOf: string;
}

/** Registration and priority (docs/claims.md). */
export const provingVerbs = {
  registerAssignment: submitVerb({
    ...certificate,
    name: 'registerAssignment',
    summary: 'Owner or settler notes under which reference the last assignment of a holding was entered in the public registry.',
    input: z.strictObject({ holdingId: id, registrationReference: shortText }),
    endorsers: ['owner', 'obligor'],
    result: type<HoldingSkeleton>(),
  }),
  priorityOf: evaluateVerb({ ...certificate, name: 'priorityOf', summary: 'In which order those who claim a holding are served, with the times that decide it.', input: z.strictObject({ holdingId: id }), result: type<Priority>() }),
} as const;
