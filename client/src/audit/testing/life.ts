import { anchorKey, defaultChannelPolicy, sealRecord } from '@dualchain/model';
import { anchorOf } from './blocks';
import type { Entry } from './blocks';

export const [brand, maker, farm, carrier, bank, settler, regulator] = ['BrandMSP', 'ProcessorMSP', 'FarmMSP', 'CarrierMSP', 'BankMSP', 'ClearingMSP', 'RegulatorMSP'];
export const roles = { [brand]: ['obligor'], [maker]: ['supplier'], [farm]: ['supplier'], [carrier]: ['carrier'], [bank]: ['financier'], [settler]: ['settler'], [regulator]: ['authority', 'inspector'] };
export const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 8, minute)).toISOString();
export const lot = 'https://id.gs1.org/01/09524002500012/10/HP-1';
export const fresh = 'https://id.gs1.org/01/09524001200012/10/DRY-1';
export const record = (type: string, id: string, fields: Record<string, unknown>) => sealRecord(Buffer.alloc(32, 7), type, id, fields);
export const line = (fields: Record<string, unknown>) => ({ line: 1, ...fields });

export const order = { id: 'PO-1', obligor: brand, supplier: maker, version: 1, expiresAt: at(59), issuedAt: at(1), root: 'r' };
export const shipment = { id: 'DA-1', orderId: 'PO-1', supplier: maker, obligor: brand, carrier, lots: [lot], shippingEvents: ['E-ship'], arrivalEvents: [], receivingEvents: [], dispatchedAt: at(4), shippedAt: at(3), root: 'r' };
export const fingerprint = (invoiceId: string) => ({ kind: 'document', digest: 'd1', invoiceId, obligor: brand, supplier: maker, registeredAt: at(6) });
export const invoice = { id: 'INV-1', orderId: 'PO-1', shipmentIds: ['DA-1'], supplier: maker, obligor: brand, exceptions: [], fingerprints: [{ kind: 'document', digest: 'd1' }], resembles: [], submittedAt: at(6), root: 'r' };
export const accepted = { ...invoice, approvedBy: 'm', acceptedAt: at(8) };
export const certificate = { id: 'C-1', obligor: brand, supplier: maker, settler, dueDate: at(40), invoiceIds: ['INV-1'], shipmentIds: ['DA-1'], lots: [lot], lateness: { graceDays: 5, defaultAfterDays: 30, lateFeeBps: 0 }, firstHoldingId: 'H-1', proposedBy: 'm', issuedAt: at(9), root: 'r' };
export const holding = (id: string, owner: string, state: string, more: Record<string, unknown> = {}) => ({ id, certificateId: 'C-1', obligor: brand, owner, state, parents: [], assignments: [], tier: 0, createdAt: at(9), root: id, ...more });
export const range = (id: string, owner: string, from: number, to: number) => record('holding', id, { certificateId: 'C-1', owner, from: String(from), to: String(to) });
export const event = (id: string, reporter: string, body: Record<string, unknown>) => ({ id, reporter, capturedAt: at(3), transactionId: 't', batch: 'b', context: ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], event: { eventTime: at(2), eventTimeZoneOffset: '+00:00', ...body } });
/** The body of an event over some of a lot. */
export const moved = (bizStep: string, epcClass: string, quantity: number, epcList: string[] = []) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep, epcList, quantityList: [{ epcClass, quantity, uom: 'KGM' }] });
export const batch = (id: string, reporter: string, ...events: string[]) => ({ id, reporter, events });
export const toBank = { from: farm, to: bank, assignedAt: at(24), notifiedAt: at(24), registeredAt: at(24), registrationReference: 'ZDW-1' };
export const toFarm = { from: maker, to: farm, assignedAt: at(15), notifiedAt: at(15) };
export const payment = (digest: string, purpose: string, holdingIds: string[], paidTo: string) => ({ digest, settler, purpose, holdingIds, certificateId: 'C-1', paidTo, at: at(24) });
/** What a payment books, sealed. */
export const paid = (digest: string, amount: number, more: Record<string, unknown> = {}) => record('payment', digest, { amount: String(amount), lateFee: '0', discount: '0', ...more });
const offer = { kind: 'transfer', prior: 'free', expiresAt: at(59), receiver: farm, offeredAt: at(14) };
const quotes = { kind: 'quotes', prior: 'free', expiresAt: at(59), financiers: [bank], recourse: 'without', offeredAt: at(20) };
const lock = { kind: 'finance', prior: 'free', expiresAt: at(59), quoteId: 'Q-1', financier: bank, offeredAt: at(22) };
export const quantities = (shipped: string, received: string, invoiced: string) => record('quantities', 'PO-1', { obligor: brand, supplier: maker, lines: [line({ ordered: '100', shipped, returned: '0', accepted: received, invoiced })] });
export const part = (id: string, owner: string, state: string, more = {}) => holding(id, owner, state, { parents: ['H-1'], ...more });
const split = holding('H-1', maker, 'spent', { children: ['H-2', 'H-3'] });

