import { canonicalJson, sha256Hex } from '@dualchain/model';
import { anchorOf } from './blocks';
import type { Entry } from './blocks';
import { at, bank, brand, carrier, certificate as firstCertificate, farm, founded, holding, invoice as firstInvoice, maker, memberOf, paid, payment, record, regulator, settler, step, story } from './life';

const lateness = { graceDays: 0, defaultAfterDays: 0, lateFeeBps: 36_000 };
const certificate = { ...firstCertificate, id: 'C-2', authority: regulator, lateness, creditLineId: 'CL-1', invoiceIds: ['INV-2'], firstHoldingId: 'K-1', dueDate: at(80), issuedAt: at(70) };
export const claim = (id: string, owner: string, state: string, more: Record<string, unknown> = {}) => holding(id, owner, state, { certificateId: 'C-2', authority: regulator, createdAt: at(70), ...more });
export const rangeOfClaim = (id: string, owner: string, from: number, to: number) => record('holding', id, { certificateId: 'C-2', owner, from: String(from), to: String(to) });
const invoice = { ...firstInvoice, id: 'INV-2', version: 1, exceptions: [{ line: 1, code: 'QUANTITY' }], fingerprints: [{ kind: 'document', digest: 'd2' }] };
const { exceptions: _exceptions, ...clean } = { ...invoice, version: 3, parts: ['INV-2-P'] };
const matched = { ...clean, exceptions: [] };
const accepted = { ...matched, approvedBy: 'm', acceptedAt: at(69) };
const offered = (minute: number) => ({ id: `tx-${minute}`, kind: 'credit note', proposer: maker, receiver: brand, prior: 'exception', proposedAt: at(minute), expiresAt: at(99) });
const line = (used: number) => record('creditLine', 'CL-1', { financier: bank, obligor: brand, currency: 'CNY', limit: '5000', used: String(used) });
const creditLine = { id: 'CL-1', financier: bank, obligor: brand, state: 'open', setAt: at(60), root: 'r' };
const reservation = { creditLineId: 'CL-1', certificateId: 'C-2', financier: bank, obligor: brand, state: 'reserved', expiresAt: at(99), reservedAt: at(61), root: 'r' };
const quote = { id: 'Q-2', holdingId: 'K-2', financier: bank, owner: maker, expiresAt: at(99), quotedAt: at(75), root: 'r' };
const toBank = { from: maker, to: bank, assignedAt: at(77), notifiedAt: at(77), registeredAt: at(77), registrationReference: 'ZDW-2' };
const recourse = [{ from: bank, to: maker }];
const asked = { kind: 'quotes', prior: 'free', expiresAt: at(99), financiers: [bank], recourse: 'with', offeredAt: at(74) };
const locked = { kind: 'finance', prior: 'free', expiresAt: at(99), quoteId: 'Q-2', financier: bank, recourse: 'with', offeredAt: at(76) };
const claimed = { kind: 'recourse', prior: 'financed', expiresAt: at(999), seller: maker, offeredAt: at(85) };
export const freeze = { orderId: 'O-1', scopeType: 'holding', scopeId: 'K-3', certificateId: 'C-2', author: regulator, state: 'in force', reason: 'court order', frozenAt: at(78), endsAt: at(90) };
const booking = (digest: string, purpose: string, holdingIds: string[], paidTo: string, more: Record<string, unknown> = {}) => ({ ...payment(digest, purpose, holdingIds, paidTo), certificateId: 'C-2', ...more });
const rest = { parents: ['K-2'], tier: 1, certificateId: 'C-2', authority: regulator, createdAt: at(82) };
const late = { ...certificate, state: 'overdue', overdueAt: at(83) };
const gone = { ...late, state: 'defaulted', defaultedAt: at(84), defaultOrderId: 'O-2' };
const back = { from: bank, to: maker, assignedAt: at(86) };

/** A motion to suspend the carrier, and four members' votes for it. */
const motion = { id: 'M-1', proposer: brand, state: 'open', change: { kind: 'suspend', mspId: carrier, reason: 'x' }, base: 1, proposedAt: at(95), expiresAt: at(99) };
const { state: _open, ...motionFact } = motion;
const vote = (mspId: string) => ({ motionId: 'M-1', mspId, inFavour: true, motion: sha256Hex(canonicalJson(motionFact)) });
const cast = (mspId: string): Entry => step(96, mspId, 'consortium:castVote', [['vote', ['M-1', mspId], vote(mspId)]], { anchor: [anchorOf('vote', ['M-1', mspId], mspId, vote(mspId))] });

/**
 * What can go wrong, after a whole life: an invoice disputed in part and reduced, a credit line, finance with recourse, an
 * order that freezes, money in escrow, a payment in part, default, recourse, and the late rest.
 */
