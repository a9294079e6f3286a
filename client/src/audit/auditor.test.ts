import { canonicalJson, implicitCollection, recordBytes, recordKey, sealRecord, sha256Hex } from '@dualchain/model';
import type { ObjectType, SealedRecord } from '@dualchain/model';
import type { LedgerBlock } from '../events/decode-block';
import { Auditor } from './auditor';

const [brand, maker, settler] = ['BrandMSP', 'ProcessorMSP', 'ClearingMSP'];
const START = Date.UTC(2026, 8, 1);
const at = (index: number) => new Date(START + index * 1000).toISOString();
const seal = (type: string, id: string, fields: Record<string, unknown>) => sealRecord(Buffer.alloc(32, 7), type, id, fields);

interface Call {
  readonly call: string;
  readonly creator: string;
  readonly put: readonly (readonly [ObjectType, readonly string[], unknown])[];
  readonly records?: readonly SealedRecord[];
}

const holding = (id: string, certificateId: string, state: string, parents: readonly string[] = [], more: object = {}) => ['holding', [id], { id, certificateId, obligor: brand, owner: maker, state, parents, assignments: [], tier: 0, createdAt: at(0), root: id, ...more }] as const;
const range = (id: string, certificateId: string, from: number, to: number) => seal('holding', id, { certificateId, owner: maker, from: String(from), to: String(to) });

function* founding(): Generator<Call> {
  const member = (mspId: string, role: string) => ['member', [mspId], { mspId, name: mspId, gln: '', roles: [role], state: 'active', since: at(0) }] as const;
  yield { call: 'consortium:bootstrap', creator: brand, put: [['channelPolicy', ['current'], { policy: { tenorLimitDays: 180, evidenceForFinance: [] }, version: 1, foundedAt: at(0), foundation: 'f', members: [brand, maker, settler] }], member(brand, 'obligor'), member(maker, 'supplier'), member(settler, 'settler')] };
}

/** The life of one certificate that is split into `parts`: one unit is cut off with each transaction; then it is settled part by part. */
function* life(id: string, parts: number): Generator<Call> {
  const invoice = { id: `INV-${id}`, orderId: `PO-${id}`, shipmentIds: [], supplier: maker, obligor: brand, exceptions: [], fingerprints: [{ kind: 'document', digest: id }], resembles: [], submittedAt: at(0), root: 'r' };
  const accepted = { ...invoice, approvedBy: 'm', acceptedAt: at(0) };
  const certificate = { id, obligor: brand, supplier: maker, settler, dueDate: new Date(START + 86_400_000 * 30).toISOString(), invoiceIds: [invoice.id], shipmentIds: [], lots: [], firstHoldingId: `${id}-0`, proposedBy: 'm', issuedAt: at(0), root: 'r' };
  const total = String(parts);
  yield { call: 'trade:submitInvoice', creator: maker, put: [['fingerprint', ['document', id], { kind: 'document', digest: id, invoiceId: invoice.id, obligor: brand, supplier: maker, registeredAt: at(0) }], ['invoice', [invoice.id], { ...invoice, state: 'matched' }]], records: [seal('invoice', invoice.id, { total, lines: [] })] };
  yield { call: 'trade:approveInvoice', creator: brand, put: [['invoice', [invoice.id], { ...invoice, approvedBy: 'm', state: 'approved' }]] };
  yield { call: 'trade:acceptInvoice', creator: brand, put: [['invoice', [invoice.id], { ...accepted, state: 'accepted' }]] };
  yield { call: 'certificate:issueCertificate', creator: brand, put: [['certificate', [id], { ...certificate, state: 'proposed' }], holding(`${id}-0`, id, 'locked'), ['invoice', [invoice.id], { ...accepted, state: 'certified', certificateId: id }]], records: [seal('certificate', id, { face: total, currency: 'CNY' }), range(`${id}-0`, id, 1, parts)] };
  yield { call: 'certificate:confirmCertificate', creator: brand, put: [['certificate', [id], { ...certificate, state: 'issued' }]] };
  yield { call: 'certificate:acceptCertificate', creator: maker, put: [['certificate', [id], { ...certificate, state: 'active' }], holding(`${id}-0`, id, 'free')] };
  for (let cut = 1; cut < parts; cut += 1) {
    const [whole, part, rest] = [cut === 1 ? `${id}-0` : `${id}-r${cut - 1}`, `${id}-${cut}`, `${id}-r${cut}`];
    yield {
      call: 'certificate:splitHolding',
      creator: maker,
      put: [holding(whole, id, 'spent', cut === 1 ? [] : [cut === 2 ? `${id}-0` : `${id}-r${cut - 2}`], { children: [part, rest] }), holding(part, id, 'free', [whole]), holding(rest, id, 'free', [whole])],
      records: [range(part, id, cut, cut), range(rest, id, cut + 1, parts)],
    };
  }
  yield { call: 'certificate:declareDue', creator: brand, put: [['certificate', [id], { ...certificate, state: 'due' }]] };
  for (let cut = 1; cut <= parts; cut += 1) {
    const paid = cut === parts ? `${id}-r${parts - 1}` : `${id}-${cut}`;
    const whole = cut <= 1 ? `${id}-0` : `${id}-r${Math.min(cut, parts - 1) - 1}`;
    yield { call: 'certificate:settleHoldings', creator: settler, put: [['payment', [`${id}-p${cut}`], { digest: `${id}-p${cut}`, settler, purpose: 'settlement', holdingIds: [paid], certificateId: id, paidTo: maker, at: at(0) }], holding(paid, id, 'redeemed', [whole], { redeemedBy: `${id}-p${cut}` })] };
  }
  yield { call: 'certificate:closeCertificate', creator: settler, put: [['certificate', [id], { ...certificate, state: 'settled' }]] };
}