export const step = (minute: number, creator: string, call: string, put: Entry['put'], more: Partial<Entry> = {}): Entry => ({ call, creator, at: at(minute), put, ...more });

/** The channel as it was founded, and its members. */
export const founded = { policy: { ...defaultChannelPolicy, currencies: ['CNY'], evidenceForFinance: [{ claim: 'inspected', role: 'inspector', count: 1, finance: ['with recourse', 'without recourse', 'pledge'] }], voteThreshold: 4 }, version: 1, foundedAt: at(0), foundation: 'f', members: Object.keys(roles).sort() };
export const memberOf = (mspId: string) => ({ mspId, name: mspId, gln: '', roles: roles[mspId], state: 'active', since: at(0), version: 1 });
const inspection = { id: 'A-1', author: regulator, subject: { type: 'lot', id: lot }, claim: 'inspected', evidenceHash: 'e', attestedAt: at(12) };

/** A whole life, from order to settlement: 1,000 minor units, of which the farm gets 400 and sells them to the bank. */
export function story(): Entry[] {
  return [
    step(0, brand, 'consortium:bootstrap', [
      ['channelPolicy', ['current'], founded],
      ...Object.keys(roles).map((mspId): Entry['put'][number] => ['member', [mspId], memberOf(mspId)]),
    ], { endorsers: Object.keys(roles) }),
    step(1, brand, 'trade:issueOrder', [['order', ['PO-1'], { ...order, state: 'issued' }]], { seal: [[record('order', 'PO-1', { lines: [] }), [brand, maker]], [quantities('0', '0', '0'), [brand, maker]]] }),
    step(2, maker, 'trade:acceptOrder', [['order', ['PO-1'], { ...order, state: 'accepted' }]]),
    step(3, maker, 'trace:captureEvents', [
      ['event', ['E-cook'], event('E-cook', maker, { type: 'TransformationEvent', inputQuantityList: [{ epcClass: fresh, quantity: 5, uom: 'KGM' }], outputQuantityList: [{ epcClass: lot, quantity: 100, uom: 'KGM' }] })],
      ['event', ['E-ship'], event('E-ship', maker, moved('shipping', lot, 100))],
      ['event', ['E-got'], event('E-got', maker, moved('receiving', fresh, 5))],
      ['batch', ['b'], batch('b', maker, 'E-cook', 'E-ship', 'E-got')],
    ], { anchor: [anchorOf('batch', ['b'], maker, batch('b', maker, 'E-cook', 'E-ship', 'E-got'))] }),
    // What happened first is reported last.
    step(3, farm, 'trace:captureEvents', [
      ['event', ['E-pick'], { ...event('E-pick', farm, { ...moved('commissioning', fresh, 8), action: 'ADD' }), batch: 'b-farm' }],
      ['event', ['E-sent'], { ...event('E-sent', farm, moved('shipping', fresh, 5)), batch: 'b-farm' }],
      ['batch', ['b-farm'], batch('b-farm', farm, 'E-pick', 'E-sent')],
    ], { anchor: [anchorOf('batch', ['b-farm'], farm, batch('b-farm', farm, 'E-pick', 'E-sent'))] }),
    step(4, maker, 'trade:dispatchShipment', [['shipment', ['DA-1'], { ...shipment, state: 'dispatched' }]], { seal: [[record('shipment', 'DA-1', { lines: [line({ lot, quantity: '100', unit: 'KGM' })] }), [brand, maker, carrier]], [quantities('100', '0', '0'), [brand, maker]]] }),
    step(5, carrier, 'trade:arriveShipment', [['shipment', ['DA-1'], { ...shipment, state: 'arrived', arrivalEvents: ['x'] }]]),
    step(5, brand, 'trade:receiveShipment', [['shipment', ['DA-1'], { ...shipment, state: 'received', arrivalEvents: ['x'], receivingEvents: ['y'] }]], { seal: [[record('receipt', 'DA-1', { lines: [line({ lot, accepted: '100', rejected: '0', unit: 'KGM' })] }), [brand, maker, carrier]], [quantities('100', '100', '0'), [brand, maker]]] }),
    step(6, maker, 'trade:submitInvoice', [['fingerprint', ['document', 'd1'], fingerprint('INV-1')], ['invoice', ['INV-1'], { ...invoice, state: 'matched' }]], { seal: [[record('invoice', 'INV-1', { total: '1000', lines: [line({ quantity: '100' })] }), [brand, maker]], [quantities('100', '100', '100'), [brand, maker]]] }),
    step(7, brand, 'trade:approveInvoice', [['invoice', ['INV-1'], { ...invoice, state: 'approved', approvedBy: 'm' }]]),
    step(8, brand, 'trade:acceptInvoice', [['invoice', ['INV-1'], { ...accepted, state: 'accepted' }]]),
    step(9, brand, 'certificate:issueCertificate', [['certificate', ['C-1'], { ...certificate, state: 'proposed' }], ['holding', ['H-1'], holding('H-1', maker, 'locked')], ['invoice', ['INV-1'], { ...accepted, state: 'certified', certificateId: 'C-1' }]], { seal: [[record('certificate', 'C-1', { face: '1000', currency: 'CNY' }), [brand, maker]], [range('H-1', maker, 1, 1000), [brand, maker]]] }),
    step(10, brand, 'certificate:confirmCertificate', [['certificate', ['C-1'], { ...certificate, state: 'issued' }]]),
    step(11, maker, 'certificate:acceptCertificate', [['certificate', ['C-1'], { ...certificate, state: 'active' }], ['holding', ['H-1'], holding('H-1', maker, 'free')]]),
    step(12, regulator, 'attestation:attest', [['attestation', ['A-1'], inspection]], { anchor: [anchorOf('attestation', ['A-1'], regulator, inspection)] }),
    step(13, maker, 'certificate:splitHolding', [['holding', ['H-1'], split], ['holding', ['H-2'], part('H-2', maker, 'free')], ['holding', ['H-3'], part('H-3', maker, 'free')]], { seal: [[range('H-2', maker, 1, 400), [brand, maker]], [range('H-3', maker, 401, 1000), [brand, maker]]] }),
    step(14, maker, 'certificate:offerTransfer', [['holding', ['H-2'], part('H-2', maker, 'transfer offered', { proposal: offer })]], { seal: [[range('H-2', maker, 1, 400), [farm]]] }),
    step(15, farm, 'certificate:acceptTransfer', [['holding', ['H-2'], part('H-2', farm, 'free', { tier: 1, assignments: [toFarm] })]], { seal: [[range('H-2', farm, 1, 400), [brand, farm]]] }),
    step(20, farm, 'certificate:requestQuotes', [['holding', ['H-2'], part('H-2', farm, 'quotes open', { tier: 1, assignments: [toFarm], proposal: quotes })]], { seal: [[range('H-2', farm, 1, 400), [bank]]] }),
    step(20, farm, 'certificate:withdrawQuotes', [['holding', ['H-2'], part('H-2', farm, 'free', { tier: 1, assignments: [toFarm] })]]),
    step(20, farm, 'certificate:requestQuotes', [['holding', ['H-2'], part('H-2', farm, 'quotes open', { tier: 1, assignments: [toFarm], proposal: quotes })]]),
    step(21, bank, 'certificate:submitQuote', [['quote', ['H-2', 'Q-1'], { id: 'Q-1', holdingId: 'H-2', financier: bank, owner: farm, state: 'open', expiresAt: at(59), quotedAt: at(21), root: 'r' }]], { seal: [[record('quote', 'Q-1', { payout: '395' }), [farm, bank]]] }),
    step(22, farm, 'certificate:acceptQuote', [['quote', ['H-2', 'Q-1'], { id: 'Q-1', holdingId: 'H-2', financier: bank, owner: farm, state: 'accepted', expiresAt: at(59), quotedAt: at(21), root: 'r' }], ['holding', ['H-2'], part('H-2', farm, 'finance locked', { tier: 1, assignments: [toFarm], proposal: lock })]]),
    step(24, settler, 'certificate:confirmPayout', [['payment', ['p1'], payment('p1', 'payout', ['H-2'], farm)], ['quote', ['H-2', 'Q-1'], { id: 'Q-1', holdingId: 'H-2', financier: bank, owner: farm, state: 'paid out', expiresAt: at(59), quotedAt: at(21), root: 'r' }], ['holding', ['H-2'], part('H-2', bank, 'financed', { tier: 2, assignments: [toFarm, toBank] })]], { seal: [[range('H-2', bank, 1, 400), [brand, bank]]] }),
    step(40, brand, 'certificate:declareDue', [['certificate', ['C-1'], { ...certificate, state: 'due' }]]),
    step(41, settler, 'certificate:settleHoldings', [['payment', ['p2'], payment('p2', 'settlement', ['H-2'], bank)], ['holding', ['H-2'], part('H-2', bank, 'redeemed', { tier: 2, assignments: [toFarm, toBank], redeemedBy: 'p2' })]], { seal: [[paid('p2', 400), [brand, bank, settler]]] }),
    step(42, settler, 'certificate:settleHoldings', [['payment', ['p3'], payment('p3', 'settlement', ['H-3'], maker)], ['holding', ['H-3'], part('H-3', maker, 'redeemed', { redeemedBy: 'p3' })]], { seal: [[paid('p3', 600), [brand, maker, settler]]] }),
    step(43, settler, 'certificate:closeCertificate', [['certificate', ['C-1'], { ...certificate, state: 'settled' }]]),
    step(50, regulator, 'trace:openRecall', [['recall', ['R-1'], { id: 'R-1', author: regulator, lot: fresh, reasonClass: 'other', reason: 'x', state: 'open', openedAt: at(50) }], ['recallFlag', [fresh, 'R-1', 'start'], { lot: fresh, recallId: 'R-1', at: at(50) }]], { anchor: [[anchorKey('recall', ['R-1']), regulator]] }),
    step(51, farm, 'trace:advanceRecall', [['recallFlag', [lot, 'R-1', 'E-cook'], { lot, recallId: 'R-1', from: fresh, eventId: 'E-cook', at: at(51) }]]),
    step(52, regulator, 'trace:closeRecall', [['recall', ['R-1'], { id: 'R-1', author: regulator, lot: fresh, reasonClass: 'other', reason: 'x', state: 'closed', openedAt: at(50), closedAt: at(52) }]], { remove: [['recallFlag', [fresh, 'R-1', 'start']], ['recallFlag', [lot, 'R-1', 'E-cook']]] }),
  ];
}
