import { tradeVerbs as verbs } from '@dualchain/model';
import { contractOf, twoPeopleAt } from '../ledger';
import { acceptInvoice, approveInvoice, overrideNearDuplicate } from '../rules/trade/invoice';
import { acceptCredit, acceptWaived, endChange as endInvoiceChange, proposeCredit, proposeToWaive, rematch } from './trade/corrections';
import { dispute, proposeToResolve, resolve, withdraw } from './trade/disputes';
import { change, submit } from './trade/invoices';
import { acceptAmended, amend, answer, cancel, endChange as endOrderChange, issue } from './trade/orders';
import { acceptanceClock, open, openPage, versions } from './trade/read';
import { arrive, dispatch, receive } from './trade/shipments';

/** Order, shipment, receipt, invoice (finance.md, "Order to receivable"). The reads of each method count the caller's membership. */
export const TradeContract = contractOf('trade', verbs, {
  /** Reads 4; writes 6: the order with its policy, terms and quantities for two parties. */
  issueOrder: issue,
  /** Reads 4; writes 1. */
  acceptOrder: (call) => answer(call, 'acceptOrder'),
  /** Reads 4; writes 1. */
  refuseOrder: (call) => answer(call, 'refuseOrder'),
  /** Reads 4; writes 1. */
  expireOrder: (call) => answer(call, 'expireOrder'),
  /** Reads 5; writes 3: the order, the new terms for two. */
  proposeOrderAmendment: amend,
  /** Reads 8; writes 9: the order, its terms and quantities for two, the version with its policy, its terms for two. */
  acceptOrderAmendment: acceptAmended,
  /** Reads 6; writes 1. */
  proposeOrderCancellation: cancel,
  /** Reads 6; writes 1. */
  acceptOrderCancellation: cancel,
  /** Reads 4; writes 1. */
  refuseOrderChange: (call) => endOrderChange(call, 'refuseOrderChange'),
  /** Reads 4; writes 1. */
  withdrawOrderChange: (call) => endOrderChange(call, 'withdrawOrderChange'),
  /** Reads 4; writes 1. */
  expireOrderChange: (call) => endOrderChange(call, 'expireOrderChange'),
  /** Reads 6, three an event (events of one batch share two of them), three a lot, and three a receipt of the supplier over it; writes 7. */
  dispatchShipment: dispatch,
  /** Reads 5, one a shipping event, three an arrival event; writes 1. */
  arriveShipment: arrive,
  /** Reads 8, one a shipping event, three a receiving event; writes 6. */
  receiveShipment: receive,
  /** Reads 11 and one a shipment; writes 13 at most. Computes three memory-hard fingerprints. */
  submitInvoice: (call) => submit(call, 'submitInvoice'),
  /** Reads and writes as submitInvoice. */
  selfBillInvoice: (call) => submit(call, 'selfBillInvoice'),
  /** Reads 4; writes 1. */
  overrideNearDuplicate: (call) => change(call, (invoice) => overrideNearDuplicate(invoice, call.input.reason, call.caller.mspId)),
  /** Reads 4; writes 1. */
  approveInvoice: (call) => change(call, (invoice) => approveInvoice(invoice, call.caller.mspId, call.caller.fingerprint)),
  /** Reads 4; writes 1. */
  acceptInvoice: async (call) => {
    const twoPeople = await twoPeopleAt(call, call.caller.mspId);
    return change(call, (invoice) => acceptInvoice(invoice, call.caller.mspId, call.caller.fingerprint, call.at, twoPeople));
  },
  /** Reads 6 and four a part and fingerprint at most; writes 1, two for the quantities, one a fingerprint. */
  withdrawInvoice: withdraw,
  /** Reads 10; writes 1 and two for the quantities. */
  rematchInvoice: rematch,
  /** Reads 4; writes 3: the invoice, the credit note for two. */
  proposeCreditNote: proposeCredit,
  /** Reads 12; writes 7 and two for the quantities: the invoice, its terms for two, the version with its policy, its terms for two. */
  acceptCreditNote: acceptCredit,
  /** Reads 4; writes 3: the invoice, the reason for two. */
  proposeWaiver: proposeToWaive,
  /** Reads 7; writes 1 and two for the quantities. */
  acceptWaiver: acceptWaived,
  /** Reads 4; writes 1. */
  refuseInvoiceChange: (call) => endInvoiceChange(call, 'refuseInvoiceChange'),
  /** Reads 4; writes 1. */
  withdrawInvoiceChange: (call) => endInvoiceChange(call, 'withdrawInvoiceChange'),
  /** Reads 4; writes 1. */
  expireInvoiceChange: (call) => endInvoiceChange(call, 'expireInvoiceChange'),
  /** Whole: reads 4; writes 3: the invoice, the reason for two. Part: reads 11 at most; writes 14 at most, because the part is an invoice too. */
  disputeInvoice: dispute,
  /** Reads 4; writes 1. */
  proposeResolution: proposeToResolve,
  /** Matched: as acceptWaiver. Cancelled: as withdrawInvoice. */
  acceptResolution: resolve,
  order: ({ state, input }) => state.require('order', input.id),
  shipment: ({ state, input }) => state.require('shipment', input.id),
  invoice: ({ state, input }) => state.require('invoice', input.id),
  openOrder: (call) => open(call, 'order', call.input.id),
  openShipment: (call) => open(call, 'shipment', call.input.id),
  openInvoice: (call) => open(call, 'invoice', call.input.id),
  orders: (call) => openPage(call, 'order'),
  shipments: (call) => openPage(call, 'shipment'),
  invoices: (call) => openPage(call, 'invoice'),
  orderVersions: (call) => versions(call, 'order'),
  invoiceVersions: (call) => versions(call, 'invoice'),
  acceptanceClock,
});
