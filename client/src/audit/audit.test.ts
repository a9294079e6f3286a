import { anchorKey, canonicalJson, defaultChannelPolicy, implicitCollection, recordBytes, recordKey, sealRecord, sha256Hex } from '@dualchain/model';
import type { LedgerObjects, ObjectType, SealedRecord } from '@dualchain/model';
import type { LedgerBlock } from '../events/decode-block';
import { auditLedger, exposedBy, findLeaks, firstDifference, readLedger } from './audit';

/** One transaction of a hand-made ledger. */
interface Entry {
  call: string;
  creator: string;
  at: string;
  put: [ObjectType, string[], unknown][];
  remove?: [ObjectType, string[]][];
  /** Sealed records with the organisations that get them. */
  seal?: [SealedRecord, string[]][];
  anchor?: [string, string][];
}

const [brand, maker, farm, carrier, bank, settler, regulator] = ['BrandMSP', 'ProcessorMSP', 'FarmMSP', 'CarrierMSP', 'BankMSP', 'ClearingMSP', 'RegulatorMSP'];
const roles = { [brand]: ['obligor'], [maker]: ['supplier'], [farm]: ['supplier'], [carrier]: ['carrier'], [bank]: ['financier'], [settler]: ['settler'], [regulator]: ['authority', 'inspector'] };
const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 8, minute)).toISOString();
const lot = 'https://id.gs1.org/01/09524002500012/10/HP-1';
const fresh = 'https://id.gs1.org/01/09524001200012/10/DRY-1';
const record = (type: string, id: string, fields: Record<string, unknown>) => sealRecord(Buffer.alloc(32, 7), type, id, fields);
const line = (fields: Record<string, unknown>) => ({ line: 1, ...fields });

const order = { id: 'PO-1', obligor: brand, supplier: maker, version: 1, expiresAt: at(59), issuedAt: at(1), root: 'r' };
const shipment = { id: 'DA-1', orderId: 'PO-1', supplier: maker, obligor: brand, carrier, lots: [lot], shippingEvents: ['E-ship'], arrivalEvents: [], receivingEvents: [], dispatchedAt: at(4), shippedAt: at(3), root: 'r' };
const fingerprint = (invoiceId: string) => ({ kind: 'document', digest: 'd1', invoiceId, obligor: brand, supplier: maker, registeredAt: at(6) });
const invoice = { id: 'INV-1', orderId: 'PO-1', shipmentIds: ['DA-1'], supplier: maker, obligor: brand, exceptions: [], fingerprints: [{ kind: 'document', digest: 'd1' }], resembles: [], submittedAt: at(6), root: 'r' };
const accepted = { ...invoice, approvedBy: 'm', acceptedAt: at(8) };
const certificate = { id: 'C-1', obligor: brand, supplier: maker, settler, dueDate: at(40), invoiceIds: ['INV-1'], shipmentIds: ['DA-1'], lots: [lot], firstHoldingId: 'H-1', proposedBy: 'm', issuedAt: at(9), root: 'r' };
const holding = (id: string, owner: string, state: string, more: Record<string, unknown> = {}) => ({ id, certificateId: 'C-1', obligor: brand, owner, state, parents: [], assignments: [], createdAt: at(9), root: id, ...more });
const range = (id: string, owner: string, from: number, to: number) => record('holding', id, { certificateId: 'C-1', owner, from: String(from), to: String(to) });
const event = (id: string, reporter: string, body: Record<string, unknown>) => ({ id, reporter, capturedAt: at(3), transactionId: 't', batch: 'b', context: ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], event: { eventTime: at(2), eventTimeZoneOffset: '+00:00', ...body } });
const toBank = { from: farm, to: bank, assignedAt: at(24), notifiedAt: at(24), registeredAt: at(24), registrationReference: 'ZDW-1' };
const toFarm = { from: maker, to: farm, assignedAt: at(15), notifiedAt: at(15) };
const payment = (digest: string, purpose: string, holdingIds: string[], paidTo: string) => ({ digest, settler, purpose, holdingIds, certificateId: 'C-1', paidTo, at: at(24) });
const offer = { kind: 'transfer', prior: 'free', expiresAt: at(59), receiver: farm, offeredAt: at(14) };
const quotes = { kind: 'quotes', prior: 'free', expiresAt: at(59), financiers: [bank], recourse: 'without', offeredAt: at(20) };
const lock = { kind: 'finance', prior: 'free', expiresAt: at(59), quoteId: 'Q-1', financier: bank, offeredAt: at(22) };
const quantities = (shipped: string, received: string, invoiced: string) => record('quantities', 'PO-1', { obligor: brand, supplier: maker, lines: [line({ ordered: '100', shipped, accepted: received, invoiced })] });
const part = (id: string, owner: string, state: string, more = {}) => holding(id, owner, state, { parents: ['H-1'], ...more });
const split = holding('H-1', maker, 'spent', { children: ['H-2', 'H-3'] });