export function hardLife(): Entry[] {
  return [
    ...story(),
    step(60, bank, 'certificate:setCreditLine', [['creditLine', ['CL-1'], creditLine]], { seal: [[line(0), [bank, brand]]] }),
    step(61, brand, 'certificate:reserveCredit', [['creditLine', ['CL-1'], creditLine], ['creditReservation', ['CL-1', 'C-2'], reservation]], { seal: [[line(1000), [bank, brand]], [record('creditReservation', 'CL-1/C-2', { amount: '1000' }), [bank, brand]]] }),
    step(62, maker, 'trade:submitInvoice', [['fingerprint', ['document', 'd2'], { kind: 'document', digest: 'd2', invoiceId: 'INV-2', obligor: brand, supplier: maker, registeredAt: at(62) }], ['invoice', ['INV-2'], { ...invoice, state: 'exception' }]], { seal: [[record('invoice', 'INV-2', { total: '1300', lines: [] }), [brand, maker]]] }),
    step(63, maker, 'trade:disputeInvoice', [['invoice', ['INV-2'], { ...invoice, version: 2, parts: ['INV-2-P'], state: 'exception' }], ['invoice', ['INV-2-P'], { ...invoice, id: 'INV-2-P', fingerprints: [], partOf: 'INV-2', state: 'disputed' }]], { seal: [[record('invoice', 'INV-2', { total: '1100', lines: [] }), [brand, maker]], [record('invoice', 'INV-2-P', { total: '200', lines: [] }), [brand, maker]]] }),
    step(64, maker, 'trade:proposeCreditNote', [['invoice', ['INV-2'], { ...invoice, version: 2, parts: ['INV-2-P'], state: 'credit note proposed', proposal: offered(64) }]]),
    step(65, brand, 'trade:refuseInvoiceChange', [['invoice', ['INV-2'], { ...invoice, version: 2, parts: ['INV-2-P'], state: 'exception' }]]),
    step(66, maker, 'trade:proposeCreditNote', [['invoice', ['INV-2'], { ...invoice, version: 2, parts: ['INV-2-P'], state: 'credit note proposed', proposal: offered(66) }]]),
    step(67, brand, 'trade:acceptCreditNote', [['invoice', ['INV-2'], { ...matched, state: 'matched' }]], { seal: [[record('invoice', 'INV-2', { total: '1000', lines: [] }), [brand, maker]]] }),
    step(68, brand, 'trade:approveInvoice', [['invoice', ['INV-2'], { ...matched, state: 'approved', approvedBy: 'm' }]]),
    step(69, brand, 'trade:acceptInvoice', [['invoice', ['INV-2'], { ...accepted, state: 'accepted' }]]),
    step(70, brand, 'certificate:issueCertificate', [['certificate', ['C-2'], { ...certificate, state: 'proposed' }], ['holding', ['K-1'], claim('K-1', maker, 'locked')], ['invoice', ['INV-2'], { ...accepted, state: 'certified', certificateId: 'C-2' }]], { seal: [[record('certificate', 'C-2', { face: '1000', currency: 'CNY' }), [brand, maker]], [rangeOfClaim('K-1', maker, 1, 1000), [brand, maker]]] }),
    step(71, brand, 'certificate:confirmCertificate', [['certificate', ['C-2'], { ...certificate, state: 'issued' }]]),
    step(72, maker, 'certificate:acceptCertificate', [['certificate', ['C-2'], { ...certificate, state: 'active' }], ['holding', ['K-1'], claim('K-1', maker, 'free')]]),
    step(73, maker, 'certificate:splitHolding', [['holding', ['K-1'], claim('K-1', maker, 'spent', { children: ['K-2', 'K-3'] })], ['holding', ['K-2'], claim('K-2', maker, 'free', { parents: ['K-1'] })], ['holding', ['K-3'], claim('K-3', maker, 'free', { parents: ['K-1'] })]], { seal: [[rangeOfClaim('K-2', maker, 1, 600), [brand, maker]], [rangeOfClaim('K-3', maker, 601, 1000), [brand, maker, settler]]] }),
    step(74, maker, 'certificate:requestQuotes', [['holding', ['K-2'], claim('K-2', maker, 'quotes open', { parents: ['K-1'], proposal: asked })]]),
    step(75, bank, 'certificate:submitQuote', [['quote', ['K-2', 'Q-2'], { ...quote, state: 'open' }]], { seal: [[record('quote', 'Q-2', { payout: '590' }), [maker, bank]]] }),
    step(76, maker, 'certificate:acceptQuote', [['quote', ['K-2', 'Q-2'], { ...quote, state: 'accepted' }], ['holding', ['K-2'], claim('K-2', maker, 'finance locked', { parents: ['K-1'], proposal: locked })]]),
    step(77, settler, 'certificate:confirmPayout', [['payment', ['p4'], booking('p4', 'payout', ['K-2'], maker)], ['quote', ['K-2', 'Q-2'], { ...quote, state: 'paid out' }], ['holding', ['K-2'], claim('K-2', bank, 'financed', { parents: ['K-1'], tier: 1, assignments: [toBank], recourse })]], { seal: [[rangeOfClaim('K-2', bank, 1, 600), [brand, bank, settler]]] }),
    step(78, regulator, 'certificate:freezeHolding', [['freeze', ['holding', 'K-3', 'O-1'], freeze]], { anchor: [anchorOf('freeze', ['holding', 'K-3', 'O-1'], regulator, freeze)] }),
    step(80, brand, 'certificate:declareDue', [['certificate', ['C-2'], { ...certificate, state: 'due' }]]),
    step(81, settler, 'certificate:payIntoEscrow', [['payment', ['p5'], booking('p5', 'escrow', ['K-3'], settler, { at: at(81) })], ['holding', ['K-3'], claim('K-3', maker, 'escrowed', { parents: ['K-1'], redeemedBy: 'p5', escrow: { deposit: 'p5' } })]]),
    step(82, settler, 'certificate:sealDeposit', [['payment', ['p5'], booking('p5', 'escrow', ['K-3'], settler, { at: at(81), root: 'r' })]], { seal: [[paid('p5', 400, { lateFee: '4' }), [brand, settler]]] }),
    step(82, settler, 'certificate:settlePart', [['payment', ['p6'], booking('p6', 'settlement', ['K-4'], bank)], ['holding', ['K-2'], claim('K-2', bank, 'spent', { parents: ['K-1'], tier: 1, assignments: [toBank], recourse, children: ['K-4', 'K-5'] })], ['holding', ['K-4'], claim('K-4', bank, 'redeemed', { ...rest, recourse, redeemedBy: 'p6' })], ['holding', ['K-5'], claim('K-5', bank, 'financed', { ...rest, recourse })]], { seal: [[rangeOfClaim('K-4', bank, 1, 200), [brand, bank, settler]], [rangeOfClaim('K-5', bank, 201, 600), [brand, bank, settler]], [paid('p6', 200, { lateFee: '2' }), [brand, bank, settler]]] }),
    step(83, farm, 'certificate:declareOverdue', [['certificate', ['C-2'], late]]),
    step(84, regulator, 'certificate:declareDefault', [['certificate', ['C-2'], gone]]),
    step(85, bank, 'certificate:claimRecourse', [['holding', ['K-5'], claim('K-5', bank, 'recourse claimed', { ...rest, recourse, proposal: claimed })]]),
    step(86, settler, 'certificate:buyBack', [['payment', ['p7'], booking('p7', 'buy-back', ['K-5'], bank)], ['holding', ['K-5'], claim('K-5', maker, 'bought back', { ...rest, assignments: [back], standIn: regulator })]], { seal: [[rangeOfClaim('K-5', maker, 201, 600), [regulator, maker, settler]]] }),
    step(91, settler, 'certificate:releaseEscrow', [['payment', ['p8'], booking('p8', 'escrow release', ['K-3'], maker, { deposit: 'p5' })], ['holding', ['K-3'], claim('K-3', maker, 'redeemed', { parents: ['K-1'], redeemedBy: 'p5', escrow: { deposit: 'p5' } })]]),
    step(92, settler, 'certificate:settleHoldings', [['payment', ['p9'], booking('p9', 'settlement', ['K-5'], maker)], ['holding', ['K-5'], claim('K-5', maker, 'redeemed', { ...rest, assignments: [back], standIn: regulator, redeemedBy: 'p9' })]], { seal: [[paid('p9', 400, { lateFee: '4' }), [regulator, maker, settler]]] }),
    step(93, settler, 'certificate:closeCertificate', [['certificate', ['C-2'], { ...gone, state: 'settled' }]]),
    step(94, brand, 'certificate:releaseCredit', [['creditLine', ['CL-1'], creditLine], ['creditReservation', ['CL-1', 'C-2'], { ...reservation, state: 'released', releasedAt: at(94) }]], { seal: [[line(0), [bank, brand]]] }),
    step(95, brand, 'consortium:proposeMotion', [['motion', ['M-1'], motion]]),
    ...[brand, maker, farm, bank].map(cast),
    step(97, bank, 'consortium:enactMotion', [['motion', ['M-1'], { ...motion, state: 'enacted', closedAt: at(97) }], ['channelPolicy', ['current'], founded], ['member', [carrier], { ...memberOf(carrier), state: 'suspended', since: at(97), version: 2, motionId: 'M-1' }]]),
  ];
}
