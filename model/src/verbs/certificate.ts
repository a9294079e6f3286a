import { z } from 'zod';
import { amount, amountOrZero, basisPoints, currency, id, mspId, page, shortText, timestamp } from '../schemas';
import type { CertificateSkeleton, HoldingSkeleton, QuoteSkeleton } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Created, Opened, Page } from '../verb';

const certificate = { contract: 'certificate' } as const;
const holdingOnly = z.strictObject({ holdingId: id });
const certificateOnly = z.strictObject({ certificateId: id });

/** Terms of a certificate, sealed between obligor and first holder. Face in minor units = sum of the invoices. */
export const certificateTerms = z.strictObject({ face: amount, currency, invoices: z.array(z.strictObject({ id, amount })).min(1).max(20) });
export type CertificateTerms = z.infer<typeof certificateTerms>;

/**
 * The units of a certificate that a holding is, sealed between owner, obligor and the counterparties of its open
 * proposal. It binds all that would make it usable elsewhere; a new owner gets a new record.
 */
export interface HoldingTerms {
  readonly certificateId: string;
  readonly obligor: string;
  readonly owner: string;
  readonly currency: string;
  /** First and last unit of the closed range, as decimal strings. */
  readonly from: string;
  readonly to: string;
}

/** A financier's offer, sealed between owner and that financier. `payout` is what the owner gets, in minor units: the advance less interest and fee. */
export const quoteTerms = z.strictObject({ rateBps: basisPoints, advanceBps: z.int().min(1).max(10_000), fee: amountOrZero, payout: amount });
export type QuoteTerms = z.infer<typeof quoteTerms>;

