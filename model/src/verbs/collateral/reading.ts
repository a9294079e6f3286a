import { z } from 'zod';
import { id, itemId, page } from '../../schemas';
import type { PledgeValue, ReceiptPledgeSkeleton, ReceiptSkeleton, ReceiptStanding } from '../../skeletons';
import { evaluateVerb, type } from '../../verb';
import type { Opened, Page } from '../../verb';
import { collateral } from './shared';

/** Questions about receipts and pledges. */
export const collateralReadingVerbs = {
  receipt: evaluateVerb({ ...collateral, name: 'receipt', summary: 'The public skeleton of a warehouse receipt.', input: z.strictObject({ id }), result: type<ReceiptSkeleton>() }),
  receiptStanding: evaluateVerb({ ...collateral, name: 'receiptStanding', summary: 'A receipt as of now, with every cause that holds it.', input: z.strictObject({ id }), result: type<ReceiptStanding>() }),
  receiptsOf: evaluateVerb({ ...collateral, name: 'receiptsOf', summary: 'The live receipts over a lot, paged.', input: z.strictObject({ lot: itemId, ...page }), result: type<Page<ReceiptSkeleton>>() }),
  openReceipt: evaluateVerb({ ...collateral, name: 'openReceipt', summary: "A receipt with its sealed quantity, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<ReceiptSkeleton>>() }),
  openStock: evaluateVerb({ ...collateral, name: 'openStock', summary: "The own sealed record of what receipts took of a receiving event, at the caller's own peer.", input: z.strictObject({ lot: itemId, eventId: itemId }), result: type<Opened<{ readonly depositId: string }>>() }),
  receipts: evaluateVerb({ ...collateral, name: 'receipts', summary: "The receipts that the caller's organisation may read, with their quantities, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<ReceiptSkeleton>>>() }),
  receiptPledge: evaluateVerb({ ...collateral, name: 'receiptPledge', summary: 'The public skeleton of a loan against a receipt.', input: z.strictObject({ id }), result: type<ReceiptPledgeSkeleton>() }),
  openReceiptPledge: evaluateVerb({ ...collateral, name: 'openReceiptPledge', summary: "A loan against a receipt with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<ReceiptPledgeSkeleton>>() }),
  receiptPledges: evaluateVerb({ ...collateral, name: 'receiptPledges', summary: "The loans against receipts of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<ReceiptPledgeSkeleton>>>() }),
  pledgeValue: evaluateVerb({ ...collateral, name: 'pledgeValue', summary: "What a pledge is worth now, computed from the caller's own records: 0 while its receipt is held.", input: z.strictObject({ id }), result: type<PledgeValue>() }),
} as const;
