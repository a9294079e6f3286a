import { implicitCollection, sha256Hex } from '@dualchain/model';
import { auditLedger, exposedBy, findLeaks, firstDifference, readLedger } from './audit';
import { alter, anchorOf, blocksOf, find } from './testing/blocks';
import type { Entry } from './testing/blocks';
import { claim, hardLife, rangeOfClaim } from './testing/hard-life';
import { at, bank, batch, brand, carrier, certificate, event, farm, fingerprint, founded, fresh, holding, invoice, line, lot, maker, moved, paid, payment, quantities, range, record, regulator, settler, shipment, story, toBank, toFarm } from './testing/life';
import { pledge, pledged, receipt, stock, storedGoods, terms } from './testing/stored-goods';

const sscc = 'https://id.gs1.org/00/395240010000000019';
const reportOf = (entries: readonly Entry[], mspId = brand) => auditLedger(readLedger(mspId, 'dualchain', blocksOf(mspId, entries)));
it('holds for a whole life, and the obligor sees all of it', () => {
  const { verdicts, holds } = reportOf(story());
  expect(verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
  expect(holds).toBe(true);
  expect(verdicts.filter(({ unseen }) => unseen > 0)).toEqual([]);
  expect(verdicts.filter(({ checked }) => checked === 0).map(({ invariant }) => invariant)).toEqual(['7', '11', 'sealed events']);
});

it.each([maker, farm, carrier, bank, settler, regulator])('holds on the ledger of %s, which counts what it cannot see', (mspId) => {
  const { verdicts } = reportOf(story(), mspId);
  expect(verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
  expect(verdicts.some(({ unseen }) => unseen > 0)).toBe(true);
});

it.each([brand, maker, farm, bank, settler, regulator])('holds on the ledger of %s when all goes wrong: dispute, freeze, escrow, part payment, default, recourse', (mspId) => {
  expect(reportOf(hardLife(), mspId).verdicts.flatMap(({ invariant, breaks: found }) => found.map((each) => ({ invariant, ...each })))).toEqual([]);
});

/** One way to break each invariant. */
const breaks: [string, string, (entries: Entry[]) => void][] = [
  ['1', 'parts that overlap', (entries) => (find(entries, 'splitHolding').seal = [[range('H-2', maker, 1, 400), [brand, maker]], [range('H-3', maker, 400, 1000), [brand, maker]]])],
  ['1', 'parts that leave a gap', (entries) => (find(entries, 'splitHolding').seal = [[range('H-2', maker, 1, 400), [brand, maker]], [range('H-3', maker, 402, 1000), [brand, maker]]])],
  ['2', 'a redemption without a settlement', (entries) => void (find(entries, 'settleHoldings').put = find(entries, 'settleHoldings').put.slice(1))],
  ['2', 'a settlement of what stays live', (entries) => alter(find(entries, 'settleHoldings'), 'payment', { holdingIds: ['H-2', 'H-3'] })],
  ['3', 'a split into more than there was', (entries) => (find(entries, 'splitHolding').seal = [[range('H-2', maker, 1, 400), [brand, maker]], [range('H-3', maker, 401, 1001), [brand, maker]]])],
  ['3', 'a holding that grows on its way', (entries) => (find(entries, 'acceptTransfer').seal = [[range('H-2', farm, 1, 401), [brand, farm]]])],
  ['3', 'a holding from nowhere', (entries) => Object.assign(find(entries, 'attest'), { put: [['holding', ['H-9'], holding('H-9', farm, 'free')]], seal: [[range('H-9', farm, 1, 9), [brand, farm]]] })],
  ['4', 'a second invoice with the same fingerprint', (entries) => find(entries, 'acceptInvoice').put.push(['invoice', ['INV-2'], { ...invoice, id: 'INV-2', state: 'matched' }])],
  ['4', 'a fingerprint that changes hands', (entries) => find(entries, 'acceptInvoice').put.push(['fingerprint', ['document', 'd1'], fingerprint('INV-2')])],
  ['5', 'a second certificate over one invoice', (entries) => find(entries, 'attest').put.push(['certificate', ['C-2'], { ...certificate, id: 'C-2', state: 'issued' }])],
  ['5', 'a face above its invoices', (entries) => (find(entries, 'submitInvoice').seal = [[record('invoice', 'INV-1', { total: '900', lines: [line({ quantity: '100' })] }), [brand, maker]], [quantities('100', '100', '100'), [brand, maker]]])],
  ['6', 'a second receipt of one shipment', (entries) => (find(entries, 'submitInvoice').seal = [...find(entries, 'submitInvoice').seal!, [record('receipt', 'DA-1', { lines: [] }), [brand, maker]]])],
  ['6', 'more taken in than shipped', (entries) => (find(entries, 'receiveShipment').seal = [[record('receipt', 'DA-1', { lines: [line({ lot, accepted: '101', rejected: '0' })] }), [brand, maker, carrier]], [quantities('100', '100', '0'), [brand, maker]]])],
  ['6', 'a shipment without a shipping event of its supplier', (entries) => alter(find(entries, 'captureEvents'), 'event', { reporter: farm }, 1)],
  ['8', 'finance without evidence', (entries) => alter(find(entries, 'attest'), 'attestation', { author: maker })],
  ['8', 'finance with evidence that was taken back', (entries) => alter(find(entries, 'attest'), 'attestation', { revoked: true })],
  ['8', 'finance without a money reference', (entries) => void (find(entries, 'confirmPayout').put = find(entries, 'confirmPayout').put.slice(1))],
  ['8', 'finance without a registration', (entries) => alter(find(entries, 'confirmPayout'), 'holding', { assignments: [toFarm, { ...toBank, registrationReference: undefined }] })],
  ['8', 'finance of what was never accepted', (entries) => entries.forEach((entry) => entry.put.forEach(([type, , value]) => type === 'invoice' && delete (value as { acceptedAt?: string }).acceptedAt))],
  ['8', 'finance under a recall', (entries) => void entries.splice(entries.indexOf(find(entries, 'acceptQuote')), 0, ...entries.splice(entries.indexOf(find(entries, 'openRecall')), 2))],
  ['9', 'an operator that signs', (entries) => alter(find(entries, 'bootstrap'), 'member', { roles: ['operator'] }, 3)],
  ['10', 'a payment reference that is used twice', (entries) => void (find(entries, 'settleHoldings', 1).put[0] = ['payment', ['p2'], payment('p2', 'settlement', ['H-3'], maker)])],
  ['12', 'a lock without a proposal', (entries) => alter(find(entries, 'acceptQuote'), 'holding', { proposal: undefined })],
  ['12', 'a withdrawal that keeps a trace', (entries) => alter(find(entries, 'withdrawQuotes'), 'holding', { root: 'other' })],
  ['12', 'an offer that changes the owner', (entries) => alter(find(entries, 'offerTransfer'), 'holding', { owner: farm })],
  ['14', 'an object that is deleted', (entries) => (find(entries, 'attest').remove = [['order', ['PO-1']]])],
  ['4', 'a fingerprint that is freed while its invoice is live', (entries) => (find(entries, 'attest').remove = [['fingerprint', ['document', 'd1']]])],
  ['15', 'a flag that inherits from nothing', (entries) => alter(find(entries, 'advanceRecall'), 'recallFlag', { from: 'https://id.gs1.org/00/395240010000000017' })],
  ['15', 'a flag that no event carries', (entries) => alter(find(entries, 'advanceRecall'), 'recallFlag', { eventId: 'E-ship' })],
  ['15', 'a closed recall that leaves a flag', (entries) => void find(entries, 'closeRecall').remove!.pop()],
  ['16', 'a shipment of more than its shipping events say', (entries) => (find(entries, 'dispatchShipment').seal![0] = [record('shipment', 'DA-1', { lines: [line({ lot, quantity: '101', unit: 'KGM' })] }), [brand, maker, carrier]])],
  ['17', 'a due date beyond the limit', (entries) => alter(find(entries, 'issueCertificate'), 'certificate', { dueDate: '2027-09-01T00:00:00.000Z' })],
  ['18', 'a holding that is spent twice', (entries) => find(entries, 'acceptTransfer').put.push(['holding', ['H-1'], holding('H-1', maker, 'free')])],
  ['18', 'a transfer accepted by somebody else', (entries) => void (find(entries, 'acceptTransfer').creator = bank)],
  ['principle 4', 'a holding from nowhere that the obligor does not stand for', (entries) => Object.assign(find(entries, 'attest'), { put: [['holding', ['H-9'], holding('H-9', farm, 'free')]], seal: [[range('H-9', farm, 1, 9), [farm]]] })],
  ['principle 4', 'a holding that names another obligor', (entries) => Object.assign(find(entries, 'attest'), { put: [['holding', ['H-9'], holding('H-9', farm, 'free', { obligor: bank })]], seal: [[range('H-9', farm, 1, 9), [farm, bank]]] })],
  ['principle 4', 'a holding that the obligor does not know', (entries) => (find(entries, 'acceptTransfer').seal = [[range('H-2', farm, 1, 400), [farm]]])],
];

it.each(breaks)('invariant %s catches %s, and says where', (name, _what, mutate) => {
  const entries = story();
  mutate(entries);
  const verdict = reportOf(entries).verdicts.find(({ invariant }) => invariant === name);
  expect(verdict).toMatchObject({ holds: false, breaks: expect.arrayContaining([{ block: expect.any(BigInt), transactionId: expect.stringMatching(/^tx-\d+$/), message: expect.stringMatching(/./) }]) });
});

/** The inspector says it again, for a time that is over when the holding is locked. */
function later(): Pick<Entry, 'put' | 'anchor'> {
  const word = { id: 'A-2', author: regulator, subject: { type: 'lot', id: lot }, claim: 'inspected', evidenceHash: 'e', attestedAt: at(71), expiresAt: at(72), supersedes: 'A-1' };
  return { put: [...find(hardLife(), 'confirmCertificate', 1).put, ['attestation', ['A-2'], word]], anchor: [anchorOf('attestation', ['A-2'], regulator, word)] };
}

/** More ways, where all goes wrong. */
const hardBreaks: [string, string, (entries: Entry[]) => void][] = [
  ['1', 'a part payment that leaves units twice', (entries) => (find(entries, 'settlePart').seal![1] = [rangeOfClaim('K-5', bank, 200, 600), [brand, bank, settler]])],
  ['2', 'money in escrow that nobody paid in', (entries) => void find(entries, 'payIntoEscrow').put.shift()],
  ['3', 'a part payment that makes the rest larger', (entries) => (find(entries, 'settlePart').seal![1] = [rangeOfClaim('K-5', bank, 201, 700), [brand, bank, settler]])],
  ['3', 'a freeze that changes a holding', (entries) => find(entries, 'freezeHolding').put.push(['holding', ['K-3'], claim('K-3', maker, 'free', { parents: ['K-1'], root: 'other' })])],
  ['4', 'a part that takes the fingerprint of the whole', (entries) => find(entries, 'disputeInvoice').put.push(['fingerprint', ['document', 'd2'], { ...fingerprint('INV-2-P'), digest: 'd2' }])],
  ['5', 'a dispute that loses an amount', (entries) => (find(entries, 'disputeInvoice').seal![1] = [record('invoice', 'INV-2-P', { total: '100', lines: [] }), [brand, maker]])],
  ['5', 'a credit note that adds', (entries) => (find(entries, 'acceptCreditNote').seal = [[record('invoice', 'INV-2', { total: '1200', lines: [] }), [brand, maker]]])],
  ['7', 'a frozen holding that is sold', (entries) => find(entries, 'declareDue', 1).put.push(['holding', ['K-3'], claim('K-3', farm, 'free', { parents: ['K-1'], tier: 1 })])],
  ['7', 'a frozen holding that is paid to its owner', (entries) => void (find(entries, 'releaseEscrow').at = at(89))],
  ['7', 'a frozen holding that is divided', (entries) => Object.assign(find(entries, 'declareDue', 1), { put: [['holding', ['K-6'], claim('K-6', maker, 'free', { parents: ['K-3'] })]], seal: [[rangeOfClaim('K-6', maker, 601, 700), [brand, maker]]] })],
  ['8', 'finance with recourse without the evidence for it', (entries) => alter(find(entries, 'attest'), 'attestation', { expiresAt: at(75) })],
  ['8', 'a claim that is bought back without money', (entries) => void find(entries, 'buyBack').put.shift()],
  ['10', 'a release of what was not paid in', (entries) => alter(find(entries, 'releaseEscrow'), 'payment', { deposit: 'p6' })],
  ['10', 'a release to somebody else', (entries) => alter(find(entries, 'releaseEscrow'), 'payment', { paidTo: farm })],
  ['10', 'a payment that books more than the units', (entries) => (find(entries, 'settlePart').seal![2] = [paid('p6', 201, { lateFee: '2' }), [brand, bank, settler]])],
  ['10', 'a deposit that is less than the units', (entries) => (find(entries, 'sealDeposit').seal = [[paid('p5', 399, { lateFee: '4' }), [brand, settler]]])],
  ['10', 'a deposit that becomes the money of another', (entries) => alter(find(entries, 'sealDeposit'), 'payment', { paidTo: farm })],
  ['10', 'a deposit that somebody else accounts for', (entries) => void (find(entries, 'sealDeposit').creator = bank)],
  ['10', 'a deposit without the late fee of its day', (entries) => (find(entries, 'sealDeposit').seal = [[paid('p5', 400), [brand, settler]]])],
  ['10', 'a payment without the late fee', (entries) => (find(entries, 'settlePart').seal![2] = [paid('p6', 200), [brand, bank, settler]])],
  ['10', 'units that are paid twice', (entries) => alter(find(entries, 'settleHoldings', 2), 'payment', { holdingIds: ['K-4', 'K-5'] })],
  ['11', 'a certificate beyond its room', (entries) => (find(entries, 'reserveCredit').seal![1] = [record('creditReservation', 'CL-1/C-2', { amount: '999' }), [bank, brand]])],
  ['11', 'a line that is used beyond its limit', (entries) => (find(entries, 'reserveCredit').seal![0] = [record('creditLine', 'CL-1', { limit: '900', used: '1000' }), [bank, brand]])],
  ['11', 'a certificate for which nothing is reserved', (entries) => void entries.splice(entries.indexOf(find(entries, 'reserveCredit')), 1)],
  ['11', 'room that is released too early', (entries) => void entries.splice(entries.indexOf(find(entries, 'closeCertificate', 1)), 1)],
  ['12', 'a refused credit note that leaves a trace', (entries) => alter(find(entries, 'refuseInvoiceChange'), 'invoice', { version: 3 })],
  ['12', 'a proposal in a state that has none', (entries) => alter(find(entries, 'refuseInvoiceChange'), 'invoice', { proposal: { kind: 'credit note', prior: 'exception' } })],
  ['13', 'a sale with recourse that leaves no link', (entries) => alter(find(entries, 'confirmPayout', 1), 'holding', { recourse: undefined })],
  ['13', 'a claim that was bought back and keeps its link', (entries) => alter(find(entries, 'buyBack'), 'holding', { recourse: [{ from: bank, to: maker }] })],
  ['13', 'recourse on somebody else', (entries) => alter(find(entries, 'claimRecourse'), 'holding', { proposal: { kind: 'recourse', prior: 'financed', seller: farm } })],
  ['13', 'recourse without a default', (entries) => void entries.splice(entries.indexOf(find(entries, 'declareDefault')), 1)],
  ['13', 'a certificate that is overdue before it is due', (entries) => alter(find(entries, 'declareOverdue'), 'certificate', { dueDate: at(90), overdueAt: at(83) })],
  ['17', 'a sale that is not counted', (entries) => alter(find(entries, 'confirmPayout', 1), 'holding', { tier: 0 })],
  ['17', 'a sale beyond the tier limit', (entries) => alter(find(entries, 'bootstrap'), 'channelPolicy', { policy: { ...(find(entries, 'bootstrap').put[0]![2] as { policy: object }).policy, tierLimit: 1 } })],
  ['18', 'a credit note refused by who proposed it', (entries) => void (find(entries, 'refuseInvoiceChange').creator = maker)],
  ['18', 'a default that a stranger declares', (entries) => void (find(entries, 'declareDefault').creator = farm)],
  ['vote', 'a member that is suspended without votes', (entries) => void entries.splice(entries.indexOf(find(entries, 'castVote')), 1)],
  ['vote', 'a policy that somebody changes alone', (entries) => find(entries, 'declareDue').put.push(['channelPolicy', ['current'], { ...founded, version: 2, policy: { ...founded.policy, tierLimit: 50 } }])],
  ['vote', 'a founding that a member did not endorse', (entries) => void find(entries, 'bootstrap').endorsers!.pop()],
  ['8', 'evidence that somebody wrote in the name of its author', (entries) => void (find(entries, 'attest').anchor = [])],
  ['8', 'evidence that a later word of its author replaced', (entries) => Object.assign(find(entries, 'confirmCertificate', 1), later())],
  ['principle 4', 'a stand-in before the default', (entries) => void entries.splice(entries.indexOf(find(entries, 'declareDefault')), 1)],
  ['principle 4', 'a claim that the stand-in does not know', (entries) => (find(entries, 'buyBack').seal = [[rangeOfClaim('K-5', maker, 201, 600), [maker, settler]]])],
];

it.each(hardBreaks)('invariant %s catches %s, and says where', (name, _what, mutate) => {
  const entries = hardLife();
  mutate(entries);
  for (const mspId of [brand, settler, bank]) {
    const broken = reportOf(entries, mspId).verdicts.find(({ invariant, holds }) => invariant === name && !holds);
    if (broken !== undefined) return expect(broken.breaks[0]).toMatchObject({ block: expect.any(BigInt), transactionId: expect.stringMatching(/^tx-\d+$/), message: expect.stringMatching(/./) });
  }
  throw new Error(`nobody noticed: ${JSON.stringify(reportOf(entries).verdicts.flatMap(({ invariant, breaks: found }) => found.map(({ message }) => `${invariant}: ${message}`)))}`);
});

/** Ways to break what is stored and pledged. */
const goodsBreaks: [string, string, (entries: Entry[]) => void][] = [
  ['6', 'more in receipts than the delivery brought', (entries) => (find(entries, 'draftReceipt', 1).seal![0] = [stock('101'), [carrier, maker]])],
  ['6', 'a receipt that is not taken from its delivery', (entries) => (find(entries, 'draftReceipt', 1).seal![0] = [stock('80'), [carrier, maker]])],
  ['6', 'a withdrawn receipt whose goods do not come back', (entries) => (find(entries, 'withdrawReceipt').seal = [[stock('40'), [carrier, maker]]])],
  ['6', 'parts that hold more than the receipt', (entries) => (find(entries, 'splitReceipt').seal![1] = [terms('W-3', '31'), [carrier, maker]])],
  ['6', 'a part of a receipt that was not spent', (entries) => find(entries, 'issueReceipt').put.push(['receipt', ['W-9'], receipt('W-9', 'active', { parents: ['W-0'] })])],
  ['6', 'a receipt that the warehouse does not stand for', (entries) => (find(entries, 'acceptReceiptOffer').seal = [[terms('W-3', '30', farm), [farm]]])],
  ['6', 'a receipt in two pledges', (entries) => find(entries, 'offerReceipt').put.push(['receiptPledge', ['L-2'], { ...pledge('live'), id: 'L-2' }])],
  ['6', 'a pledged receipt without its pledge', (entries) => alter(find(entries, 'payReceiptLoan'), 'receipt', { pledgeId: 'L-9' })],
  ['6', 'a pledge that ends and keeps its receipt', (entries) => alter(find(entries, 'releaseReceiptPledge'), 'receipt', { ...pledged, state: 'pledged' })],
  ...([['sold', { owner: bank }], ['divided', { state: 'spent' }], ['sent on', { state: 'in transit' }], ['delivered', { state: 'delivered' }], ['pledged', { state: 'pledged', ...pledged }]] as const).map(([how, change]): [string, string, (entries: Entry[]) => void] => [
    '7', `a frozen receipt that is ${how}`, (entries) => find(entries, 'captureEvents', 3).put.push(['receipt', ['W-3'], receipt('W-3', 'active', { parents: ['W-1'], createdAt: at(63), owner: farm, ...change })]),
  ]),
  ['8', 'a loan against goods without money', (entries) => void find(entries, 'payReceiptLoan').put.shift()],
  ['8', 'a loan that the warehouse did not agree to', (entries) => void (find(entries, 'confirmReceiptPledge').anchor = [])],
  ['10', 'a loan paid by another settler', (entries) => void (find(entries, 'payReceiptLoan').creator = bank)],
  ['12', 'a receipt that is locked without a proposal', (entries) => alter(find(entries, 'offerReceipt'), 'receipt', { proposal: undefined })],
  ['16', 'a delivery of another quantity than its event says', (entries) => alter(find(entries, 'captureEvents', 2), 'event', { event: { ...happened, ...moved('receiving', lot, 120) } })],
  ['16', 'a delivery by the event of somebody else', (entries) => alter(find(entries, 'captureEvents', 2), 'event', { reporter: farm })],
  ['16', 'a receipt that moves with more than its shipping event says', (entries) => alter(find(entries, 'captureEvents', 3), 'event', { event: { ...happened, ...moved('shipping', lot, 59) } })],
  ['18', 'a receipt that somebody freezes who is no authority', (entries) => void (find(entries, 'freezeReceipt').creator = bank)],
  ['18', 'a receipt accepted by a stranger', (entries) => void (find(entries, 'acceptReceiptOffer').creator = bank)],
];

it.each([brand, maker, farm, carrier, bank, settler])('holds on the ledger of %s for goods in a warehouse', (mspId) => {
  expect(reportOf(storedGoods(), mspId).verdicts.flatMap(({ invariant, breaks: found }) => found.map((each) => ({ invariant, ...each })))).toEqual([]);
});

it.each(goodsBreaks)('invariant %s catches %s, and says where', (name, _what, mutate) => {
  const entries = storedGoods();
  mutate(entries);
  expect(reportOf(entries, carrier).verdicts.find(({ invariant }) => invariant === name)).toMatchObject({ holds: false, breaks: expect.arrayContaining([expect.objectContaining({ transactionId: expect.stringMatching(/^tx-\d+$/) as unknown })]) as unknown });
});

/** Reports that do not add up: no rule of the ledger is broken by them. */
const doubts: [string, string, (entries: Entry[]) => void, RegExp][] = [
  ['more shipped than was made', maker, (entries) => alter(find(entries, 'captureEvents'), 'event', { event: cooked(90) }), /ProcessorMSP reports that it shipped or used 100 KGM of .*HP-1, of which 90 KGM/],
  ['more shipped than was made, for a stranger to the trade', bank, (entries) => alter(find(entries, 'captureEvents'), 'event', { event: cooked(90) }), /shipped or used 100 KGM/],
  ['more used than came in', maker, (entries) => alter(find(entries, 'captureEvents'), 'event', { event: { ...happened, ...moved('receiving', fresh, 4) } }, 2), /used 5 KGM of .*DRY-1, of which 4 KGM/],
  ['more used than was made anywhere', maker, (entries) => alter(find(entries, 'captureEvents', 1), 'event', { event: { ...happened, ...moved('commissioning', fresh, 3), action: 'ADD' } }), /FarmMSP reports that it shipped or used 5/],
  ['two shipments by one shipping event', maker, (entries) => Object.assign(find(entries, 'declareDue'), { put: [['shipment', ['DA-2'], { ...shipment, id: 'DA-2', state: 'dispatched' }]], seal: [[record('shipment', 'DA-2', { lines: [line({ lot, quantity: '1', unit: 'KGM' })] }), [brand, maker, carrier]]] }), /the shipments of ProcessorMSP carry more of .*HP-1/],
  ['the same goods in receipts of two warehouses', maker, (entries) => Object.assign(find(entries, 'releaseReceiptPledge'), { put: [...find(entries, 'releaseReceiptPledge').put, ['receipt', ['W-8'], receipt('W-8', 'draft', { depositId: 'D-8', warehouse: farm })]], seal: [[record('receiptTerms', 'W-8', { lot, depositId: 'D-8', warehouse: farm, owner: maker, quantity: '11', unit: 'KGM' }), [farm, maker]]] }), /lies in live warehouse receipts than was made/],
];
const bodyOf = (entries: Entry[], nth: number, id: string) => (find(entries, 'captureEvents', nth).put.find(([, [each]]) => each === id)![2] as { event: Record<string, unknown> }).event;
const happened = bodyOf(story(), 0, 'E-ship');
const cooked = (quantity: number) => ({ ...bodyOf(story(), 0, 'E-cook'), outputQuantityList: [{ epcClass: lot, quantity, uom: 'KGM' }] });
const goodsOf = (entries: readonly Entry[], mspId = maker) => reportOf(entries, mspId).verdicts.find(({ invariant }) => invariant === '16')!;

it('finds nothing to doubt where reports add up, in whatever order they came', () => {
  expect([...reportOf(storedGoods(), maker).verdicts, ...reportOf(hardLife(), maker).verdicts].flatMap(({ discrepancies }) => discrepancies)).toEqual([]);
});

it.each(doubts)('invariant 16 doubts %s (on the ledger of %s), and says where', (_what, mspId, mutate, message) => {
  const entries = storedGoods();
  mutate(entries);
  expect(goodsOf(entries, mspId)).toMatchObject({ holds: true, breaks: [], discrepancies: [{ block: expect.any(BigInt) as unknown, transactionId: expect.stringMatching(/^tx-\d+$/) as unknown, message: expect.stringMatching(message) as unknown }] });
});

describe('what was short is put right', () => {
  const short = (entries: Entry[]) => alter(find(entries, 'captureEvents'), 'event', { event: cooked(90) });
  const capture = (id: string, body: Record<string, unknown>, anchored = true): Entry => ({ call: 'trace:captureEvents', creator: maker, at: at(90), put: [['event', [id], { ...event(id, maker, body), batch: id }], ['batch', [id], batch(id, maker, id)]], anchor: anchored ? [anchorOf('batch', [id], maker, batch(id, maker, id))] : [] });
  const ways: [string, (entries: Entry[]) => void, { doubts: number; seen: boolean }][] = [
    ['by a later report', (entries) => entries.push(capture('E-more', { ...moved('commissioning', lot, 10), action: 'ADD' })), { doubts: 0, seen: true }],
    ['but not by what nobody stands behind', (entries) => entries.push(capture('E-more', { ...moved('commissioning', lot, 10), action: 'ADD' }, false)), { doubts: 1, seen: false }],
    ['but not by a report that was an error itself', (entries) => entries.push(capture('E-more', { ...moved('commissioning', lot, 10), action: 'ADD', errorDeclaration: { declarationTime: at(91) } })), { doubts: 1, seen: true }],
    ['by the declaration that the report was an error', (entries) => entries.push({ ...capture('E-none', moved('inspecting', lot, 1)), put: [['event', ['E-ship'], { ...event('E-ship', maker, moved('shipping', lot, 100)), declarations: [{ transactionId: 't', capturedAt: at(90), errorDeclaration: {} }] }]] }), { doubts: 0, seen: false }],
    ['within the tolerance of the channel', (entries) => alter(find(entries, 'bootstrap'), 'channelPolicy', { policy: { ...founded.policy, quantityToleranceBps: 1112 } }), { doubts: 0, seen: true }],
    ['but not beyond it', (entries) => alter(find(entries, 'bootstrap'), 'channelPolicy', { policy: { ...founded.policy, quantityToleranceBps: 1111 } }), { doubts: 1, seen: true }],
    ['perhaps by goods that came in a container that was taken in whole', (entries) => entries.push(capture('E-pack', { type: 'AggregationEvent', action: 'ADD', parentID: sscc, childEPCs: [], childQuantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }] }), capture('E-whole', { ...moved('receiving', fresh, 1, [sscc]), quantityList: [] })), { doubts: 0, seen: false }],
    ['but not by a container whose goods were counted', (entries) => entries.push(capture('E-pack', { type: 'AggregationEvent', action: 'ADD', parentID: sscc, childEPCs: [], childQuantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }] }), capture('E-whole', moved('receiving', lot, 9, [sscc]))), { doubts: 1, seen: true }],
    ['perhaps by goods that nobody counted', (entries) => entries.push(capture('E-some', { ...moved('receiving', lot, 1), quantityList: [{ epcClass: lot }] })), { doubts: 0, seen: false }],
    ['perhaps by goods in another unit', (entries) => entries.push(capture('E-some', { ...moved('receiving', lot, 1), quantityList: [{ epcClass: lot, quantity: 1, uom: 'TNE' }] })), { doubts: 0, seen: false }],
  ];

  it.each(ways)('%s', (_way, mutate, { doubts: left, seen }) => {
    const entries = story();
    short(entries);
    expect(goodsOf(entries)).toMatchObject({ discrepancies: [expect.anything()], unseen: 0 });
    mutate(entries);
    const { discrepancies, unseen, breaks: broken } = goodsOf(entries);
    expect({ broken, doubts: discrepancies.length, seen: unseen === 0 }).toEqual({ broken: [], doubts: left, seen });
  });
});