/** Certificates, holdings, quotes, settlement (finance.md). */
export const certificateVerbs = {
  issueCertificate: submitVerb({
    ...certificate,
    name: 'issueCertificate',
    summary: "The obligor's maker proposes a certificate over accepted invoices of one supplier.",
    roles: ['obligor'],
    users: ['maker'],
    input: z.strictObject({ certificateId: id, supplier: mspId, settler: mspId, invoiceIds: z.array(id).min(1).max(20), dueDate: timestamp, firstHoldingId: id }),
    sealed: certificateTerms,
    openings: ['invoice'],
    endorsers: ['obligor', 'supplier'],
    result: type<Created<CertificateSkeleton>>(),
  }),
  confirmCertificate: submitVerb({ ...certificate, name: 'confirmCertificate', summary: "The obligor's checker, another person, confirms the certificate: it is issued.", roles: ['obligor'], users: ['checker'], input: certificateOnly, endorsers: ['obligor', 'supplier'], result: type<CertificateSkeleton>() }),
  acceptCertificate: submitVerb({ ...certificate, name: 'acceptCertificate', summary: 'The supplier consents to be paid this way; the certificate is active, its holding free.', input: certificateOnly, endorsers: ['obligor', 'supplier'], result: type<CertificateSkeleton>() }),
  refuseCertificate: submitVerb({ ...certificate, name: 'refuseCertificate', summary: 'The supplier refuses; the certificate is cancelled, the invoices released.', input: certificateOnly, endorsers: ['obligor', 'supplier'], result: type<CertificateSkeleton>() }),
  withdrawCertificate: submitVerb({ ...certificate, name: 'withdrawCertificate', summary: 'The obligor withdraws before the supplier accepted; invoices released.', roles: ['obligor'], input: certificateOnly, endorsers: ['obligor', 'supplier'], result: type<CertificateSkeleton>() }),
  splitHolding: submitVerb({
    ...certificate,
    name: 'splitHolding',
    summary: 'The owner splits a free holding into parts that partition it exactly.',
    input: z.strictObject({ holdingId: id, parts: z.array(id).min(2).max(20) }),
    sealed: z.strictObject({ amounts: z.array(amount).min(2).max(20) }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor'],
    result: type<Created<{ readonly parent: HoldingSkeleton; readonly parts: readonly HoldingSkeleton[] }>>(),
  }),
  mergeHoldings: submitVerb({
    ...certificate,
    name: 'mergeHoldings',
    summary: 'The owner joins free, adjacent holdings of one certificate into one.',
    input: z.strictObject({ holdingIds: z.array(id).min(2).max(20), into: id }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor'],
    result: type<Created<{ readonly parents: readonly HoldingSkeleton[]; readonly whole: HoldingSkeleton }>>(),
  }),
  offerTransfer: submitVerb({
    ...certificate,
    name: 'offerTransfer',
    summary: 'The owner offers a holding to a trading partner, who can then read its terms.',
    input: z.strictObject({ holdingId: id, receiver: mspId, tradeReference: z.strictObject({ type: z.enum(['order', 'invoice']), id }), expiresAt: timestamp }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor', 'receiver'],
    result: type<HoldingSkeleton>(),
  }),
  acceptTransfer: submitVerb({ ...certificate, name: 'acceptTransfer', summary: 'The receiver accepts and becomes the owner; the obligor is notified by its endorsement.', input: holdingOnly, openings: ['holding'], endorsers: ['receiver', 'obligor'], result: type<HoldingSkeleton>() }),
  refuseTransfer: submitVerb({ ...certificate, name: 'refuseTransfer', summary: 'The receiver refuses; the holding is free again.', input: holdingOnly, endorsers: ['receiver', 'obligor'], result: type<HoldingSkeleton>() }),
  withdrawTransfer: submitVerb({ ...certificate, name: 'withdrawTransfer', summary: 'The owner takes the offer back; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  expireTransfer: submitVerb({ ...certificate, name: 'expireTransfer', summary: 'Anyone ends an offer after its expiry; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  requestQuotes: submitVerb({
    ...certificate,
    name: 'requestQuotes',
    summary: 'The owner asks chosen financiers for quotes; they can read the terms of the holding.',
    input: z.strictObject({ holdingId: id, financiers: z.array(mspId).min(1).max(10), recourse: z.enum(['with', 'without']), expiresAt: timestamp }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor', 'financier'],
    result: type<HoldingSkeleton>(),
  }),
  withdrawQuotes: submitVerb({ ...certificate, name: 'withdrawQuotes', summary: 'The owner stops asking; the holding is free again and the quotes lapse.', input: holdingOnly, endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  submitQuote: submitVerb({
    ...certificate,
    name: 'submitQuote',
    summary: 'A financier quotes; price and conditions are sealed between it and the owner.',
    roles: ['financier'],
    input: z.strictObject({ holdingId: id, quoteId: id, expiresAt: timestamp }),
    sealed: quoteTerms,
    openings: ['holding'],
    endorsers: ['financier', 'owner'],
    result: type<Created<QuoteSkeleton>>(),
  }),
  acceptQuote: submitVerb({
    ...certificate,
    name: 'acceptQuote',
    summary: 'The owner accepts one quote: the holding is locked until the pay-out. The obligor never sees the quote.',
    input: z.strictObject({ holdingId: id, quoteId: id }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor', 'financier'],
    result: type<HoldingSkeleton>(),
  }),
  openPayout: submitVerb({
    ...certificate,
    name: 'openPayout',
    summary: 'Owner or financier shows the accepted quote and the holding to the settler, who pays out.',
    input: z.strictObject({ holdingId: id, quoteId: id }),
    openings: ['holding', 'quote'],
    endorsers: ['owner', 'financier', 'settler'],
    result: type<HoldingSkeleton>(),
  }),
  confirmPayout: submitVerb({
    ...certificate,
    name: 'confirmPayout',
    summary: 'The settler confirms the pay-out by a unique payment reference: the financier becomes the owner.',
    roles: ['settler'],
    input: z.strictObject({ holdingId: id, quoteId: id, paymentReference: shortText, registrationReference: shortText }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor', 'financier'],
    result: type<Created<HoldingSkeleton>>(),
  }),
  cancelFinance: submitVerb({ ...certificate, name: 'cancelFinance', summary: 'Owner or financier ends a finance that was not paid out; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  declareDue: submitVerb({ ...certificate, name: 'declareDue', summary: 'Anyone declares a certificate due once its time has come.', input: certificateOnly, endorsers: ['obligor', 'firstHolder'], result: type<CertificateSkeleton>() }),
  presentForSettlement: submitVerb({
    ...certificate,
    name: 'presentForSettlement',
    summary: 'The obligor opens live holdings of a due certificate to the settler.',
    roles: ['obligor'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50) }),
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'settler'],
    result: type<CertificateSkeleton>(),
  }),
  settleHoldings: submitVerb({
    ...certificate,
    name: 'settleHoldings',
    summary: 'The settler attests that one owner was paid for its holdings: they are redeemed.',
    roles: ['settler'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50), paymentReference: shortText }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor', 'owner'],
    result: type<Created<{ readonly holdings: readonly HoldingSkeleton[] }>>(),
  }),
  closeCertificate: submitVerb({
    ...certificate,
    name: 'closeCertificate',
    summary: 'Obligor or settler closes a certificate whose redeemed holdings cover its whole face.',
    roles: ['obligor', 'settler'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(199) }),
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'settler'],
    result: type<CertificateSkeleton>(),
  }),
  certificate: evaluateVerb({ ...certificate, name: 'certificate', summary: 'The public skeleton of a certificate.', input: z.strictObject({ id }), result: type<CertificateSkeleton>() }),
  holding: evaluateVerb({ ...certificate, name: 'holding', summary: 'The public skeleton of a holding.', input: z.strictObject({ id }), result: type<HoldingSkeleton>() }),
  holdingsOf: evaluateVerb({ ...certificate, name: 'holdingsOf', summary: 'The public skeletons of all holdings of a certificate, paged.', input: z.strictObject({ certificateId: id, ...page }), result: type<Page<HoldingSkeleton>>() }),
  quotesOf: evaluateVerb({ ...certificate, name: 'quotesOf', summary: 'The public skeletons of the quotes for a holding.', input: z.strictObject({ holdingId: id }), result: type<readonly QuoteSkeleton[]>() }),
  openCertificate: evaluateVerb({ ...certificate, name: 'openCertificate', summary: "A certificate with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<CertificateSkeleton>>() }),
  openHolding: evaluateVerb({ ...certificate, name: 'openHolding', summary: "A holding with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<HoldingSkeleton>>() }),
  openQuote: evaluateVerb({ ...certificate, name: 'openQuote', summary: "A quote with its sealed terms, at the caller's own peer.", input: z.strictObject({ holdingId: id, quoteId: id }), result: type<Opened<QuoteSkeleton>>() }),
  certificates: evaluateVerb({ ...certificate, name: 'certificates', summary: "The certificates of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<CertificateSkeleton>>>() }),
  myHoldings: evaluateVerb({ ...certificate, name: 'myHoldings', summary: "The holdings that the caller's organisation may read, with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<HoldingSkeleton>>>() }),
} as const;
