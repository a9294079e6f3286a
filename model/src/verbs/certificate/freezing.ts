import { z } from 'zod';
import { hash, id, mspId, page, shortText, timestamp } from '../../schemas';
import { freezeReasons, freezeScopes } from '../../skeletons';
import type { FreezeSkeleton, HoldingSkeleton, PaymentSkeleton } from '../../skeletons';
import { evaluateVerb, submitVerb, type } from '../../verb';
import type { Created, Page } from '../../verb';
import { certificate } from './shared';

const order = { orderId: id, reason: z.enum(freezeReasons), endsAt: timestamp };
const scope = { scopeType: z.enum(freezeScopes), scopeId: id };

/** Orders of the authority, and the money of what they freeze (finance.md, "any live → frozen → prior state"). */
export const freezingVerbs = {
  freezeCertificate: submitVerb({
    ...certificate,
    name: 'freezeCertificate',
    summary: 'The authority freezes a certificate with all its holdings until an end; nobody else need agree.',
    roles: ['authority'],
    input: z.strictObject({ certificateId: id, ...order }),
    endorsers: ['authority', 'witness'],
    result: type<Created<FreezeSkeleton>>(),
  }),
  freezeHolding: submitVerb({
    ...certificate,
    name: 'freezeHolding',
    summary: 'The authority freezes one holding until an end; nobody else need agree.',
    roles: ['authority'],
    input: z.strictObject({ holdingId: id, ...order }),
    endorsers: ['authority', 'witness'],
    result: type<Created<FreezeSkeleton>>(),
  }),
  freezeReceipt: submitVerb({
    ...certificate,
    name: 'freezeReceipt',
    summary: 'The authority freezes one warehouse receipt until an end; nobody else need agree.',
    roles: ['authority'],
    input: z.strictObject({ receiptId: id, ...order }),
    endorsers: ['authority', 'witness'],
    result: type<Created<FreezeSkeleton>>(),
  }),
  liftFreeze: submitVerb({
    ...certificate,
    name: 'liftFreeze',
    summary: 'The authority lifts a freeze before its end.',
    roles: ['authority'],
    input: z.strictObject({ ...scope, orderId: id, liftedBy: id }),
    endorsers: ['authority', 'witness'],
    whileSuspended: true,
    result: type<FreezeSkeleton>(),
  }),
  payIntoEscrow: submitVerb({
    ...certificate,
    name: 'payIntoEscrow',
    summary: 'The settler attests that it keeps the money that is due for frozen holdings of one owner.',
    roles: ['settler'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50), paymentReference: shortText }),
    endorsers: ['settler', 'obligor', 'authority'],
    whileSuspended: true,
    result: type<Created<{ readonly holdings: readonly HoldingSkeleton[] }>>(),
  }),
  sealDeposit: submitVerb({
    ...certificate,
    name: 'sealDeposit',
    summary: 'The settler accounts for a deposit: its amount and late fee are sealed between the obligor and itself.',
    roles: ['settler'],
    input: z.strictObject({ digest: hash }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor'],
    whileSuspended: true,
    result: type<Created<PaymentSkeleton>>(),
  }),
  directEscrow: submitVerb({
    ...certificate,
    name: 'directEscrow',
    summary: 'The authority orders that another member than the owner gets the money in escrow.',
    roles: ['authority'],
    input: z.strictObject({ holdingId: id, orderId: id, beneficiary: mspId }),
    endorsers: ['authority', 'settler'],
    result: type<HoldingSkeleton>(),
  }),
  releaseEscrow: submitVerb({
    ...certificate,
    name: 'releaseEscrow',
    summary: 'The settler attests that it paid the money in escrow to the owner, or to whom the authority named.',
    roles: ['settler'],
    input: z.strictObject({ holdingId: id, paymentReference: shortText }),
    endorsers: ['settler', 'authority'],
    whileSuspended: true,
    result: type<Created<HoldingSkeleton>>(),
  }),
  freeze: evaluateVerb({ ...certificate, name: 'freeze', summary: 'One order of an authority, with its state now.', input: z.strictObject({ ...scope, orderId: id }), result: type<FreezeSkeleton>() }),
  freezesOf: evaluateVerb({ ...certificate, name: 'freezesOf', summary: 'The orders over a certificate, a holding or a receipt, with their state now, paged.', input: z.strictObject({ ...scope, ...page }), result: type<Page<FreezeSkeleton>>() }),
} as const;
