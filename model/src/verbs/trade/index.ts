import { amendingVerbs } from './amending';
import { correctingVerbs } from './correcting';
import { disputingTradeVerbs } from './disputing';
import { invoicingVerbs } from './invoicing';
import { orderingVerbs } from './ordering';
import { readingTradeVerbs } from './reading';
import { shippingVerbs } from './shipping';

export * from './correcting';
export * from './disputing';
export * from './invoicing';
export * from './ordering';
export * from './shipping';

/** Order, shipment, receipt, invoice (finance.md, "Order to receivable"). */
export const tradeVerbs = { ...orderingVerbs, ...amendingVerbs, ...shippingVerbs, ...invoicingVerbs, ...correctingVerbs, ...disputingTradeVerbs, ...readingTradeVerbs } as const;
