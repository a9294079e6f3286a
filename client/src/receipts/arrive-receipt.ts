import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type ArriveReceiptParameters = Loose<InputOf<typeof collateralVerbs.arriveReceipt>>;
export type ArriveReceiptResult = Receipt;

/**
 * The other warehouse takes the goods in: `eventId` is its own receiving event, which brings the whole quantity. It
 * answers for the goods from here; a pledge goes on.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, QUANTITY_EXCEEDED.
 */
export const arriveReceipt = action<ArriveReceiptParameters, ArriveReceiptResult>((parameters) => ({
  verb: collateralVerbs.arriveReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    const stock = await ask(session, collateralVerbs.openStock, { lot: opened.skeleton.lot, eventId: parameters.eventId }, options);
    return { parties: receiptParties(opened.skeleton), openings: openingsFor(collateralVerbs.arriveReceipt, stock, { ...opened, records: Object.fromEntries(Object.entries(opened.records).filter(([, { type }]) => type === 'receiptTerms')) }) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.arriveReceipt>),
}));