/** The blocks that the brand has of these calls, ten in a block. */
function* blocksOf(calls: Iterable<Call>): Generator<LedgerBlock> {
  let number = 0n;
  let batch: Call[] = [];
  const cut = (): LedgerBlock => {
    const block = { number, hash: sha256Hex(`block ${number}`), previousHash: number === 0n ? '' : sha256Hex(`block ${number - 1n}`), dataHash: '', intact: true, bytes: Buffer.alloc(0), transactions: batch.map((call, index) => transactionOf(call, `tx-${number}-${index}`, index)) };
    number += 1n;
    batch = [];
    return block;
  };
  for (const call of calls) {
    batch.push(call);
    if (batch.length === 10) yield cut();
  }
  if (batch.length > 0) yield cut();
}

function transactionOf({ call, creator, put, records = [] }: Call, id: string, index: number): LedgerBlock['transactions'][number] {
  const kept = { namespace: 'dualchain', isDelete: false };
  const sealed = records.map((record) => ({ key: recordKey(record.type, record.id), value: Buffer.from(recordBytes(record)) }));
  return {
    id,
    index,
    valid: true,
    code: 'VALID',
    creator,
    at: new Date(START),
    chaincode: 'dualchain',
    args: [Buffer.from(call)],
    endorsers: call === 'consortium:bootstrap' ? [brand, maker, settler] : [creator, brand],
    event: undefined,
    response: Buffer.alloc(0),
    writes: put.map(([type, attributes, value]) => ({ ...kept, key: `\u0000${[type, ...attributes].join('\u0000')}\u0000`, value: Buffer.from(canonicalJson(value)) })),
    hashedWrites: sealed.flatMap(({ key, value }) => [brand, maker].map((mspId) => ({ ...kept, collection: implicitCollection(mspId), keyHash: sha256Hex(key), valueHash: sha256Hex(value) }))),
    privateWrites: sealed.map(({ key, value }) => ({ ...kept, collection: implicitCollection(brand), key, value })),
  };
}

/** Milliseconds of processor time that the audit itself takes; making the blocks is not counted. */
function audit(blocks: Iterable<LedgerBlock>): { readonly auditor: Auditor; readonly milliseconds: number } {
  const auditor = new Auditor({ mspId: brand, chaincode: 'dualchain' });
  let spent = 0;
  for (const block of blocks) {
    const before = process.cpuUsage();
    auditor.add(block);
    const { user, system } = process.cpuUsage(before);
    spent += (user + system) / 1000;
  }
  return { auditor, milliseconds: spent };
}

function* many(certificates: number, parts: number): Generator<Call> {
  yield* founding();
  for (let index = 0; index < certificates; index += 1) yield* life(`C-${index}`, parts);
}

it('audits 1,000 certificates and 20,000 transactions block by block', () => {
  const { auditor } = audit(blocksOf(many(1000, 7)));
  const { transactions, verdicts, height } = auditor.report();
  expect({ transactions, height }).toEqual({ transactions: 21_001, height: 2101n });
  expect(verdicts.flatMap(({ invariant, breaks }) => breaks.slice(0, 3).map((each) => ({ invariant, ...each })))).toEqual([]);
  expect(verdicts.find(({ invariant }) => invariant === '1')?.checked).toBeGreaterThan(20_000);
});

it('grows with the number of transactions, however many holdings a certificate has', () => {
  const [small, large] = [audit(blocksOf(many(1, 500))), audit(blocksOf(many(1, 5000)))];
  expect(large.auditor.report()).toMatchObject({ holds: true, transactions: 10_008 });
  // Ten times as many transactions on one certificate: a check that walks through its holdings would take a hundred times as long.
  expect(large.milliseconds / small.milliseconds).toBeLessThan(40);
});

it('keeps no block, and tells in between what it found so far', () => {
  const auditor = new Auditor({ mspId: brand, chaincode: 'dualchain' });
  const heights: bigint[] = [];
  for (const block of blocksOf(many(3, 7))) {
    auditor.add(block);
    heights.push(auditor.report().height);
  }
  expect(heights).toEqual(heights.map((_, index) => BigInt(index + 1)));
  expect(auditor.report()).toMatchObject({ holds: true, lastBlockHash: sha256Hex(`block ${heights.length - 1}`) });
});

it.each([
  ['no JSON', 'not JSON'],
  ['no object', '[]'],
  ['an object without its fields', '{}'],
])('finds a written value that is %s, and goes on', (_what, value) => {
  const [first, ...rest] = blocksOf(many(1, 7));
  const [transaction] = first!.transactions;
  const forged = { ...transaction!, id: 'forged', writes: [{ namespace: 'dualchain', isDelete: false, key: '\u0000holding\u0000H-9\u0000', value: Buffer.from(value) }] };
  const auditor = new Auditor({ mspId: brand, chaincode: 'dualchain' });
  for (const block of [{ ...first!, transactions: [...first!.transactions, forged] }, ...rest]) auditor.add(block);
  const broken = auditor.report().verdicts.flatMap(({ breaks }) => breaks);
  expect(broken.length).toBeGreaterThan(0);
  expect(broken.every(({ block, transactionId }) => block === 0n && transactionId === 'forged')).toBe(true);
});
