/** One kind of sealed record: what it holds and who may read it. */
export interface RecordEntry {
  /** What the record's id is. */
  readonly id: string;
  /** What it says, in a few words. */
  readonly holds: string;
  /** Organisations in whose implicit collections it stands; each of them endorsed its writing. */
  readonly holders: string;
}

const entry = (id: string, holds: string, holders: string): RecordEntry => ({ id, holds, holders });

/**
 * Every kind of sealed record (design, principle 3). Everyone sees the hash and nothing else. Where a channel policy
 * names auditor organisations, they hold copies of what was shown to them.
 */
export const recordTable: Readonly<Record<string, RecordEntry>> = {
  order: entry('order id; of an earlier version with its number', 'lines, prices, match policy', 'obligor, supplier'),
  quantities: entry('order id', 'how much of each line was shipped, accepted, invoiced', 'obligor, supplier'),
  amendment: entry('order id and proposal', 'the terms that an amendment would give the order', 'obligor, supplier'),
  shipment: entry('shipment id', 'lines and lots', 'supplier, carrier, obligor'),
  receipt: entry('shipment id', 'accepted and rejected quantities', 'obligor, supplier, carrier'),
  invoice: entry('invoice id; of an earlier version with its number', 'number, date, lines, prices, total', 'supplier, obligor'),
  creditNote: entry('invoice id and proposal', 'what is left of the lines, and the reduction', 'supplier, obligor'),
  waiver: entry('invoice id and proposal', 'why exceptions may pass', 'obligor, supplier'),
  invoiceDispute: entry('invoice id and proposal', 'reason and disputed part', 'obligor, supplier'),
  certificate: entry('certificate id', 'face, currency, invoices', 'obligor, first holder; settler once presented'),
  holding: entry('holding id', 'range of units, certificate, owner, currency', 'obligor (of a defaulted certificate: the authority in its place), owner; the receiver of an offer, financiers that were asked, the settler that pays'),
  quote: entry('holding id and quote id', 'rate, advance, fee, pay-out', 'owner, that financier; settler once the pay-out is opened'),
  earlySettlement: entry('holding id and offer id', 'discount', 'obligor, owner, settler'),
  tally: entry('certificate id and debtor', 'up to which unit ended holdings cover the certificate', 'obligor (of a defaulted certificate: the authority in its place), settler'),
  payment: entry('digest of settler and payment reference', 'units redeemed, late fee, discount, currency', 'obligor (of a defaulted certificate: the authority in its place), owner, settler; of a pledged holding the financier, who is paid; of a deposit the first and the settler'),
  loan: entry('loan id', 'principal and rate of a loan against a holding', 'owner, financier, settler'),
  dispute: entry('certificate id and dispute id', 'what the obligor claims of the first supplier', 'obligor, first supplier'),
  creditLine: entry('credit line id', 'limit and use', 'financier, obligor'),
  creditReservation: entry('credit line id and certificate id', 'amount reserved for one certificate', 'financier, obligor'),
  receiptTerms: entry('receipt id', 'quantity of the goods', 'warehouse, owner; receiver of an offer, financier of a pledge'),
  stock: entry('lot and receiving event', 'what came in, and what receipts took of it', 'warehouse, depositor'),
  receiptLoan: entry('pledge id', 'principal, rate, advance, value of a unit, what is still owed', 'owner, financier, settler'),
  receiptValuation: entry('pledge id and valuation id', 'value of a unit by a margin call', 'financier, settler; owner once shown'),
  sealedEvent: entry('sealed event id', 'an event: each of its fields by itself, its context, its event hash', 'reporter, the parties that it was sealed to or shared with'),
  sealedName: entry('event hash and a secret part', 'id of the sealed event', 'as the sealed event'),
  link: entry('identifier and a secret part', 'link key of the identifier: who has it finds its sealed events', 'those entitled to a sealed event of the identifier'),
  internalEvent: entry('sealed event id', 'an internal event, encrypted by its reporter; its place in its batch', 'reporter'),
  internalLeaves: entry('transaction id', 'the leaves of the Merkle tree of a batch', 'reporter'),
  internalLink: entry('keyed hash of an identifier or event hash, and the sealed event id', 'nothing: an index', 'reporter'),
  receiptProceeds: entry('pledge id', 'what a sale brought, and what is left or owed', 'financier, settler; owner once shown'),
};
