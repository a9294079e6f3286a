import { z } from 'zod';
import { amount, id, longText, page, timestamp } from '../../schemas';
import { disputeReasons } from '../../skeletons';
import type { CertificateSkeleton, DisputeSkeleton, HoldingSkeleton } from '../../skeletons';
import { evaluateVerb, submitVerb, type } from '../../verb';
import type { Created, Opened, Page } from '../../verb';
import { certificate, holdingOnly } from './shared';

/** What the obligor claims of the first supplier, in minor units of the certificate's currency; sealed between the two. */
export const disputeTerms = z.strictObject({ amount, statement: longText });
export type DisputeTerms = z.infer<typeof disputeTerms>;

const disputeReason = z.enum(disputeReasons);
const disputed = z.strictObject({ certificateId: id, disputeId: id });
/** All live holdings of a certificate. */
const allHoldings = z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(199) });

/** What both a dispute and its certificate are after a step. */
export interface DisputeResult {
  readonly dispute: DisputeSkeleton;
  readonly certificate: CertificateSkeleton;
}

/** Disputes of certificates (finance.md, "active → disputed → active / cancelled"). */
export const disputingVerbs = {
  disputeCertificate: submitVerb({
    ...certificate,
    name: 'disputeCertificate',
    summary: 'The obligor disputes a certificate: naming all holdings, still with the first supplier, it suspends it; naming none, it flags it.',
    roles: ['obligor'],
    input: z.strictObject({ certificateId: id, disputeId: id, reason: disputeReason, endsAt: timestamp, holdingIds: z.array(id).max(199) }),
    sealed: disputeTerms,
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'supplier'],
    result: type<Created<DisputeResult>>(),
  }),
  suspendCertificate: submitVerb({
    ...certificate,
    name: 'suspendCertificate',
    summary: 'The authority suspends a certificate by an order, whoever holds it.',
    roles: ['authority'],
    input: z.strictObject({ certificateId: id, orderId: id, reason: disputeReason, endsAt: timestamp }),
    endorsers: ['authority', 'settler'],
    result: type<Created<DisputeResult>>(),
  }),
  resolveDispute: submitVerb({
    ...certificate,
    name: 'resolveDispute',
    summary: 'Who opened a dispute ends it, the authority by an order, or anyone once its end has come; the certificate goes on.',
    input: z.strictObject({ certificateId: id, disputeId: id, orderId: id.optional() }),
    endorsers: ['settler', 'witness'],
    whileSuspended: true,
    result: type<DisputeResult>(),
  }),
  agreeCancellation: submitVerb({
    ...certificate,
    name: 'agreeCancellation',
    summary: 'An owner agrees that its units of a suspended certificate are given up, if all other owners agree too.',
    input: holdingOnly,
    endorsers: ['owner', 'obligor'],
    result: type<HoldingSkeleton>(),
  }),
  endAgreement: submitVerb({
    ...certificate,
    name: 'endAgreement',
    summary: 'The owner takes its agreement back, or anyone does once the dispute is over; the holding is as before.',
    input: holdingOnly,
    endorsers: ['settler', 'witness'],
    whileSuspended: true,
    result: type<HoldingSkeleton>(),
  }),
  cancelCertificate: submitVerb({
    ...certificate,
    name: 'cancelCertificate',
    summary: 'The obligor cancels a suspended certificate whose owners all agreed.',
    roles: ['obligor'],
    input: allHoldings,
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'settler'],
    result: type<DisputeResult>(),
  }),
  orderCancellation: submitVerb({
    ...certificate,
    name: 'orderCancellation',
    summary: 'The authority orders that a suspended certificate be cancelled; what a third party holds is not touched by it.',
    roles: ['authority'],
    input: z.strictObject({ certificateId: id, orderId: id }),
    endorsers: ['authority', 'settler'],
    result: type<DisputeResult>(),
  }),
  executeCancellation: submitVerb({
    ...certificate,
    name: 'executeCancellation',
    summary: 'The obligor carries out the order to cancel a certificate whose units are all with the first supplier.',
    roles: ['obligor'],
    input: allHoldings,
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'authority'],
    whileSuspended: true,
    result: type<DisputeResult>(),
  }),
  dispute: evaluateVerb({ ...certificate, name: 'dispute', summary: 'The public skeleton of a dispute.', input: disputed, result: type<DisputeSkeleton>() }),
  disputesOf: evaluateVerb({ ...certificate, name: 'disputesOf', summary: 'The disputes of a certificate, paged.', input: z.strictObject({ certificateId: id, ...page }), result: type<Page<DisputeSkeleton>>() }),
  openDispute: evaluateVerb({ ...certificate, name: 'openDispute', summary: "A dispute with its sealed claim, at the caller's own peer.", input: disputed, result: type<Opened<DisputeSkeleton>>() }),
} as const;