it('names every invariant that it can break', () => {
  // Sealed events have stories of their own: commitments.test.ts.
  const verdicts = reportOf(hardLife()).verdicts.filter(({ invariant }) => invariant !== 'sealed events');
  expect(new Set([...breaks, ...hardBreaks].map(([name]) => name))).toEqual(new Set(verdicts.map(({ invariant }) => invariant)));
  expect(verdicts.filter(({ checked }) => checked === 0)).toEqual([]);
});

it('catches a block that is not chained to the one before, and one whose transactions were changed', () => {
  for (const change of [{ previousHash: sha256Hex('x') }, { intact: false }]) {
    const blocks = blocksOf(brand, story());
    blocks[5] = { ...blocks[5]!, ...change };
    const verdict = auditLedger(readLedger(brand, 'dualchain', blocks)).verdicts.find(({ invariant }) => invariant === '14');
    expect(verdict).toMatchObject({ holds: false, breaks: [{ block: 5n }] });
  }
});

it('catches a private value that is not what the block has the hash of, and one that belongs to another organisation', () => {
  for (const change of [{ value: Buffer.from('{"type":"order","id":"PO-1","salt":""}') }, { collection: implicitCollection(farm) }]) {
    const blocks = blocksOf(brand, story());
    const [transaction] = blocks[1]!.transactions;
    blocks[1] = { ...blocks[1]!, transactions: [{ ...transaction!, privateWrites: transaction!.privateWrites.map((write) => ({ ...write, ...change })) }] };
    expect(auditLedger(readLedger(brand, 'dualchain', blocks)).verdicts.find(({ invariant }) => invariant === '14')).toMatchObject({ holds: false, breaks: expect.arrayContaining([expect.objectContaining({ block: 1n })]) });
  }
});

