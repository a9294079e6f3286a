import { z } from 'zod';
import { hash, id, itemId, mspId, quantity, timestamp } from '../../schemas';
import type { ReceiptSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { collateral, receiptOnly, receiptQuantity } from './shared';

const receipt = type<ReceiptSkeleton>();
const tenths = z.int().min(-2000).max(2000);
const events = z.array(itemId).min(1).max(20);

/** Warehouse receipts (finance.md, "Collateral"). */
export const receiptVerbs = {
  draftReceipt: submitVerb({
    ...collateral,
    name: 'draftReceipt',
    summary: "The warehouse's maker drafts a receipt over goods that its own receiving event brought.",
    roles: ['warehouse'],
    users: ['maker'],
    input: z.strictObject({
      receiptId: id,
      depositor: mspId,
      lot: itemId,
      eventId: itemId,
      goodsExpireAt: timestamp.optional(),
      /** Tenths of a degree Celsius. */
      temperature: z.strictObject({ min: tenths, max: tenths }).refine(({ min, max }) => min <= max, 'min must not be above max').optional(),
    }),
    sealed: receiptQuantity,
    openings: ['stock'],
    endorsers: ['warehouse', 'depositor'],
    result: type<Created<ReceiptSkeleton>>(),
  }),
  issueReceipt: submitVerb({ ...collateral, name: 'issueReceipt', summary: "The warehouse's checker, another person, issues a drafted receipt.", roles: ['warehouse'], users: ['checker'], input: receiptOnly, endorsers: ['warehouse', 'owner'], result: receipt }),
  acceptReceipt: submitVerb({ ...collateral, name: 'acceptReceipt', summary: 'The depositor consents: the receipt is active.', input: receiptOnly, endorsers: ['warehouse', 'owner'], result: receipt }),
  refuseReceipt: submitVerb({ ...collateral, name: 'refuseReceipt', summary: 'The depositor refuses; the quantity is free for another receipt.', input: receiptOnly, openings: ['receiptTerms', 'stock'], endorsers: ['warehouse', 'owner'], whileSuspended: true, result: receipt }),
  withdrawReceipt: submitVerb({ ...collateral, name: 'withdrawReceipt', summary: 'The warehouse withdraws before the depositor consented; the quantity is free for another receipt.', roles: ['warehouse'], input: receiptOnly, openings: ['receiptTerms', 'stock'], endorsers: ['warehouse', 'owner'], whileSuspended: true, result: receipt }),
  splitReceipt: submitVerb({
    ...collateral,
    name: 'splitReceipt',
    summary: 'The owner splits a receipt into parts that add up exactly.',
    input: z.strictObject({ receiptId: id, parts: z.array(id).min(2).max(20) }),
    sealed: z.strictObject({ quantities: z.array(quantity).min(2).max(20) }),
    openings: ['receiptTerms'],
    endorsers: ['owner', 'warehouse'],
    result: type<Created<{ readonly parent: ReceiptSkeleton; readonly parts: readonly ReceiptSkeleton[] }>>(),
  }),
  mergeReceipts: submitVerb({
    ...collateral,
    name: 'mergeReceipts',
    summary: 'The owner joins receipts of one deposit.',
    input: z.strictObject({ receiptIds: z.array(id).min(2).max(20), into: id }),
    openings: ['receiptTerms'],
    endorsers: ['owner', 'warehouse'],
    result: type<Created<{ readonly parents: readonly ReceiptSkeleton[]; readonly whole: ReceiptSkeleton }>>(),
  }),
  offerReceipt: submitVerb({ ...collateral, name: 'offerReceipt', summary: 'The owner offers a receipt to another member, who can then read its terms.', input: z.strictObject({ receiptId: id, receiver: mspId, expiresAt: timestamp }), openings: ['receiptTerms'], endorsers: ['owner', 'warehouse', 'receiver'], result: receipt }),
  acceptReceiptOffer: submitVerb({ ...collateral, name: 'acceptReceiptOffer', summary: 'The receiver accepts and becomes the owner of the goods in store.', input: receiptOnly, openings: ['receiptTerms'], endorsers: ['receiver', 'warehouse'], result: receipt }),
  refuseReceiptOffer: submitVerb({ ...collateral, name: 'refuseReceiptOffer', summary: 'The receiver refuses; the receipt is as before.', input: receiptOnly, endorsers: ['owner', 'warehouse'], whileSuspended: true, result: receipt }),
  withdrawReceiptOffer: submitVerb({ ...collateral, name: 'withdrawReceiptOffer', summary: 'The owner takes the offer back.', input: receiptOnly, endorsers: ['owner', 'warehouse'], whileSuspended: true, result: receipt }),
  expireReceiptOffer: submitVerb({ ...collateral, name: 'expireReceiptOffer', summary: 'Anyone ends an offer after its expiry.', input: receiptOnly, endorsers: ['owner', 'warehouse'], whileSuspended: true, result: receipt }),
  holdReceipt: submitVerb({
    ...collateral,
    name: 'holdReceipt',
    summary: 'Anyone shows why goods are worth nothing now: the receipt is held and its pledge gets a margin call.',
    input: z.strictObject({
      receiptId: id,
      /** Event that shows a breach; left out where recall, expiry or a custody gap stands on the ledger already. */
      eventId: itemId.optional(),
      /** From the ancestor that the event tells of to the receipt's lot. */
      way: z.array(z.strictObject({ from: itemId, eventId: itemId })).max(20).optional(),
    }),
    endorsers: ['owner', 'warehouse', 'financier'],
    result: receipt,
  }),
  releaseHold: submitVerb({ ...collateral, name: 'releaseHold', summary: 'Anyone lifts a hold whose causes are all gone; a margin call that had no other reason ends with it.', input: receiptOnly, endorsers: ['owner', 'warehouse', 'financier'], result: receipt }),
  shipReceipt: submitVerb({
    ...collateral,
    name: 'shipReceipt',
    summary: "The warehouse hands the goods to a carrier for another warehouse; its own shipping event proves it.",
    roles: ['warehouse'],
    input: z.strictObject({ receiptId: id, carrier: mspId, destination: mspId, eventIds: events, dueAt: timestamp }),
    openings: ['receiptTerms'],
    endorsers: ['warehouse', 'owner', 'destination', 'financier'],
    result: receipt,
  }),
  takeCustody: submitVerb({ ...collateral, name: 'takeCustody', summary: "The carrier shows its custody by its own events.", roles: ['carrier'], input: z.strictObject({ receiptId: id, eventIds: events }), endorsers: ['carrier', 'owner', 'destination', 'financier'], result: receipt }),
  arriveReceipt: submitVerb({
    ...collateral,
    name: 'arriveReceipt',
    summary: "The other warehouse takes the goods in by its own receiving event and answers for them from here.",
    roles: ['warehouse'],
    input: z.strictObject({ receiptId: id, eventId: itemId }),
    openings: ['receiptTerms', 'stock'],
    endorsers: ['destination', 'owner', 'financier'],
    result: receipt,
  }),
  deliverReceipt: submitVerb({ ...collateral, name: 'deliverReceipt', summary: "The warehouse gives the goods to the owner; its own shipping event proves it.", roles: ['warehouse'], input: z.strictObject({ receiptId: id, eventIds: events }), endorsers: ['warehouse', 'owner'], result: receipt }),
  closeReceipt: submitVerb({ ...collateral, name: 'closeReceipt', summary: 'The owner confirms the delivery.', input: receiptOnly, endorsers: ['owner', 'warehouse'], result: receipt }),
  reportLoss: submitVerb({ ...collateral, name: 'reportLoss', summary: 'The warehouse, or the carrier on the way, reports the goods as lost.', roles: ['warehouse', 'carrier'], input: z.strictObject({ receiptId: id, evidenceHash: hash }), endorsers: ['self', 'warehouse', 'owner', 'financier'], result: receipt }),
} as const;
