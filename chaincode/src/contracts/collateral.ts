import { collateralVerbs as verbs } from '@dualchain/model';
import { contractOf } from '../ledger';
import { merge, split } from './collateral/divide';
import { hold, loss, release as releaseHold } from './collateral/hold';
import { accept as acceptReceipt, cancel, close, deliver, draft, issue } from './collateral/issue';
import { account, liquidate, sell, show } from './collateral/liquidate';
import { callForValue, cure, endOffer, offer as offerSubstitute, repay, take } from './collateral/margin';
import { agree, draft as draftPledge, end as endPledge, pay, propose, release as releasePledge } from './collateral/pledge';
import { openPledge, openReceipt, openStock, pledges, receipts, receiptsOf, standing, value } from './collateral/read';
import { accept as acceptOffer, end as endOffered, offer } from './collateral/transfer';
import { arrive, carry, ship } from './collateral/transit';

/**
 * Warehouse receipts and loans against them (finance.md, "Collateral"). The reads of each method count the caller's
 * membership; what holds goods (an order of the authority, recall flags, events) depends on what was reported and is told as "the holds".
 */
export const CollateralContract = contractOf('collateral', verbs, {
  /** Reads 9; writes 9: the stock for two with its delivery, the terms for two, skeleton and place in the lot, each with its policy. */
  draftReceipt: draft,
  /** Reads 4 and the holds; writes 2. */
  issueReceipt: issue,
  /** Reads 4; writes 2. */
  acceptReceipt: acceptReceipt,
  /** Reads 7; writes 6. */
  refuseReceipt: (call) => cancel(call, 'refuseReceipt'),
  /** Reads 7; writes 6. */
  withdrawReceipt: (call) => cancel(call, 'withdrawReceipt'),
  /** Reads 5 and one a part; writes 3 and six a part. */
  splitReceipt: split,
  /** Reads 3 and four a parent; writes 6 and three a parent. */
  mergeReceipts: merge,
  /** Reads 5 and the holds; writes 3. */
  offerReceipt: offer,
  /** Reads 4 and the holds; writes 7. */
  acceptReceiptOffer: acceptOffer,
  /** Reads 4; writes 2. */
  refuseReceiptOffer: (call) => endOffered(call, 'refuseReceiptOffer'),
  /** Reads 4; writes 2. */
  withdrawReceiptOffer: (call) => endOffered(call, 'withdrawReceiptOffer'),
  /** Reads 4; writes 2. */
  expireReceiptOffer: (call) => endOffered(call, 'expireReceiptOffer'),
  /** Reads 3 and the holds, three an event that is shown and three a hop; writes 6 at most. */
  holdReceipt: hold,
  /** Reads 3 and the holds; writes 4 at most. */
  releaseHold: releaseHold,
  /** Reads 6, three an event, and the holds; writes 5. */
  shipReceipt: ship,
  /** Reads 4 and three an event; writes 2. */
  takeCustody: carry,
  /** Reads 9, three a custody event; writes 13 at most. */
  arriveReceipt: arrive,
  /** Reads 5 and three an event; writes 3. */
  deliverReceipt: deliver,
  /** Reads 4; writes 2. */
  closeReceipt: close,
  /** Reads 3; writes 5 at most. */
  reportLoss: loss,
  /** Reads 7 and the holds; writes 6. */
  draftReceiptPledge: draftPledge,
  /** Reads 8 and the holds; writes 6: the owner's anchor among them. */
  proposeReceiptPledge: propose,
  /** Reads 10, the holds, and the attestations that the policy asks for; writes 3: the financier's anchor among them. */
  acceptReceiptPledge: (call) => agree(call, 'acceptReceiptPledge'),
  /** Reads 9 and the holds; writes 3: the warehouse's anchor among them. */
  confirmReceiptPledge: (call) => agree(call, 'confirmReceiptPledge'),
  /** Reads 13 and the holds; writes 7. */
  payReceiptLoan: pay,
  /** Reads 5; writes 4. */
  refuseReceiptPledge: (call) => endPledge(call, 'refuseReceiptPledge'),
  /** Reads 5; writes 4. */
  withdrawReceiptPledge: (call) => endPledge(call, 'withdrawReceiptPledge'),
  /** Reads 5; writes 4. */
  expireReceiptPledge: (call) => endPledge(call, 'expireReceiptPledge'),
  /** Reads 9; writes 5. */
  callMargin: callForValue,
  /** Reads 6; writes 2. */
  cureMarginCall: cure,
  /** Reads 11 and the holds; writes 8. */
  repayReceiptLoan: repay,
  /** Reads 5; writes 4. */
  releaseReceiptPledge: releasePledge,
  /** Reads 10 and the holds; writes 3. */
  offerSubstitute: offerSubstitute,
  /** Reads 5; writes 2. */
  endSubstitute: endOffer,
  /** Reads 11 and the holds; writes 9: the anchors of three among them. */
  acceptSubstitute: take,
  /** Reads 10; writes 5. Nothing of the owner's. */
  liquidateReceiptPledge: liquidate,
  /** Reads 9; writes 12. Nothing of the former owner's. */
  attestProceeds: sell,
  /** Reads 6; writes 2, all private. */
  sealProceeds: account,
  /** Reads 6; writes 2, all private. */
  showToPledgor: show,
  receipt: ({ state, input }) => state.require('receipt', input.id),
  receiptStanding: standing,
  receiptsOf: receiptsOf,
  openReceipt: (call) => openReceipt(call, call.input.id),
  openStock: openStock,
  receipts: receipts,
  receiptPledge: ({ state, input }) => state.require('receiptPledge', input.id),
  openReceiptPledge: (call) => openPledge(call, call.input.id),
  receiptPledges: pledges,
  pledgeValue: value,
});