/** A whole life, from order to settlement: 1,000 minor units, of which the farm gets 400 and sells them to the bank. */
function story(): Entry[] {
  const step = (minute: number, creator: string, call: string, put: Entry['put'], more: Partial<Entry> = {}): Entry => ({ call, creator, at: at(minute), put, ...more });
  return [
    step(0, brand, 'consortium:bootstrap', [
      ['channelPolicy', ['current'], { policy: { ...defaultChannelPolicy, currencies: ['CNY'], evidenceForFinance: [{ claim: 'inspected', role: 'inspector', count: 1, finance: ['with recourse', 'without recourse'] }], voteThreshold: 4 }, version: 1, foundedAt: at(0), foundation: 'f' }],
      ...Object.entries(roles).map(([mspId, list]): Entry['put'][number] => ['member', [mspId], { mspId, name: mspId, gln: '', roles: list, state: 'active', since: at(0) }]),
    ]),
    step(1, brand, 'trade:issueOrder', [['order', ['PO-1'], { ...order, state: 'issued' }]], { seal: [[record('order', 'PO-1', { lines: [] }), [brand, maker]], [quantities('0', '0', '0'), [brand, maker]]] }),
    step(2, maker, 'trade:acceptOrder', [['order', ['PO-1'], { ...order, state: 'accepted' }]]),
    step(3, maker, 'trace:captureEvents', [
      ['event', ['E-cook'], event('E-cook', maker, { type: 'TransformationEvent', inputQuantityList: [{ epcClass: fresh, quantity: 5 }], outputQuantityList: [{ epcClass: lot, quantity: 100 }] })],
      ['event', ['E-ship'], event('E-ship', maker, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: [], quantityList: [{ epcClass: lot, quantity: 100 }] })],
    ]),
    step(4, maker, 'trade:dispatchShipment', [['shipment', ['DA-1'], { ...shipment, state: 'dispatched' }]], { seal: [[record('shipment', 'DA-1', { lines: [line({ lot, quantity: '100', unit: 'KGM' })] }), [brand, maker, carrier]], [quantities('100', '0', '0'), [brand, maker]]] }),
    step(5, carrier, 'trade:arriveShipment', [['shipment', ['DA-1'], { ...shipment, state: 'arrived', arrivalEvents: ['x'] }]]),
    step(5, brand, 'trade:receiveShipment', [['shipment', ['DA-1'], { ...shipment, state: 'received', arrivalEvents: ['x'], receivingEvents: ['y'] }]], { seal: [[record('receipt', 'DA-1', { lines: [line({ lot, accepted: '100', rejected: '0', unit: 'KGM' })] }), [brand, maker, carrier]], [quantities('100', '100', '0'), [brand, maker]]] }),
    step(6, maker, 'trade:submitInvoice', [['fingerprint', ['document', 'd1'], fingerprint('INV-1')], ['invoice', ['INV-1'], { ...invoice, state: 'matched' }]], { seal: [[record('invoice', 'INV-1', { total: '1000', lines: [line({ quantity: '100' })] }), [brand, maker]], [quantities('100', '100', '100'), [brand, maker]]] }),
    step(7, brand, 'trade:approveInvoice', [['invoice', ['INV-1'], { ...invoice, state: 'approved', approvedBy: 'm' }]]),
    step(8, brand, 'trade:acceptInvoice', [['invoice', ['INV-1'], { ...accepted, state: 'accepted' }]]),
    step(9, brand, 'certificate:issueCertificate', [['certificate', ['C-1'], { ...certificate, state: 'proposed' }], ['holding', ['H-1'], holding('H-1', maker, 'locked')], ['invoice', ['INV-1'], { ...accepted, state: 'certified', certificateId: 'C-1' }]], { seal: [[record('certificate', 'C-1', { face: '1000', currency: 'CNY' }), [brand, maker]], [range('H-1', maker, 1, 1000), [brand, maker]]] }),
    step(10, brand, 'certificate:confirmCertificate', [['certificate', ['C-1'], { ...certificate, state: 'issued' }]]),
    step(11, maker, 'certificate:acceptCertificate', [['certificate', ['C-1'], { ...certificate, state: 'active' }], ['holding', ['H-1'], holding('H-1', maker, 'free')]]),
    step(12, regulator, 'attestation:attest', [['attestation', ['A-1'], { id: 'A-1', author: regulator, subject: { type: 'lot', id: lot }, claim: 'inspected', evidenceHash: 'e', attestedAt: at(12) }]]),
    step(13, maker, 'certificate:splitHolding', [['holding', ['H-1'], split], ['holding', ['H-2'], part('H-2', maker, 'free')], ['holding', ['H-3'], part('H-3', maker, 'free')]], { seal: [[range('H-2', maker, 1, 400), [brand, maker]], [range('H-3', maker, 401, 1000), [brand, maker]]] }),
    step(14, maker, 'certificate:offerTransfer', [['holding', ['H-2'], part('H-2', maker, 'transfer offered', { proposal: offer })]], { seal: [[range('H-2', maker, 1, 400), [farm]]] }),
    step(15, farm, 'certificate:acceptTransfer', [['holding', ['H-2'], part('H-2', farm, 'free', { assignments: [toFarm] })]], { seal: [[range('H-2', farm, 1, 400), [brand, farm]]] }),
    step(20, farm, 'certificate:requestQuotes', [['holding', ['H-2'], part('H-2', farm, 'quotes open', { assignments: [toFarm], proposal: quotes })]], { seal: [[range('H-2', farm, 1, 400), [bank]]] }),
    step(20, farm, 'certificate:withdrawQuotes', [['holding', ['H-2'], part('H-2', farm, 'free', { assignments: [toFarm] })]]),
    step(20, farm, 'certificate:requestQuotes', [['holding', ['H-2'], part('H-2', farm, 'quotes open', { assignments: [toFarm], proposal: quotes })]]),
    step(21, bank, 'certificate:submitQuote', [['quote', ['H-2', 'Q-1'], { id: 'Q-1', holdingId: 'H-2', financier: bank, owner: farm, state: 'open', expiresAt: at(59), quotedAt: at(21), root: 'r' }]], { seal: [[record('quote', 'Q-1', { payout: '395' }), [farm, bank]]] }),
    step(22, farm, 'certificate:acceptQuote', [['quote', ['H-2', 'Q-1'], { id: 'Q-1', holdingId: 'H-2', financier: bank, owner: farm, state: 'accepted', expiresAt: at(59), quotedAt: at(21), root: 'r' }], ['holding', ['H-2'], part('H-2', farm, 'finance locked', { assignments: [toFarm], proposal: lock })]]),
    step(24, settler, 'certificate:confirmPayout', [['payment', ['p1'], payment('p1', 'payout', ['H-2'], farm)], ['quote', ['H-2', 'Q-1'], { id: 'Q-1', holdingId: 'H-2', financier: bank, owner: farm, state: 'paid out', expiresAt: at(59), quotedAt: at(21), root: 'r' }], ['holding', ['H-2'], part('H-2', bank, 'financed', { assignments: [toFarm, toBank] })]], { seal: [[range('H-2', bank, 1, 400), [brand, bank]]] }),
    step(40, brand, 'certificate:declareDue', [['certificate', ['C-1'], { ...certificate, state: 'due' }]]),
    step(41, settler, 'certificate:settleHoldings', [['payment', ['p2'], payment('p2', 'settlement', ['H-2'], bank)], ['holding', ['H-2'], part('H-2', bank, 'redeemed', { assignments: [toFarm, toBank], redeemedBy: 'p2' })]]),
    step(42, settler, 'certificate:settleHoldings', [['payment', ['p3'], payment('p3', 'settlement', ['H-3'], maker)], ['holding', ['H-3'], part('H-3', maker, 'redeemed', { redeemedBy: 'p3' })]]),
    step(43, settler, 'certificate:closeCertificate', [['certificate', ['C-1'], { ...certificate, state: 'settled' }]]),
    step(50, regulator, 'trace:openRecall', [['recall', ['R-1'], { id: 'R-1', author: regulator, lot: fresh, reasonClass: 'other', reason: 'x', state: 'open', openedAt: at(50) }], ['recallFlag', [fresh, 'R-1', 'start'], { lot: fresh, recallId: 'R-1', at: at(50) }]], { anchor: [[anchorKey('recall', ['R-1']), regulator]] }),
    step(51, farm, 'trace:advanceRecall', [['recallFlag', [lot, 'R-1', 'E-cook'], { lot, recallId: 'R-1', from: fresh, eventId: 'E-cook', at: at(51) }]]),
    step(52, regulator, 'trace:closeRecall', [['recall', ['R-1'], { id: 'R-1', author: regulator, lot: fresh, reasonClass: 'other', reason: 'x', state: 'closed', openedAt: at(50), closedAt: at(52) }]], { remove: [['recallFlag', [fresh, 'R-1', 'start']], ['recallFlag', [lot, 'R-1', 'E-cook']]] }),
  ];
}

