import { z } from 'zod';
import { id, quantity, unit } from '../../schemas';

/** The contract that all verbs of this folder belong to. */
export const collateral = { contract: 'collateral' } as const;
export const receiptOnly = z.strictObject({ receiptId: id });
export const pledgeOnly = z.strictObject({ pledgeId: id });

/** What a receipt stands for, sealed between warehouse, owner and pledgee. */
export const receiptQuantity = z.strictObject({ quantity, unit });
export interface ReceiptGoods {
  readonly lot: string;
  readonly depositId: string;
  readonly warehouse: string;
  readonly owner: string;
  readonly quantity: string;
  readonly unit: string;
}

/** What a receiving event brought and what receipts took of it, sealed between warehouse and depositor. */
export interface Stock {
  readonly warehouse: string;
  readonly depositor: string;
  readonly lot: string;
  readonly unit: string;
  readonly received: string;
  readonly receipted: string;
}
