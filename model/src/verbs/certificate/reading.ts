import { z } from 'zod';
import { hash, id, page } from '../../schemas';
import type { CertificateSkeleton, EarlySettlementSkeleton, HoldingSkeleton, PaymentSkeleton, QuoteSkeleton } from '../../skeletons';
import { evaluateVerb, type } from '../../verb';
import type { Opened, Page } from '../../verb';
import { certificate } from './shared';

/** Questions about certificates, holdings and quotes. */
export const readingVerbs = {
  certificate: evaluateVerb({ ...certificate, name: 'certificate', summary: 'The public skeleton of a certificate.', input: z.strictObject({ id }), result: type<CertificateSkeleton>() }),
  holding: evaluateVerb({ ...certificate, name: 'holding', summary: 'The public skeleton of a holding.', input: z.strictObject({ id }), result: type<HoldingSkeleton>() }),
  holdingsOf: evaluateVerb({ ...certificate, name: 'holdingsOf', summary: 'The public skeletons of all holdings of a certificate, paged.', input: z.strictObject({ certificateId: id, ...page }), result: type<Page<HoldingSkeleton>>() }),
  quotesOf: evaluateVerb({ ...certificate, name: 'quotesOf', summary: 'The public skeletons of the quotes for a holding.', input: z.strictObject({ holdingId: id }), result: type<readonly QuoteSkeleton[]>() }),
  openCertificate: evaluateVerb({ ...certificate, name: 'openCertificate', summary: "A certificate with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<CertificateSkeleton>>() }),
  openHolding: evaluateVerb({ ...certificate, name: 'openHolding', summary: "A holding with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<HoldingSkeleton>>() }),
  earlySettlementsOf: evaluateVerb({ ...certificate, name: 'earlySettlementsOf', summary: 'The public skeletons of the offers to pay a holding early.', input: z.strictObject({ holdingId: id }), result: type<readonly EarlySettlementSkeleton[]>() }),
  openEarlySettlement: evaluateVerb({ ...certificate, name: 'openEarlySettlement', summary: "An offer to pay a holding early with its sealed discount, at the caller's own peer.", input: z.strictObject({ holdingId: id, offerId: id }), result: type<Opened<EarlySettlementSkeleton>>() }),
  openPayment: evaluateVerb({ ...certificate, name: 'openPayment', summary: "A payment with its sealed amounts, at the caller's own peer.", input: z.strictObject({ digest: hash }), result: type<Opened<PaymentSkeleton>>() }),
  openQuote: evaluateVerb({ ...certificate, name: 'openQuote', summary: "A quote with its sealed terms, at the caller's own peer.", input: z.strictObject({ holdingId: id, quoteId: id }), result: type<Opened<QuoteSkeleton>>() }),
  certificates: evaluateVerb({ ...certificate, name: 'certificates', summary: "The certificates of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<CertificateSkeleton>>>() }),
  myHoldings: evaluateVerb({ ...certificate, name: 'myHoldings', summary: "The holdings that the caller's organisation may read, with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<HoldingSkeleton>>>() }),
} as const;
