import { DualchainError, parseMinorUnits, quoteTable } from '@dualchain/model';
import type { HoldingProposal, HoldingSkeleton, HoldingTerms, QuoteSkeleton, QuoteState, QuoteTerms } from '@dualchain/model';
import { rangeOf, sizeOf } from '../holding/ranges';
import { requireNotExpired, requireTransition } from '../transition';

/** Full in basis points. */
const FULL = 10_000n;

export interface QuoteOffer {
  readonly quoteId: string;
  readonly expiresAt: string;
  readonly at: string;
}

/** A financier that was asked quotes. Throws WRONG_STATE, NOT_A_PARTY, EXPIRED. */
export function submitQuote(holding: HoldingSkeleton, offer: QuoteOffer, caller: string): Omit<QuoteSkeleton, 'root'> {
  const { quoteId: id, expiresAt, at } = offer;
  const proposal = requireAsking(holding);
  const { to } = requireTransition(quoteTable, 'submitQuote', { id, state: null, parties: { financier: proposal.financiers ?? [] } }, caller);
  requireNotExpired(`The request for quotes for holding ${holding.id}`, proposal.expiresAt, at);
  requireNotExpired(`The quote ${id}`, expiresAt, at);
  return { id, holdingId: holding.id, financier: caller, owner: holding.owner, state: to, requestId: proposal.id, expiresAt, quotedAt: at };
}

/** A financier that was asked says that it will not quote; nothing is sealed, so that there is no root. Throws WRONG_STATE, NOT_A_PARTY, EXPIRED. */
export function declineQuote(holding: HoldingSkeleton, quoteId: string, caller: string, at: string): Omit<QuoteSkeleton, 'root'> {
  const proposal = requireAsking(holding);
  const { to } = requireTransition(quoteTable, 'declineQuote', { id: quoteId, state: null, parties: { financier: proposal.financiers ?? [] } }, caller);
  requireNotExpired(`The request for quotes for holding ${holding.id}`, proposal.expiresAt, at);
  return { id: quoteId, holdingId: holding.id, financier: caller, owner: holding.owner, state: to, requestId: proposal.id, expiresAt: proposal.expiresAt, quotedAt: at };
}

/** A financier takes its own quote back. Throws NOT_A_PARTY, WRONG_STATE. */
export function withdrawQuote(quote: QuoteSkeleton, holding: HoldingSkeleton, caller: string, at: string): QuoteSkeleton {
  return take(quote, 'withdrawQuote', holding, { financier: quote.financier }, caller, at);
}

/** Pay-out and fee fit into the advance, which is a part of the holding. Throws AMOUNT_MISMATCH; it names no figure. */
export function requireQuoteTerms({ advanceBps, fee, payout }: QuoteTerms, holding: HoldingTerms): void {
  const advance = (sizeOf(rangeOf(holding)) * BigInt(advanceBps)) / FULL;
  if (parseMinorUnits(payout) + parseMinorUnits(fee) > advance) throw new DualchainError('AMOUNT_MISMATCH', 'Pay-out and fee together are more than the advance on this holding; lower one of them.');
}

/**
 * The state of a quote at a time. Nothing is written when a quote lapses: it does so when it expires, when the request
 * that it answers ends, or when the finance that it was accepted for is cancelled or overtaken by settlement.
 */
export function quoteStateNow(quote: QuoteSkeleton, { proposal }: HoldingSkeleton, at: string): QuoteState {
  const { id, state, requestId, expiresAt } = quote;
  if (state === 'open') return proposal?.kind === 'quotes' && proposal.id === requestId && at < expiresAt ? 'open' : 'lapsed';
  if (state === 'accepted') return proposal?.kind === 'finance' && proposal.quoteId === id ? 'accepted' : 'lapsed';
  return state;
}

/** The owner accepts. Throws NOT_A_PARTY, EXPIRED, WRONG_STATE. */
export function acceptQuote(quote: QuoteSkeleton, holding: HoldingSkeleton, caller: string, at: string): QuoteSkeleton {
  return take(quote, 'acceptQuote', holding, { owner: quote.owner }, caller, at);
}

/** The quote that a holding is locked for was paid out. Throws NOT_A_PARTY, WRONG_STATE. */
export function payOutQuote(quote: QuoteSkeleton, holding: HoldingSkeleton, settler: string, caller: string, at: string): QuoteSkeleton {
  return take(quote, 'confirmPayout', holding, { settler }, caller, at);
}

/** Throws WRONG_STATE unless the holding is locked for this quote. */
export function requireAccepted(quote: QuoteSkeleton, holding: HoldingSkeleton, at: string): void {
  const state = quoteStateNow(quote, holding, at);
  if (state !== 'accepted') throw new DualchainError('WRONG_STATE', `The quote ${quote.id} is ${state}; the holding ${holding.id} is not locked for it.`, { details: { object: 'quote', id: quote.id, state } });
}

function take(quote: QuoteSkeleton, verb: string, holding: HoldingSkeleton, parties: { readonly owner?: string; readonly settler?: string; readonly financier?: string }, caller: string, at: string): QuoteSkeleton {
  const { id, expiresAt } = quote;
  if (quote.state === 'open' && verb === 'acceptQuote' && holding.proposal?.id === quote.requestId) requireNotExpired(`The quote ${id}`, expiresAt, at);
  const { to } = requireTransition(quoteTable, verb, { id, state: quoteStateNow(quote, holding, at), parties }, caller);
  return { ...quote, state: to };
}

function requireAsking(holding: HoldingSkeleton): HoldingProposal {
  const { proposal } = holding;
  if (proposal?.kind !== 'quotes') throw new DualchainError('WRONG_STATE', `The holding ${holding.id} is ${holding.state}; its owner is not asking for quotes.`, { details: { object: 'holding', id: holding.id, state: holding.state } });
  return proposal;
}
