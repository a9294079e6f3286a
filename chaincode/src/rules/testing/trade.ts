import type { InvoiceSkeleton, InvoiceState, InvoiceTerms, OrderQuantities, OrderSkeleton, OrderState, OrderTerms, ShipmentSkeleton, ShipmentState } from '@dualchain/model';
import { earlier, invoice, later, msp, order } from './claims';

/** Canonical id of the lot of line 1. */
export const lot = 'https://id.gs1.org/01/09524002500012/10/HP-1';

/** 100 kg at 250 minor units, and 10 pieces at 1,000. */
export const orderTerms: OrderTerms = {
  currency: 'CNY',
  matchPolicy: 'three-way',
  lines: [
    { line: 1, gtin: '09524002500012', quantity: '100', unit: 'KGM', unitPrice: '250' },
    { line: 2, gtin: '09524002500029', quantity: '10', unit: 'EA', unitPrice: '1000' },
  ],
};

/** All of line 1 shipped and accepted, nothing invoiced. */
export const delivered: OrderQuantities = {
  lines: [
    { line: 1, gtin: '09524002500012', unit: 'KGM', ordered: '100', shipped: '100', returned: '0', accepted: '100', invoiced: '0' },
    { line: 2, gtin: '09524002500029', unit: 'EA', ordered: '10', shipped: '0', returned: '0', accepted: '0', invoiced: '0' },
  ],
};

export const untouched: OrderQuantities = { lines: delivered.lines.map((line) => ({ ...line, shipped: '0', accepted: '0' })) };

/** All of line 1, 25,000 minor units. */
export const invoiceTerms: InvoiceTerms = { number: 'HX/0815', issueDate: '2026-02-27', currency: 'CNY', lines: [{ line: 1, quantity: '100', unit: 'KGM', unitPrice: '250', amount: '25000' }], total: '25000' };

const proposal = { id: 'tx-1', proposer: msp.obligor, receiver: msp.supplier, proposedAt: earlier, expiresAt: later } as const;

/** The order between obligor and supplier in a state; a change of it is the obligor's proposal. */
export function orderIn(state: OrderState, change: Partial<OrderSkeleton> = {}): OrderSkeleton {
  const kind = state === 'amendment proposed' ? 'amendment' : state === 'cancellation proposed' ? 'cancellation' : undefined;
  return order({ obligor: msp.obligor, supplier: msp.supplier, state, ...(kind === undefined ? {} : { proposal: { ...proposal, kind, prior: 'accepted' } }), ...change });
}

/** An invoice in a state; a change of it is proposed by who may propose it. */
export function invoiceIn(state: InvoiceState, change: Partial<InvoiceSkeleton> = {}): InvoiceSkeleton {
  const { approvedBy: _maker, acceptedAt: _at, ...bare } = invoice();
  const bySupplier = { ...proposal, proposer: msp.supplier, receiver: msp.obligor };
  const proposed: { readonly [state in InvoiceState]?: InvoiceSkeleton['proposal'] } = {
    'credit note proposed': { ...bySupplier, kind: 'credit note', prior: 'exception', creditNoteId: 'CN-1' },
    'waiver proposed': { ...proposal, kind: 'waiver', prior: 'exception' },
    'resolution proposed': { ...proposal, kind: 'resolution', prior: 'disputed', outcome: 'matched' },
  };
  const open = proposed[state];
  const exceptions = state === 'exception' || open?.prior === 'exception' ? [{ line: 1, code: 'PRICE_DIFFERS' }] : [];
  const dispute = state === 'disputed' || open?.prior === 'disputed' ? { dispute: { id: 'tx-0', by: msp.obligor, at: earlier } } : {};
  return { ...bare, state, exceptions, resembles: state === 'blocked' ? ['INV-0'] : [], ...(state === 'approved' || state === 'accepted' || state === 'certified' ? { approvedBy: 'maker' } : {}), ...(state === 'certified' ? { certificateId: 'C-1' } : {}), ...dispute, ...(open === undefined ? {} : { proposal: open }), ...change };
}

export function shipmentIn(state: ShipmentState, change: Partial<ShipmentSkeleton> = {}): ShipmentSkeleton {
  return { id: 'DA-1', orderId: 'PO-1', supplier: msp.supplier, obligor: msp.obligor, carrier: msp.stranger, state, lots: [lot], shippingEvents: ['E-1'], arrivalEvents: [], receivingEvents: [], dispatchedAt: earlier, shippedAt: earlier, root: 'r', ...change };
}
