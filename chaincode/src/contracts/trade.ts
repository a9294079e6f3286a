import { tradeVerbs as verbs } from '@dualchain/model';
import { contractOf } from '../ledger';
import { acceptInvoice, approveInvoice, overrideNearDuplicate } from '../rules/trade/invoice';
import { change, submit } from './trade/invoices';
import { answer, issue } from './trade/orders';
import { open, openPage } from './trade/read';
import { arrive, dispatch, receive } from './trade/shipments';

/** Order, shipment, receipt, invoice (finance.md, "Order to receivable"). */
export const TradeContract = contractOf('trade', verbs, {
  /** Reads 4; writes 6: the order with its policy, terms and quantities for two parties. */
  issueOrder: issue,
  /** Reads 4; writes 1. */
  acceptOrder: (call) => answer(call, 'acceptOrder'),
  /** Reads 4; writes 1. */
  refuseOrder: (call) => answer(call, 'refuseOrder'),
  /** Reads 6, three an event (events of one batch share two of them), and two a lot; writes 7. */
  dispatchShipment: dispatch,
  /** Reads 5, one a shipping event, three an arrival event; writes 1. */
  arriveShipment: arrive,
  /** Reads 8, one a shipping event, three a receiving event; writes 6. */
  receiveShipment: receive,
  /** Reads 10 and one a shipment; writes 12 at most. Computes three memory-hard fingerprints. */
  submitInvoice: submit,
  /** Reads 4; writes 1. */
  overrideNearDuplicate: (call) => change(call, (invoice) => overrideNearDuplicate(invoice, call.input.reason, call.caller.mspId)),
  /** Reads 4; writes 1. */
  approveInvoice: (call) => change(call, (invoice) => approveInvoice(invoice, call.caller.mspId, call.caller.fingerprint)),
  /** Reads 4; writes 1. */
  acceptInvoice: (call) => change(call, (invoice) => acceptInvoice(invoice, call.caller.mspId, call.caller.fingerprint, call.at)),
  order: ({ state, input }) => state.require('order', input.id),
  shipment: ({ state, input }) => state.require('shipment', input.id),
  invoice: ({ state, input }) => state.require('invoice', input.id),
  openOrder: (call) => open(call, 'order', call.input.id),
  openShipment: (call) => open(call, 'shipment', call.input.id),
  openInvoice: (call) => open(call, 'invoice', call.input.id),
  orders: (call) => openPage(call, 'order'),
  shipments: (call) => openPage(call, 'shipment'),
  invoices: (call) => openPage(call, 'invoice'),
});