it('counts no forged holding among the claims of its certificate', () => {
  const entries = story();
  entries.splice(14, 0, { call: 'forge:put', creator: farm, at: at(13), put: [['holding', ['H-9'], holding('H-9', farm, 'free')]], seal: [[range('H-9', farm, 1, 9), [farm]]] });
  expect(reportOf(entries).verdicts.filter(({ holds }) => !holds)).toEqual([expect.objectContaining({ invariant: 'principle 4', breaks: [expect.objectContaining({ transactionId: 'tx-14' })] })]);
});

it('ignores invalid transactions and other chaincodes', () => {
  const entries = story();
  entries.push({ call: 'certificate:splitHolding', creator: bank, at: at(55), put: [['holding', ['H-9'], holding('H-9', bank, 'free')]] });
  const blocks = blocksOf(brand, entries);
  const last = blocks.at(-1)!;
  blocks[blocks.length - 1] = { ...last, transactions: [{ ...last.transactions[0]!, valid: false, code: 'ENDORSEMENT_POLICY_FAILURE' }] };
  expect(auditLedger(readLedger(brand, 'dualchain', blocks)).holds).toBe(true);
  expect(readLedger(brand, 'other', blocks).steps).toEqual([]);
});

it('says where the ledgers of two organisations differ', () => {
  const ledgers = [brand, bank].map((mspId) => ({ mspId, blocks: blocksOf(mspId, story()) }));
  expect(firstDifference(ledgers)).toBeUndefined();
  const [transaction] = ledgers[1]!.blocks[3]!.transactions;
  ledgers[1]!.blocks[3] = { ...ledgers[1]!.blocks[3]!, transactions: [{ ...transaction!, code: 'MVCC_READ_CONFLICT' }] };
  expect(firstDifference(ledgers)).toMatchObject({ block: 3n, transactionId: 'tx-3' });
});

