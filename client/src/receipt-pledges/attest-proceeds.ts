import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Created, ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type AttestProceedsParameters = Loose<InputOf<typeof collateralVerbs.attestProceeds>>;
export type AttestProceedsResult = Created<ReceiptPledge>;

/**
 * The settler confirms by a unique payment reference that `buyer` paid for the goods: it owns the receipt.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_A_MEMBER, PAYMENT_REFERENCE_USED, NOT_GENUINE.
 */
export const attestProceeds = action<AttestProceedsParameters, AttestProceedsResult>((parameters) => ({
  verb: collateralVerbs.attestProceeds,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    const goods = await ask(session, collateralVerbs.openReceipt, { id: pledge.receiptId }, options);
    return { parties: { ...receiptPledgeParties(pledge), buyer: parameters.buyer }, openings: openingsFor(collateralVerbs.attestProceeds, goods) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.attestProceeds>),
}));
