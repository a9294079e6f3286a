import type { StateTable, Transition } from './table';

export * from './table';

const row = <State extends string>(from: readonly (State | null)[], verb: string, who: Transition['who'], to: State, requires = '', or: readonly State[] = []): Transition<State> => ({ from, verb, who, to, requires, ...(or.length === 0 ? {} : { or }) });

export type OrderState = 'issued' | 'accepted' | 'refused';
export const orderTable: StateTable<OrderState> = {
  object: 'order',
  transitions: [
    row([null], 'issueOrder', ['obligor'], 'issued', 'supplier is an active member; not expired'),
    row(['issued'], 'acceptOrder', ['supplier'], 'accepted', 'before expiry'),
    row(['issued'], 'refuseOrder', ['supplier'], 'refused'),
  ],
};

export type ShipmentState = 'dispatched' | 'arrived' | 'received' | 'partly received' | 'refused';
export const shipmentTable: StateTable<ShipmentState> = {
  object: 'shipment',
  transitions: [
    row([null], 'dispatchShipment', ['supplier'], 'dispatched', "order accepted; supplier's shipping events name the lots; no lot under recall; quantity within the order"),
    row(['dispatched'], 'arriveShipment', ['carrier'], 'arrived', "carrier's own events after the dispatch"),
    row(['arrived'], 'receiveShipment', ['obligor'], 'received', "obligor's own receiving events; accepted and rejected within shipped and tolerance; partly received if something is missing or rejected, refused if nothing is accepted", ['partly received', 'refused']),
  ],
};

export type InvoiceState = 'matched' | 'exception' | 'blocked' | 'approved' | 'accepted' | 'certified';
export const invoiceTable: StateTable<InvoiceState> = {
  object: 'invoice',
  transitions: [
    row([null], 'submitInvoice', ['supplier'], 'matched', 'lines add up; no live fingerprint; exception if the match policy is not met, blocked if it resembles a live invoice', ['exception', 'blocked']),
    row(['blocked'], 'overrideNearDuplicate', ['obligor'], 'matched', 'checker, with a reason'),
    row(['matched'], 'approveInvoice', ['obligor'], 'approved', 'maker'),
    row(['approved'], 'acceptInvoice', ['obligor'], 'accepted', 'checker, another identity than the maker'),
    row(['accepted'], 'issueCertificate', ['obligor'], 'certified', 'used by no other certificate'),
    row(['certified'], 'releaseInvoice', ['obligor', 'supplier'], 'accepted', 'its certificate was refused or withdrawn'),
  ],
};

export type CertificateState = 'proposed' | 'issued' | 'active' | 'due' | 'settled' | 'cancelled';
export const certificateTable: StateTable<CertificateState> = {
  object: 'certificate',
  transitions: [
    row([null], 'issueCertificate', ['obligor'], 'proposed', 'accepted invoices of one supplier, none used before, sum = face; tenor within limits; a settler that is no party; maker'),
    row(['proposed'], 'confirmCertificate', ['obligor'], 'issued', 'checker, another identity than the maker'),
    row(['issued'], 'acceptCertificate', ['supplier'], 'active', 'before the due date'),
    row(['issued'], 'refuseCertificate', ['supplier'], 'cancelled'),
    row(['proposed', 'issued'], 'withdrawCertificate', ['obligor'], 'cancelled'),
    row(['active'], 'declareDue', ['anyone'], 'due', 'transaction time at or after the due date'),
    row(['due'], 'presentForSettlement', ['obligor'], 'due', 'live holdings, opened to the settler'),
    row(['due'], 'closeCertificate', ['obligor', 'settler'], 'settled', 'redeemed holdings cover 1…face'),
  ],
};

export type HoldingState = 'locked' | 'free' | 'spent' | 'transfer offered' | 'quotes open' | 'finance locked' | 'financed' | 'redeemed' | 'cancelled';
/** States in which a holding is a live claim. */
export const liveHoldingStates: readonly HoldingState[] = ['locked', 'free', 'transfer offered', 'quotes open', 'finance locked', 'financed'];
export const holdingTable: StateTable<HoldingState> = {
  object: 'holding',
  transitions: [
    row([null], 'issueCertificate', ['obligor'], 'locked', 'the whole range 1…face'),
    row(['locked'], 'acceptCertificate', ['supplier'], 'free'),
    row(['locked'], 'refuseCertificate', ['supplier'], 'cancelled'),
    row(['locked'], 'withdrawCertificate', ['obligor'], 'cancelled'),
    row(['free'], 'splitHolding', ['owner'], 'spent', 'parts partition the range exactly; certificate active'),
    row(['free'], 'mergeHoldings', ['owner'], 'spent', 'adjacent ranges of one certificate; certificate active'),
    row(['free'], 'offerTransfer', ['owner'], 'transfer offered', 'receiver is an active member with an order or invoice between the two'),
    row(['transfer offered'], 'acceptTransfer', ['receiver'], 'free', 'before expiry; certificate active'),
    row(['transfer offered'], 'refuseTransfer', ['receiver'], 'free'),
    row(['transfer offered'], 'withdrawTransfer', ['owner'], 'free'),
    row(['transfer offered'], 'expireTransfer', ['anyone'], 'free', 'after expiry'),
    row(['free', 'financed'], 'requestQuotes', ['owner'], 'quotes open', 'financiers are members; no recall; certificate active'),
    row(['quotes open'], 'withdrawQuotes', ['owner'], 'free', 'or financed, as before', ['financed']),
    row(['quotes open'], 'acceptQuote', ['owner'], 'finance locked', 'quote open and unexpired; evidence policy met; no recall; certificate active'),
    row(['finance locked'], 'openPayout', ['owner', 'financier'], 'finance locked', 'no recall; quote and holding are shown to the settler'),
    row(['finance locked'], 'confirmPayout', ['settler'], 'financed', 'pay-out opened; unique payment reference; registration reference; no recall; also of a due certificate, as long as the holding is not redeemed'),
    row(['finance locked'], 'cancelFinance', ['owner', 'financier'], 'free', 'or financed, as before; by the owner before the pay-out was opened or after expiry', ['financed']),
    row(['free', 'financed', 'transfer offered', 'quotes open', 'finance locked'], 'settleHoldings', ['settler'], 'redeemed', 'certificate due; unique payment reference; one owner; an open proposal ends'),
  ],
};

export type QuoteState = 'open' | 'accepted' | 'paid out' | 'lapsed';
export const quoteTable: StateTable<QuoteState> = {
  object: 'quote',
  transitions: [
    row([null], 'submitQuote', ['financier'], 'open', 'the financier was asked; the holding still has quotes open'),
    row(['open'], 'acceptQuote', ['owner'], 'accepted', 'before expiry'),
    row(['accepted'], 'confirmPayout', ['settler'], 'paid out'),
    row(['accepted'], 'cancelFinance', ['owner', 'financier'], 'lapsed', 'derived from the holding, as is the lapse of the quotes that were not accepted'),
  ],
};

export type RecallState = 'open' | 'closing' | 'closed';
export const recallTable: StateTable<RecallState> = {
  object: 'recall',
  transitions: [
    row([null], 'openRecall', ['anyone'], 'open', 'inspector, authority or brand owner of the lot'),
    row(['open'], 'advanceRecall', ['anyone'], 'open'),
    row(['open', 'closing'], 'closeRecall', ['self'], 'closed', 'the author; closing until every flag is cleared', ['closing']),
  ],
};

export const stateTables: readonly StateTable[] = [orderTable, shipmentTable, invoiceTable, certificateTable, holdingTable, quoteTable, recallTable];
