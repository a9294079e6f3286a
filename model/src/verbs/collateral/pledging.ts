import { z } from 'zod';
import { amount, basisPoints, currency, id, mspId, shortText, timestamp } from '../../schemas';
import type { ReceiptPledgeSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { collateral, pledgeOnly } from './shared';

/** A loan, sealed between owner, financier and settler. Principal in minor units; `unitValue`: minor units for one unit of the goods; `advanceBps`: how much of that value is lent on. */
export const receiptLoanTerms = z.strictObject({ currency, principal: amount, rateBps: basisPoints, advanceBps: z.int().min(1).max(10_000), unitValue: amount });
export type ReceiptLoanTerms = z.infer<typeof receiptLoanTerms>;
/** The sealed record of a loan: its terms, and what is still owed of the principal. */
export interface ReceiptLoan extends ReceiptLoanTerms {
  readonly owner: string;
  readonly financier: string;
  readonly settler: string;
  readonly outstanding: string;
}
/** What one unit of the goods is worth by a margin call, sealed between financier and settler. */
export interface ReceiptValuation {
  readonly pledgeId: string;
  readonly unitValue: string;
}
/** What a sale brought, sealed between financier and settler. */
export interface ReceiptProceeds {
  readonly pledgeId: string;
  readonly buyer: string;
  readonly currency: string;
  readonly proceeds: string;
  readonly outstanding: string;
  /** What is left for the pledgor, or still owed by it. */
  readonly surplus: string;
  readonly shortfall: string;
}

const pledge = type<ReceiptPledgeSkeleton>();

/** Loans against warehouse receipts (finance.md, "Collateral"). */
export const receiptPledgeVerbs = {
  draftReceiptPledge: submitVerb({
    ...collateral,
    name: 'draftReceiptPledge',
    summary: 'The owner of a receipt writes down a loan against it; the terms are sealed between owner, financier and settler.',
    input: z.strictObject({ pledgeId: id, receiptId: id, financier: mspId, settler: mspId, expiresAt: timestamp, dueAt: timestamp, cureHours: z.int().min(0).max(8760) }),
    sealed: receiptLoanTerms,
    openings: ['receiptTerms'],
    endorsers: ['owner', 'financier', 'settler'],
    result: type<Created<ReceiptPledgeSkeleton>>(),
  }),
  proposeReceiptPledge: submitVerb({ ...collateral, name: 'proposeReceiptPledge', summary: 'The owner locks the receipt for the loan; the warehouse learns who lends, never the terms.', input: pledgeOnly, endorsers: ['owner', 'financier', 'warehouse'], result: pledge }),
  acceptReceiptPledge: submitVerb({ ...collateral, name: 'acceptReceiptPledge', summary: 'The financier agrees, by its anchor.', roles: ['financier'], input: pledgeOnly, endorsers: ['financier', 'owner', 'warehouse'], result: pledge }),
  confirmReceiptPledge: submitVerb({ ...collateral, name: 'confirmReceiptPledge', summary: 'The warehouse agrees, by its anchor: it holds the goods for the financier.', roles: ['warehouse'], input: pledgeOnly, endorsers: ['warehouse', 'financier', 'owner'], result: pledge }),
  payReceiptLoan: submitVerb({
    ...collateral,
    name: 'payReceiptLoan',
    summary: 'The settler confirms the pay-out of the loan by a unique payment reference: the receipt is pledged.',
    roles: ['settler'],
    input: z.strictObject({ pledgeId: id, paymentReference: shortText }),
    endorsers: ['settler', 'financier', 'owner', 'warehouse'],
    result: type<Created<ReceiptPledgeSkeleton>>(),
  }),
  refuseReceiptPledge: submitVerb({ ...collateral, name: 'refuseReceiptPledge', summary: 'Financier or warehouse refuses; the receipt is as before.', input: pledgeOnly, endorsers: ['owner', 'warehouse'], whileSuspended: true, result: pledge }),
  withdrawReceiptPledge: submitVerb({ ...collateral, name: 'withdrawReceiptPledge', summary: 'The owner withdraws; the receipt is as before.', input: pledgeOnly, endorsers: ['owner', 'warehouse'], whileSuspended: true, result: pledge }),
  expireReceiptPledge: submitVerb({ ...collateral, name: 'expireReceiptPledge', summary: 'Anyone ends a proposal after its expiry; the receipt is as before.', input: pledgeOnly, endorsers: ['owner', 'warehouse'], whileSuspended: true, result: pledge }),
  callMargin: submitVerb({
    ...collateral,
    name: 'callMargin',
    summary: 'The financier shows that the goods no longer cover what is owed and asks for more.',
    roles: ['financier'],
    input: z.strictObject({ pledgeId: id, valuationId: id }),
    sealed: z.strictObject({ unitValue: amount }),
    openings: ['receiptLoan', 'receiptTerms'],
    endorsers: ['financier', 'settler'],
    result: pledge,
  }),
  cureMarginCall: submitVerb({ ...collateral, name: 'cureMarginCall', summary: 'The financier takes a margin call back.', roles: ['financier'], input: pledgeOnly, endorsers: ['financier', 'settler'], result: pledge }),
  repayReceiptLoan: submitVerb({
    ...collateral,
    name: 'repayReceiptLoan',
    summary: 'The settler confirms a repayment by a unique payment reference; a margin call ends when the rest is covered.',
    roles: ['settler'],
    input: z.strictObject({ pledgeId: id, paymentReference: shortText }),
    sealed: z.strictObject({ amount }),
    openings: ['receiptLoan', 'receiptTerms', 'receiptValuation'],
    endorsers: ['settler', 'financier', 'owner'],
    whileSuspended: true,
    result: type<Created<ReceiptPledgeSkeleton>>(),
  }),
  releaseReceiptPledge: submitVerb({ ...collateral, name: 'releaseReceiptPledge', summary: 'The financier, or anyone of the three once the loan is repaid, releases the receipt.', input: pledgeOnly, endorsers: ['financier', 'warehouse', 'owner'], result: pledge }),
  offerSubstitute: submitVerb({
    ...collateral,
    name: 'offerSubstitute',
    summary: 'The owner offers another receipt of the same warehouse in place of the pledged one.',
    input: z.strictObject({ pledgeId: id, receiptId: id, expiresAt: timestamp }),
    openings: ['receiptLoan', 'receiptTerms', 'receiptValuation'],
    endorsers: ['owner', 'financier', 'settler'],
    result: pledge,
  }),
  endSubstitute: submitVerb({ ...collateral, name: 'endSubstitute', summary: 'Owner or financier ends the offer of a substitute; anyone after its expiry.', input: pledgeOnly, endorsers: ['financier', 'warehouse'], result: pledge }),
  acceptSubstitute: submitVerb({ ...collateral, name: 'acceptSubstitute', summary: 'The financier takes the other receipt; the first one is free.', roles: ['financier'], input: pledgeOnly, endorsers: ['financier', 'owner', 'warehouse'], result: pledge }),
  liquidateReceiptPledge: submitVerb({
    ...collateral,
    name: 'liquidateReceiptPledge',
    summary: 'The financier turns to the goods once the time to cure or the loan is over; the owner is not needed, and an authority may stand in for the warehouse.',
    roles: ['financier'],
    input: pledgeOnly,
    openings: ['receiptTerms'],
    endorsers: ['financier', 'warehouse', 'settler'],
    result: pledge,
  }),
  attestProceeds: submitVerb({
    ...collateral,
    name: 'attestProceeds',
    summary: 'The settler confirms by a unique payment reference what the sale brought: the buyer owns the receipt.',
    roles: ['settler'],
    input: z.strictObject({ pledgeId: id, buyer: mspId, paymentReference: shortText }),
    openings: ['receiptTerms'],
    endorsers: ['settler', 'financier', 'warehouse', 'buyer'],
    result: type<Created<ReceiptPledgeSkeleton>>(),
  }),
  sealProceeds: submitVerb({
    ...collateral,
    name: 'sealProceeds',
    summary: 'The settler accounts to the financier for a sale: what it brought, what was owed, what is left.',
    roles: ['settler'],
    input: pledgeOnly,
    sealed: z.strictObject({ proceeds: amount }),
    openings: ['receiptLoan'],
    endorsers: ['settler', 'financier'],
    result: pledge,
  }),
  showToPledgor: submitVerb({ ...collateral, name: 'showToPledgor', summary: 'The financier shows the owner the valuation behind a margin call and the account of a sale.', roles: ['financier'], input: pledgeOnly, openings: ['receiptValuation', 'receiptProceeds'], endorsers: ['financier', 'owner'], result: pledge }),
} as const;
