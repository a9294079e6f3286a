import { z } from 'zod';
import { id } from '../../schemas';

/** The contract that all verbs of this folder belong to. */
export const trade = { contract: 'trade' } as const;
/** Number of a line of an order; shipments, receipts and invoices refer to it. */
export const line = z.int().min(1).max(9999);
/** Inputs of verbs that need to know the object alone. */
export const orderOnly = z.strictObject({ orderId: id });
export const invoiceOnly = z.strictObject({ invoiceId: id });
