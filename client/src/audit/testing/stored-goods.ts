import { anchorOf } from './blocks';
import type { Entry } from './blocks';
import { at, bank, batch, carrier, event, farm, lot, maker, moved, record, regulator, settler, step, story } from './life';

/** The carrier keeps the warehouse in this story. */
const warehouse = carrier;
export const receipt = (id: string, state: string, more: Record<string, unknown> = {}) => ({ id, lot, depositId: 'D-1', warehouse, depositor: maker, owner: maker, authority: regulator, state, parents: [], draftedBy: 'm', createdAt: at(60), root: id, ...more });
export const terms = (id: string, quantity: string, owner = maker) => record('receiptTerms', id, { lot, depositId: 'D-1', warehouse, owner, quantity, unit: 'KGM' });
export const stock = (receipted: string) => record('stock', 'D-1', { warehouse, depositor: maker, lot, unit: 'KGM', received: '100', receipted });
const deposit = { id: 'D-1', eventId: 'E-in', lot, warehouse, depositor: maker, createdAt: at(60), root: 'r' };
const capture = (minute: number, id: string, body: Record<string, unknown>) => step(minute, warehouse, 'trace:captureEvents', [['event', [id], { ...event(id, warehouse, body), batch: `b-${id}` }], ['batch', [`b-${id}`], batch(`b-${id}`, warehouse, id)]], { anchor: [anchorOf('batch', [`b-${id}`], warehouse, batch(`b-${id}`, warehouse, id))] });
const parts = { parents: ['W-1'], createdAt: at(63) };
export const pledge = (state: string, more: Record<string, unknown> = {}) => ({ id: 'L-1', receiptId: 'W-2', receiptRoot: 'W-2', lot, warehouse, owner: maker, financier: bank, settler, state, expiresAt: at(90), dueAt: at(99), cureHours: 24, draftedAt: at(64), root: 'r', ...more });
const { state: _state, lot: _lot, draftedAt: _draftedAt, ...fact } = pledge('draft');
const agreed = (mspId: string) => ({ anchor: [anchorOf('receiptPledge', ['L-1'], mspId, fact)] });
const locked = receipt('W-2', 'pledge proposed', { ...parts, proposal: { id: 'tx', kind: 'pledge', prior: 'active', pledgeId: 'L-1', financier: bank, settler, expiresAt: at(90), offeredAt: at(65) } });
export const pledged = { pledgeId: 'L-1', financier: bank, settler };

const freeze = { orderId: 'O-9', scopeType: 'receipt', scopeId: 'W-3', author: regulator, state: 'in force', reason: 'tax', frozenAt: at(71), endsAt: at(99) };

/** Goods in a warehouse, after a whole life: a receipt that is divided, a loan against one part, which then moves on. */
export function storedGoods(): Entry[] {
  return [
    ...story(),
    capture(59, 'E-in', moved('receiving', lot, 100)),
    step(60, warehouse, 'collateral:draftReceipt', [['deposit', ['D-1'], deposit], ['receipt', ['W-0'], receipt('W-0', 'draft')]], { seal: [[stock('40'), [warehouse, maker]], [terms('W-0', '40'), [warehouse, maker]]] }),
    step(61, warehouse, 'collateral:withdrawReceipt', [['deposit', ['D-1'], deposit], ['receipt', ['W-0'], receipt('W-0', 'cancelled')]], { seal: [[stock('0'), [warehouse, maker]]] }),
    step(61, warehouse, 'collateral:draftReceipt', [['deposit', ['D-1'], deposit], ['receipt', ['W-1'], receipt('W-1', 'draft')]], { seal: [[stock('90'), [warehouse, maker]], [terms('W-1', '90'), [warehouse, maker]]] }),
    step(62, warehouse, 'collateral:issueReceipt', [['receipt', ['W-1'], receipt('W-1', 'issued')]]),
    step(62, maker, 'collateral:acceptReceipt', [['receipt', ['W-1'], receipt('W-1', 'active')]]),
    step(63, maker, 'collateral:splitReceipt', [['receipt', ['W-1'], receipt('W-1', 'spent', { children: ['W-2', 'W-3'] })], ['receipt', ['W-2'], receipt('W-2', 'active', parts)], ['receipt', ['W-3'], receipt('W-3', 'active', parts)]], { seal: [[terms('W-2', '60'), [warehouse, maker]], [terms('W-3', '30'), [warehouse, maker]]] }),
    step(64, maker, 'collateral:draftReceiptPledge', [['receiptPledge', ['L-1'], pledge('draft')]]),
    step(65, maker, 'collateral:proposeReceiptPledge', [['receiptPledge', ['L-1'], pledge('proposed')], ['receipt', ['W-2'], locked]], agreed(maker)),
    step(66, bank, 'collateral:acceptReceiptPledge', [['receiptPledge', ['L-1'], pledge('accepted')]], agreed(bank)),
    step(67, warehouse, 'collateral:confirmReceiptPledge', [['receiptPledge', ['L-1'], pledge('secured')]], agreed(warehouse)),
    step(68, settler, 'collateral:payReceiptLoan', [['payment', ['p20'], { digest: 'p20', settler, purpose: 'receipt loan', holdingIds: [], pledgeId: 'L-1', paidTo: maker, at: at(68) }], ['receiptPledge', ['L-1'], pledge('live', { paidAt: at(68), payment: 'p20' })], ['receipt', ['W-2'], receipt('W-2', 'pledged', { ...parts, ...pledged })]]),
    step(69, maker, 'collateral:offerReceipt', [['receipt', ['W-3'], receipt('W-3', 'transfer offered', { ...parts, proposal: { id: 'tx', kind: 'transfer', prior: 'active', receiver: farm, expiresAt: at(90), offeredAt: at(69) } })]], { seal: [[terms('W-3', '30'), [farm]]] }),
    step(70, farm, 'collateral:acceptReceiptOffer', [['receipt', ['W-3'], receipt('W-3', 'active', { ...parts, owner: farm })]], { seal: [[terms('W-3', '30', farm), [warehouse, farm]]] }),
    step(71, bank, 'collateral:releaseReceiptPledge', [['receiptPledge', ['L-1'], pledge('released', { paidAt: at(68), payment: 'p20', endedAt: at(71) })], ['receipt', ['W-2'], receipt('W-2', 'active', parts)]]),
    step(71, regulator, 'certificate:freezeReceipt', [['freeze', ['receipt', 'W-3', 'O-9'], freeze]], { anchor: [anchorOf('freeze', ['receipt', 'W-3', 'O-9'], regulator, freeze)] }),
    capture(72, 'E-out', moved('shipping', lot, 60)),
    step(73, warehouse, 'collateral:shipReceipt', [['receipt', ['W-2'], receipt('W-2', 'in transit', { ...parts, carrier, destination: farm, transit: { shippingEvents: ['E-out'], custodyEvents: [], shippedAt: at(72), dueAt: at(99) } })]], { seal: [[terms('W-2', '60'), [farm]]] }),
  ];
}
