import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Created, Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type DraftReceiptParameters = Loose<InputOf<typeof collateralVerbs.draftReceipt> & SealedOf<typeof collateralVerbs.draftReceipt>>;
export type DraftReceiptResult = Created<Receipt>;

/**
 * The warehouse's maker drafts a receipt for a depositor: `eventId` is the warehouse's own receiving event of the lot, and
 * all receipts over it are together over no more than it brought. Quantity and unit are sealed between the two;
 * `temperature` is in tenths of a degree Celsius.
 * Throws EVIDENCE_MISSING, QUANTITY_EXCEEDED, NOT_A_MEMBER, NOT_A_PARTY, EXPIRED, ALREADY_EXISTS.
 */
export const draftReceipt = action<DraftReceiptParameters, DraftReceiptResult>(({ quantity, unit, ...parameters }) => ({
  verb: collateralVerbs.draftReceipt,
  input: toWire(parameters),
  sealed: toWire({ quantity, unit }),
  prepare: async (session, options) => {
    const stock = await ask(session, collateralVerbs.openStock, { lot: parameters.lot, eventId: parameters.eventId }, options);
    return { parties: { warehouse: session.mspId, depositor: parameters.depositor }, openings: openingsFor(collateralVerbs.draftReceipt, stock) };
  },
  existing: async (session, options) => Object.values((await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options)).records).filter(({ type }) => type === 'receiptTerms'),
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.draftReceipt>),
}));
