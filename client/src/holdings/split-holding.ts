import type { ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { HoldingId } from '../results/objects';
import type { Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor, orUndefined } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export interface SplitHoldingParameters {
  readonly holdingId: HoldingId;
  /** The parts in order of their units; amounts in minor units that add up to the holding exactly. */
  readonly parts: readonly { readonly holdingId: HoldingId; readonly amount: bigint | string }[];
}
export type SplitHoldingResult = Typed<ResultOf<typeof certificateVerbs.splitHolding>>;

/**
 * The owner splits a free holding into parts that partition it exactly; the amounts are sealed between owner and obligor.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, AMOUNT_MISMATCH, AMOUNT_TOO_SMALL, ALREADY_EXISTS.
 */
export const splitHolding = action<SplitHoldingParameters, SplitHoldingResult>(({ holdingId, parts }) => ({
  verb: certificateVerbs.splitHolding,
  input: toWire({ holdingId, parts: eachOf(parts, 'holdingId') }),
  sealed: toWire({ amounts: eachOf(parts, 'amount') }),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: holdingId }, options);
    return { parties: holdingParties(opened.skeleton), openings: openingsFor(certificateVerbs.splitHolding, opened) };
  },
  existing: async (session, options) => {
    const standing = await Promise.all(parts.map((part) => orUndefined(ask(session, certificateVerbs.openHolding, { id: part.holdingId }, options))));
    return openingsFor(certificateVerbs.splitHolding, ...standing.flatMap((part) => part ?? []));
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.splitHolding>),
}));

/** One field of each part; whatever is not a list of objects goes on as it is, for the schema to refuse. */
function eachOf(parts: unknown, field: 'holdingId' | 'amount'): unknown {
  return Array.isArray(parts) ? parts.map((part: unknown) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[field] : part)) : parts;
}
