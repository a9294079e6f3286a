import { certificateTable } from './certificate';
import { freezeTable } from './freeze';
import { holdingTable } from './holding';
import { invoiceTable } from './invoice';
import { orderTable } from './order';
import { quoteTable } from './quote';
import { recallTable } from './recall';
import { shipmentTable } from './shipment';
import type { StateTable } from './table';

export * from './certificate';
export * from './freeze';
export * from './holding';
export * from './invoice';
export * from './order';
export * from './quote';
export * from './recall';
export * from './shipment';
export * from './table';

/** Every state table: guards, diagrams, tests and the auditor are made from them. */
export const stateTables: readonly StateTable[] = [orderTable, shipmentTable, invoiceTable, certificateTable, holdingTable, quoteTable, recallTable, freezeTable];
