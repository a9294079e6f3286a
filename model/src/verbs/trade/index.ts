import { invoicingVerbs } from './invoicing';
import { orderingVerbs } from './ordering';
import { readingTradeVerbs } from './reading';
import { shippingVerbs } from './shipping';

export * from './invoicing';
export * from './ordering';
export * from './shipping';

/** Order, shipment, receipt, invoice (finance.md, "Order to receivable"). */
export const tradeVerbs = { ...orderingVerbs, ...shippingVerbs, ...invoicingVerbs, ...readingTradeVerbs } as const;