/** The blocks that one organisation has of it: one transaction a block. */
function blocksOf(mspId: string, entries: readonly Entry[]): LedgerBlock[] {
  const blocks: LedgerBlock[] = [];
  const key = (type: string, attributes: readonly string[]) => `\u0000${[type, ...attributes].join('\u0000')}\u0000`;
  for (const [index, { call, creator, at: time, put, remove = [], seal = [], anchor = [] }] of entries.entries()) {
    const kept = { namespace: 'dualchain', isDelete: false };
    const sealed = seal.flatMap(([content, readers]) => readers.map((reader) => ({ reader, key: recordKey(content.type, content.id), value: Buffer.from(recordBytes(content)) })));
    const anchors = anchor.map(([name, reader]) => ({ reader, key: name, value: Buffer.from('anchor') }));
    const writes = [
      ...put.map(([type, attributes, value]) => ({ ...kept, key: key(type, attributes), value: Buffer.from(canonicalJson(value)) })),
      ...remove.map(([type, attributes]) => ({ ...kept, isDelete: true, key: key(type, attributes), value: Buffer.alloc(0) })),
    ];
    blocks.push({
      number: BigInt(index),
      hash: sha256Hex(`block ${index}`),
      previousHash: index === 0 ? '' : sha256Hex(`block ${index - 1}`),
      dataHash: '',
      intact: true,
      bytes: Buffer.from(canonicalJson({ call, put, hashes: sealed.map(({ value }) => sha256Hex(value)) })),
      transactions: [
        {
          id: `tx-${index}`,
          index: 0,
          valid: true,
          code: 'VALID',
          creator,
          at: new Date(time),
          chaincode: 'dualchain',
          args: [Buffer.from(call)],
          endorsers: [creator, brand],
          event: undefined,
          response: Buffer.alloc(0),
          writes,
          hashedWrites: [...sealed, ...anchors].map((write) => ({ namespace: 'dualchain', collection: implicitCollection(write.reader), keyHash: sha256Hex(write.key), isDelete: false, valueHash: sha256Hex(write.value) })),
          privateWrites: [...sealed, ...anchors].filter(({ reader }) => reader === mspId).map((write) => ({ ...kept, collection: implicitCollection(mspId), key: write.key, value: write.value })),
        },
      ],
    });
  }
  return blocks;
}

