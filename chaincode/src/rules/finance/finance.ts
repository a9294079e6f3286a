import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, QuoteSkeleton } from '@dualchain/model';
import { requireActive, rowOf } from '../holding/holding';
import { assign, openProposal, requireCounterparty, restore } from '../holding/proposal';
import { outcomeOf, requireNotExpired } from '../transition';
import { acceptQuote, payOutQuote, requireAccepted } from './quote';

export interface QuoteRequest {
  /** Id of the transaction. */
  readonly id: string;
  readonly financiers: readonly string[];
  readonly recourse: 'with' | 'without';
  readonly expiresAt: string;
  readonly at: string;
}

/** The owner asks chosen financiers. Throws NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, INVALID_INPUT, EXPIRED. */
export function requestQuotes(holding: HoldingSkeleton, request: QuoteRequest, certificate: CertificateSkeleton, caller: string): HoldingSkeleton {
  const { id, financiers, recourse, expiresAt, at } = request;
  const row = rowOf(holding, 'requestQuotes', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  requireNotExpired('The request for quotes', expiresAt, at);
  for (const [index, financier] of financiers.entries()) {
    requireCounterparty(holding, certificate.settler, financier);
    if (financiers.indexOf(financier) !== index) throw new DualchainError('INVALID_INPUT', `${financier} is asked twice.`, { details: { financier } });
  }
  return openProposal(holding, row, { id, kind: 'quotes', financiers: [...financiers], recourse, expiresAt, offeredAt: at });
}

/** The owner stops asking; the holding is as it was before. Throws NOT_A_PARTY, WRONG_STATE. */
export function withdrawQuotes(holding: HoldingSkeleton, caller: string): HoldingSkeleton {
  return restore(holding, rowOf(holding, 'withdrawQuotes', caller));
}

/**
 * The owner accepts one quote; the holding is locked for its financier until the quote expires. `id` is the id of the
 * transaction. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, CERTIFICATE_NOT_ACTIVE.
 */
export function lockForFinance(id: string, holding: HoldingSkeleton, quote: QuoteSkeleton, certificate: CertificateSkeleton, caller: string, at: string): { holding: HoldingSkeleton; quote: QuoteSkeleton } {
  const row = rowOf(holding, 'acceptQuote', caller);
  const accepted = acceptQuote(quote, holding, caller, at);
  requireActive(certificate);
  const { financier, expiresAt } = quote;
  return { holding: openProposal(holding, row, { id, kind: 'finance', quoteId: quote.id, financier, recourse: holding.proposal?.recourse ?? 'without', expiresAt, offeredAt: at }), quote: accepted };
}

/** Owner or financier may show holding and quote to the settler. Throws NOT_A_PARTY, WRONG_STATE. */
export function requirePayoutOpenable(holding: HoldingSkeleton, quote: QuoteSkeleton, caller: string, at: string): void {
  rowOf(holding, 'openPayout', caller);
  requireAccepted(quote, holding, at);
}

/**
 * The settler paid out; the financier is the owner, with a link to the seller if the finance is with recourse. A
 * certificate that fell due meanwhile does not stand in the way: money that was paid must be booked, or the seller
 * would be paid twice. Throws NOT_A_PARTY, WRONG_STATE, CERTIFICATE_NOT_ACTIVE.
 */
export function confirmPayout(holding: HoldingSkeleton, quote: QuoteSkeleton, certificate: CertificateSkeleton, registrationReference: string, caller: string, at: string): { holding: HoldingSkeleton; quote: QuoteSkeleton } {
  const { settler } = certificate;
  const row = rowOf(holding, 'confirmPayout', caller, { settler });
  const paid = payOutQuote(quote, holding, settler, caller, at);
  if (certificate.state !== 'due') requireActive(certificate);
  const { owner: seller, recourse = [], proposal } = holding;
  const { financier } = quote;
  const links = proposal?.recourse === 'with' ? [...recourse, { from: financier, to: seller }] : recourse;
  const assigned = assign(holding, financier, outcomeOf(row, 'financed'), { assignedAt: at, notifiedAt: at, registeredAt: at, registrationReference });
  return { holding: { ...assigned, ...(links.length === 0 ? {} : { recourse: links }) }, quote: paid };
}

/**
 * Ends a finance that was not paid out; the holding is as it was before. The financier may at any time. The owner may
 * while the settler was not shown the quote, and after expiry; in between the financier's money may be on its way.
 * Throws NOT_A_PARTY, WRONG_STATE, NOT_YET.
 */
export function cancelFinance(holding: HoldingSkeleton, payoutOpened: boolean, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'cancelFinance', caller);
  const expiresAt = holding.proposal?.expiresAt ?? '';
  if (caller === holding.owner && payoutOpened && at < expiresAt) {
    throw new DualchainError('NOT_YET', `The pay-out of holding ${holding.id} was opened to the settler, so money may be on its way: its financier can end it, and you can from ${expiresAt} on.`, { details: { expiresAt, at } });
  }
  return restore(holding, row);
}
