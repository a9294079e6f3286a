import { graceEndsAt, recordKey } from '@dualchain/model';
import type { ClockReading, InvoiceSkeleton, Opened, OrderSkeleton, Page, SealedRecord, ShipmentSkeleton, tradeVerbs, VersionRecord } from '@dualchain/model';
import { keyOf, ownPage } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { proposalRecordId, recordOfVersion } from './versions';

/** Invoices on one page of the acceptance clock: each may lead to a certificate with its holdings. */
const CLOCK_PAGE = 20;
/** Holdings of one certificate that are looked at for its last payment. */
const MAX_HOLDINGS = 200;

type Verbs = typeof tradeVerbs;
type TradeObject = 'order' | 'shipment' | 'invoice';
interface Skeletons {
  order: OrderSkeleton;
  shipment: ShipmentSkeleton;
  invoice: InvoiceSkeleton;
}

/** A skeleton with the caller's copies of its sealed records, those of an open proposal or dispute included. */
export async function open<T extends TradeObject>({ state, sealed }: Pick<Call, 'state' | 'sealed'>, type: T, id: string): Promise<Opened<Skeletons[T]>> {
  const skeleton: Skeletons[T] = await state.require(type, id);
  const records: Record<string, SealedRecord> = {};
  for (const [recordType, recordId] of recordsOf(type, skeleton)) {
    const record = await sealed.own(recordType, recordId);
    if (record !== undefined) records[recordKey(recordType, recordId)] = record;
  }
  return { skeleton, records };
}

export async function openPage<T extends TradeObject>(call: Call<{ pageSize?: number | undefined; bookmark?: string | undefined }>, type: T): Promise<Page<Opened<Skeletons[T]>>> {
  return ownPage(call, type, (id) => open(call, type, id));
}

/** Earlier versions, oldest first, with the caller's copies of their terms. */
export async function versions({ state, sealed, input }: CallOf<Verbs['orderVersions']>, type: 'order' | 'invoice'): Promise<Page<Opened<VersionRecord>>> {
  const { items, bookmark } = await state.page(`${type}Version`, [input.id], input);
  const opened: Opened<VersionRecord>[] = [];
  for (const { value } of items) {
    const at = recordOfVersion(type, value);
    const record = await sealed.own(at.type, at.id);
    opened.push({ skeleton: value, records: record === undefined ? {} : { [recordKey(at.type, at.id)]: record } });
  }
  return { items: opened, bookmark };
}

/** Reads one an invoice; one a certificate, one a holding of it (at most {@link MAX_HOLDINGS}) and one a payment, each certificate once. The index is in order of time, so a page begins at `since` and the list ends behind `until`. */
export async function acceptanceClock({ state, input, stub }: CallOf<Verbs['acceptanceClock']>): Promise<Page<ClockReading>> {
  const { obligor, since, until } = input;
  const first = since === undefined ? undefined : Buffer.from(keyOf(stub, 'obligorInvoice', [obligor, since]), 'utf8').toString('base64url');
  const { items, bookmark } = await state.page('obligorInvoice', [obligor], { pageSize: input.pageSize ?? CLOCK_PAGE, bookmark: input.bookmark ?? first });
  const certificates = new Map<string, ClockReading['certificate']>();
  const readings: ClockReading[] = [];
  for (const { attributes } of items) {
    const [, submittedAt = '', id = ''] = attributes;
    if (until !== undefined && submittedAt >= until) return { items: readings, bookmark: '' };
    const invoice = await state.require('invoice', id);
    const { certificateId } = invoice;
    if (certificateId !== undefined && !certificates.has(certificateId)) certificates.set(certificateId, await paymentOf(state, certificateId));
    readings.push(readingOf(invoice, certificateId === undefined ? undefined : certificates.get(certificateId)));
  }
  return { items: readings, bookmark };
}

function readingOf({ id, supplier, state, submittedAt, acceptanceDueAt, acceptedAt, dispute }: InvoiceSkeleton, certificate: ClockReading['certificate']): ClockReading {
  return { invoiceId: id, supplier, state, submittedAt, acceptanceDueAt, ...(acceptedAt !== undefined && { acceptedAt }), ...(dispute !== undefined && { disputedAt: dispute.at }), ...(certificate !== undefined && { certificate }) };
}

async function paymentOf(state: Call['state'], certificateId: string): Promise<NonNullable<ClockReading['certificate']>> {
  const certificate = await state.require('certificate', certificateId);
  const rows = await state.scan('certificateHolding', [certificateId], MAX_HOLDINGS + 1);
  const digests = new Set<string>();
  for (const { attributes } of rows.slice(0, MAX_HOLDINGS)) {
    const { redeemedBy } = await state.require('holding', attributes[1] ?? '');
    if (redeemedBy !== undefined) digests.add(redeemedBy);
  }
  let lastPaidAt = '';
  for (const digest of digests) {
    const { at } = await state.require('payment', digest);
    if (at > lastPaidAt) lastPaidAt = at;
  }
  return { id: certificate.id, state: certificate.state, dueDate: certificate.dueDate, graceEndsAt: graceEndsAt(certificate), ...(lastPaidAt !== '' && rows.length <= MAX_HOLDINGS && { lastPaidAt }) };
}

/** Type and id of the sealed records that belong to an object. */
function recordsOf(type: TradeObject, skeleton: OrderSkeleton | ShipmentSkeleton | InvoiceSkeleton): readonly (readonly [string, string])[] {
  const { id } = skeleton;
  if (type === 'shipment') return [['shipment', id], ['receipt', id]];
  const proposal = 'proposal' in skeleton ? skeleton.proposal : undefined;
  const proposed = proposal === undefined ? [] : ([['amendment', 'amendment'], ['credit note', 'creditNote'], ['waiver', 'waiver']] as const).filter(([kind]) => kind === proposal.kind).map(([, record]) => [record, proposalRecordId(id, proposal.id)] as const);
  if (type === 'order') return [['order', id], ['quantities', id], ...proposed];
  const dispute = 'dispute' in skeleton ? skeleton.dispute : undefined;
  return [['invoice', id], ...proposed, ...(dispute === undefined ? [] : [['invoiceDispute', proposalRecordId(id, dispute.id)] as const])];
}
