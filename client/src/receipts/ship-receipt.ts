import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type ShipReceiptParameters = Loose<InputOf<typeof collateralVerbs.shipReceipt>>;
export type ShipReceiptResult = Receipt;

/**
 * The warehouse hands the goods to a carrier for another warehouse; `eventIds` are its own shipping events. After `dueAt`
 * without an arrival there is a custody gap.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, WRONG_ROLE, RECALLED, HELD.
 */
export const shipReceipt = action<ShipReceiptParameters, ShipReceiptResult>((parameters) => ({
  verb: collateralVerbs.shipReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    return { parties: { ...receiptParties(opened.skeleton), destination: parameters.destination }, openings: openingsFor(collateralVerbs.shipReceipt, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.shipReceipt>),
}));
