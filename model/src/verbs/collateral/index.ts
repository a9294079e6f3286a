import { receiptPledgeVerbs } from './pledging';
import { collateralReadingVerbs } from './reading';
import { receiptVerbs } from './receipts';

export * from './pledging';
export * from './receipts';
export type { ReceiptGoods, Stock } from './shared';

/** Warehouse receipts and loans against them (finance.md, "Collateral"). */
export const collateralVerbs = { ...receiptVerbs, ...receiptPledgeVerbs, ...collateralReadingVerbs } as const;
