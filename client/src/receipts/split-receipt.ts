import type { ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptId } from '../results/objects';
import type { Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor, orUndefined } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export interface SplitReceiptParameters {
  readonly receiptId: ReceiptId;
  /** Quantities that add up to the receipt exactly. */
  readonly parts: readonly { readonly receiptId: ReceiptId; readonly quantity: string }[];
}
export type SplitReceiptResult = Typed<ResultOf<typeof collateralVerbs.splitReceipt>>;

/**
 * The owner splits a receipt into parts that add up exactly; quantities are sealed between owner and warehouse.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, AMOUNT_MISMATCH, ALREADY_EXISTS.
 */
export const splitReceipt = action<SplitReceiptParameters, SplitReceiptResult>(({ receiptId, parts, ...rest }) => ({
  verb: collateralVerbs.splitReceipt,
  input: toWire({ ...rest, receiptId, parts: eachOf(parts, 'receiptId') }),
  sealed: toWire({ quantities: eachOf(parts, 'quantity') }),
  prepare: async (session, options) => {
    const opened = await ask(session, collateralVerbs.openReceipt, { id: receiptId }, options);
    return { parties: receiptParties(opened.skeleton), openings: openingsFor(collateralVerbs.splitReceipt, opened) };
  },
  existing: async (session, options) => {
    const standing = await Promise.all(parts.map((part) => orUndefined(ask(session, collateralVerbs.openReceipt, { id: part.receiptId }, options))));
    return openingsFor(collateralVerbs.splitReceipt, ...standing.flatMap((part) => part ?? []));
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.splitReceipt>),
}));

/** One field of each part; whatever is not a list of objects goes on as it is, for the schema to refuse. */
function eachOf(parts: unknown, field: 'receiptId' | 'quantity'): unknown {
  return Array.isArray(parts) ? parts.map((part: unknown) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[field] : part)) : parts;
}
