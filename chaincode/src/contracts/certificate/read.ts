import { fieldRoot, recordKey } from '@dualchain/model';
import type { certificateVerbs, CertificateSkeleton, HoldingSkeleton, Opened, Page, QuoteSkeleton, SealedRecord } from '@dualchain/model';
import type { Call } from '../../ledger';
import { quoteStateNow } from '../../rules/finance/quote';
import { quoteRecordId } from './finance';
import type { CallOf } from './records';

const DEFAULT_PAGE = 50;
const MAX_QUOTES = 500;

type Verbs = typeof certificateVerbs;

export async function holdingsOf({ state, input }: CallOf<Verbs['holdingsOf']>): Promise<Page<HoldingSkeleton>> {
  const { items, bookmark } = await state.page('certificateHolding', [input.certificateId], input);
  const holdings: HoldingSkeleton[] = [];
  for (const { attributes } of items) holdings.push(await state.require('holding', attributes[1] ?? ''));
  return { items: holdings, bookmark };
}

/** Quotes with the state that they have now. */
export async function quotesOf({ state, input, at }: CallOf<Verbs['quotesOf']>): Promise<QuoteSkeleton[]> {
  const holding = await state.require('holding', input.holdingId);
  return (await state.scan('quote', [holding.id], MAX_QUOTES)).map(({ value }) => asOfNow(value, holding, at));
}

export async function openCertificate(call: Pick<Call, 'state' | 'sealed'>, id: string): Promise<Opened<CertificateSkeleton>> {
  const skeleton = await call.state.require('certificate', id);
  return opened(skeleton, await call.sealed.own('certificate', id));
}

/** A holding and the own copy of its terms, if that is the present one: a former owner's copy opens nothing. */
export async function openHolding(call: Pick<Call, 'state' | 'sealed'>, id: string): Promise<Opened<HoldingSkeleton>> {
  const skeleton = await call.state.require('holding', id);
  return opened(skeleton, await call.sealed.own('holding', id));
}

export async function openQuote({ state, sealed, input, at }: CallOf<Verbs['openQuote']>): Promise<Opened<QuoteSkeleton>> {
  const { holdingId, quoteId } = input;
  const holding = await state.require('holding', holdingId);
  const skeleton = await state.require('quote', holdingId, quoteId);
  return opened(asOfNow(skeleton, holding, at), await sealed.own('quote', quoteRecordId(holdingId, quoteId)));
}

export async function certificates(call: CallOf<Verbs['certificates']>): Promise<Page<Opened<CertificateSkeleton>>> {
  return ownPage(call, 'certificate', (id) => openCertificate(call, id));
}

/** The own holdings and those that were opened to the caller; copies that a change of owner made worthless are left out, so that a page may be shorter. */
export async function myHoldings(call: CallOf<Verbs['myHoldings']>): Promise<Page<Opened<HoldingSkeleton>>> {
  const { items, bookmark } = await ownPage(call, 'holding', (id) => openHolding(call, id));
  return { items: items.filter(({ records }) => Object.keys(records).length > 0), bookmark };
}

async function ownPage<Skeleton>({ sealed, input }: Call<{ pageSize?: number | undefined; bookmark?: string | undefined }>, type: string, open: (id: string) => Promise<Opened<Skeleton>>): Promise<Page<Opened<Skeleton>>> {
  const pageSize = input.pageSize ?? DEFAULT_PAGE;
  const records = await sealed.ownPage(type, pageSize, input.bookmark);
  const items: Opened<Skeleton>[] = [];
  for (const { id } of records) items.push(await open(id));
  return { items, bookmark: records.length < pageSize ? '' : (records.at(-1)?.id ?? '') };
}

function opened<Skeleton extends { readonly root: string }>(skeleton: Skeleton, record: SealedRecord | undefined): Opened<Skeleton> {
  const present = record !== undefined && fieldRoot(record) === skeleton.root;
  return { skeleton, records: present ? { [recordKey(record.type, record.id)]: record } : {} };
}

function asOfNow(quote: QuoteSkeleton, holding: HoldingSkeleton, at: string): QuoteSkeleton {
  return { ...quote, state: quoteStateNow(quote, holding, at) };
}
