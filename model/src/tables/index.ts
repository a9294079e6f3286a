import { attestationTable } from './attestation';
import { certificateTable } from './certificate';
import { creditLineTable, creditReservationTable } from './credit-line';
import { disputeTable } from './dispute';
import { freezeTable } from './freeze';
import { earlySettlementTable } from './early-settlement';
import { holdingTable } from './holding';
import { invoiceTable } from './invoice';
import { memberTable } from './member';
import { motionTable } from './motion';
import { loanTable } from './loan';
import { orderTable } from './order';
import { quoteTable } from './quote';
import { recallTable } from './recall';
import { receiptPledgeTable, receiptTable } from './receipt';
import { shipmentTable } from './shipment';
import type { StateTable } from './table';

export * from './attestation';
export * from './certificate';
export * from './credit-line';
export * from './dispute';
export * from './freeze';
export * from './early-settlement';
export * from './holding';
export * from './invoice';
export * from './member';
export * from './motion';
export * from './loan';
export * from './order';
export * from './quote';
export * from './recall';
export * from './receipt';
export * from './shipment';
export * from './table';

/** Every state table: guards, diagrams, tests and the auditor are made from them. */
export const stateTables: readonly StateTable[] = [orderTable, shipmentTable, invoiceTable, certificateTable, holdingTable, quoteTable, loanTable, recallTable, freezeTable, disputeTable, creditLineTable, creditReservationTable, motionTable, memberTable, attestationTable, earlySettlementTable, receiptTable, receiptPledgeTable];