const reportOf = (entries: readonly Entry[], mspId = brand) => auditLedger(readLedger(mspId, 'dualchain', blocksOf(mspId, entries)));
const find = (entries: Entry[], call: string, nth = 0): Entry => entries.filter((entry) => entry.call.endsWith(`:${call}`))[nth]!;
/** Replaces fields of an object that a transaction writes. */
function alter<T extends ObjectType>(entry: Entry, type: T, fields: Partial<Record<keyof LedgerObjects[T], unknown>>, nth = 0): void {
  const write = entry.put.filter(([each]) => each === type)[nth]!;
  write[2] = { ...(write[2] as object), ...fields };
}

it('holds for a whole life, and the obligor sees all of it', () => {
  const { verdicts, holds } = reportOf(story());
  expect(verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
  expect(holds).toBe(true);
  expect(verdicts.filter(({ unseen }) => unseen > 0)).toEqual([]);
  expect(verdicts.filter(({ checked }) => checked === 0)).toEqual([]);
});

it.each([maker, farm, carrier, bank, settler, regulator])('holds on the ledger of %s, which counts what it cannot see', (mspId) => {
  const { verdicts } = reportOf(story(), mspId);
  expect(verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
  expect(verdicts.some(({ unseen }) => unseen > 0)).toBe(true);
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
  ['14', 'an object that is deleted', (entries) => (find(entries, 'attest').remove = [['fingerprint', ['document', 'd1']]])],
  ['15', 'a flag that inherits from nothing', (entries) => alter(find(entries, 'advanceRecall'), 'recallFlag', { from: 'https://id.gs1.org/00/395240010000000017' })],
  ['15', 'a flag that no event carries', (entries) => alter(find(entries, 'advanceRecall'), 'recallFlag', { eventId: 'E-ship' })],
  ['15', 'a closed recall that leaves a flag', (entries) => void find(entries, 'closeRecall').remove!.pop()],
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

it('names every invariant that it can break', () => {
  expect(new Set(breaks.map(([name]) => name))).toEqual(new Set(reportOf(story()).verdicts.map(({ invariant }) => invariant)));
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
