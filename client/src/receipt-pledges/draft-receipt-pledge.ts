import type { InputOf, ReceiptLoanTerms, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Created, ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type DraftReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.draftReceiptPledge> & ReceiptLoanTerms>;
export type DraftReceiptPledgeResult = Created<ReceiptPledge>;

/**
 * The owner of a receipt writes down a loan against it: principal and value of a unit of the goods in minor units, yearly
 * rate and advance in basis points, sealed between owner, financier and settler. Nothing is locked before
 * `proposeReceiptPledge`.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, WRONG_ROLE, EXPIRED, COLLATERAL_INSUFFICIENT, RECALLED, HELD, ALREADY_EXISTS.
 */
export const draftReceiptPledge = action<DraftReceiptPledgeParameters, DraftReceiptPledgeResult>(({ currency, principal, rateBps, advanceBps, unitValue, ...parameters }) => ({
  verb: collateralVerbs.draftReceiptPledge,
  input: toWire(parameters),
  sealed: toWire({ currency, principal, rateBps, advanceBps, unitValue }),
  prepare: async (session, options) => {
    const goods = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    return { parties: { owner: goods.skeleton.owner, financier: parameters.financier, settler: parameters.settler }, openings: openingsFor(collateralVerbs.draftReceiptPledge, goods) };
  },
  existing: async (session, options) => Object.values((await ask(session, collateralVerbs.openReceiptPledge, { id: parameters.pledgeId }, options)).records).filter(({ type }) => type === 'receiptLoan'),
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.draftReceiptPledge>),
}));
