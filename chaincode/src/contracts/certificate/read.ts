import { recordKey } from '@dualchain/model';
import type { certificateVerbs, CertificateSkeleton, EarlySettlementSkeleton, HoldingSkeleton, Opened, Page, PaymentSkeleton, QuoteSkeleton } from '@dualchain/model';
import { opened, ownPage } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { quoteStateNow } from '../../rules/finance/quote';
import { quoteRecordId } from './finance';
import { tallyId } from './records';
import { earlyOfferId } from './settle-early';

const MAX_QUOTES = 500;
/** Entries that may turn out to be no ended holdings before a certificate counts as due only. */
const MAX_LOOKED_AT = 20;

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

export async function certificate({ state, input }: CallOf<Verbs['certificate']>): Promise<CertificateSkeleton> {
  return asPaid(state, await state.require('certificate', input.id));
}

export async function openCertificate(call: Pick<Call, 'state' | 'sealed'>, id: string): Promise<Opened<CertificateSkeleton>> {
  const skeleton = await asPaid(call.state, await call.state.require('certificate', id));
  const { records } = opened(skeleton, await call.sealed.own('certificate', id));
  const tally = await call.sealed.own('tally', tallyId(skeleton));
  return { skeleton, records: tally === undefined ? records : { ...records, [recordKey('tally', tally.id)]: tally } };
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

/** Offers to pay a holding early. */
export async function earlySettlementsOf({ state, input }: CallOf<Verbs['earlySettlementsOf']>): Promise<EarlySettlementSkeleton[]> {
  return (await state.scan('earlySettlement', [input.holdingId], MAX_QUOTES)).map(({ value }) => value);
}

export async function openEarlySettlement({ state, sealed, input }: CallOf<Verbs['openEarlySettlement']>): Promise<Opened<EarlySettlementSkeleton>> {
  const { holdingId, offerId } = input;
  return opened(await state.require('earlySettlement', holdingId, offerId), await sealed.own('earlySettlement', earlyOfferId(holdingId, offerId)));
}

export async function openPayment({ state, sealed, input }: CallOf<Verbs['openPayment']>): Promise<Opened<PaymentSkeleton>> {
  return opened(await state.require('payment', input.digest), await sealed.own('payment', input.digest));
}

export async function certificates(call: CallOf<Verbs['certificates']>): Promise<Page<Opened<CertificateSkeleton>>> {
  return ownPage(call, 'certificate', (id) => openCertificate(call, id));
}

/** The own holdings and those that were opened to the caller; copies that a change of owner made worthless are left out, so that a page may be shorter. */
export async function myHoldings(call: CallOf<Verbs['myHoldings']>): Promise<Page<Opened<HoldingSkeleton>>> {
  const { items, bookmark } = await ownPage(call, 'holding', (id) => openHolding(call, id));
  return { items: items.filter(({ records }) => Object.keys(records).length > 0), bookmark };
}

/** A due certificate of which a holding ended is partly settled. That is never written, so that payments do not conflict; whoever faked an index entry would find it checked here. */
async function asPaid(state: Call['state'], skeleton: CertificateSkeleton): Promise<CertificateSkeleton> {
  if (skeleton.state !== 'due') return skeleton;
  for (const { attributes } of await state.scan('endedHolding', [skeleton.id], MAX_LOOKED_AT)) {
    const holding = await state.get('holding', attributes[1] ?? '');
    if (holding?.certificateId === skeleton.id && (holding.state === 'redeemed' || holding.state === 'netted')) return { ...skeleton, state: 'partly settled' };
  }
  return skeleton;
}

function asOfNow(quote: QuoteSkeleton, holding: HoldingSkeleton, at: string): QuoteSkeleton {
  return { ...quote, state: quoteStateNow(quote, holding, at) };
}