describe('leak search (invariant 19)', () => {
  const secret = { value: 'unit price 73519', label: 'unit price', readers: [brand, maker] };
  const everywhere = (text: string | Uint8Array) => findLeaks([secret], [{ where: 'block 1', bytes: text }]);

  it.each([
    ['text', (value: Buffer) => Buffer.concat([Buffer.from('before '), value, Buffer.from(' after')])],
    ['UTF-16', (value: Buffer) => Buffer.from(value.toString(), 'utf16le')],
    ['hex', (value: Buffer) => Buffer.from(`x${value.toString('hex')}y`)],
    ['base64', (value: Buffer) => Buffer.from(Buffer.concat([Buffer.from('{"a":"'), value, Buffer.from('"}')]).toString('base64'))],
    ['base64', (value: Buffer) => Buffer.from(Buffer.concat([Buffer.from('{"ab":"'), value, Buffer.from('"}')]).toString('base64url'))],
    ['unsalted hash', (value: Buffer) => Buffer.from(sha256Hex(value))],
    ['unsalted hash', (value: Buffer) => Buffer.from(sha256Hex(value), 'hex')],
  ])('finds a value as %s', (form, hide) => {
    expect(everywhere(hide(Buffer.from(secret.value)))).toEqual([{ label: 'unit price', where: 'block 1', form }]);
  });

  it('finds it in the private data of an organisation that may not read it, and not with one that may', () => {
    const entries = story();
    entries[1]!.seal = [[record('order', 'PO-1', { note: secret.value }), [brand, bank]]];
    expect(findLeaks([secret], exposedBy(brand, blocksOf(brand, entries)))).toEqual([]);
    expect(findLeaks([secret], exposedBy(bank, blocksOf(bank, entries)))).toEqual([expect.objectContaining({ where: 'private value in _implicit_org_BankMSP at BankMSP', form: 'text' })]);
  });

  it('never shows the value itself', () => {
    expect(JSON.stringify(everywhere(secret.value))).not.toContain('73519');
  });
});
