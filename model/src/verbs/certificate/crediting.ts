import { z } from 'zod';
import { amount, currency, id, mspId, page, timestamp } from '../../schemas';
import type { CreditLineSkeleton, CreditReservationSkeleton } from '../../skeletons';
import { evaluateVerb, submitVerb, type } from '../../verb';
import type { Created, Opened, Page } from '../../verb';
import { certificate } from './shared';

/** What a credit line is, sealed between financier and obligor; amounts in minor units as decimal strings. */
export interface CreditLineTerms {
  readonly financier: string;
  readonly obligor: string;
  readonly currency: string;
  readonly limit: string;
  /** Sum of what is reserved now. */
  readonly used: string;
}

/** What is reserved for one certificate, sealed between financier and obligor. */
export interface CreditReservationTerms {
  readonly creditLineId: string;
  readonly certificateId: string;
  readonly financier: string;
  readonly obligor: string;
  readonly currency: string;
  readonly amount: string;
}

const lineOnly = z.strictObject({ creditLineId: id });
const reservationOf = z.strictObject({ creditLineId: id, certificateId: id });
const between = { endorsers: ['financier', 'obligor'] } as const;

/** Credit lines of financiers on obligors (finance.md, invariant 11). */
export const creditingVerbs = {
  setCreditLine: submitVerb({
    ...certificate,
    ...between,
    name: 'setCreditLine',
    summary: 'A financier opens a credit line for an obligor; its limit is sealed between the two.',
    roles: ['financier'],
    input: z.strictObject({ creditLineId: id, obligor: mspId }),
    sealed: z.strictObject({ limit: amount, currency }),
    result: type<Created<CreditLineSkeleton>>(),
  }),
  changeCreditLine: submitVerb({
    ...certificate,
    ...between,
    name: 'changeCreditLine',
    summary: 'The financier gives its credit line another limit, not below what is reserved.',
    roles: ['financier'],
    input: lineOnly,
    sealed: z.strictObject({ limit: amount }),
    openings: ['creditLine'],
    result: type<CreditLineSkeleton>(),
  }),
  closeCreditLine: submitVerb({ ...certificate, ...between, name: 'closeCreditLine', summary: 'The financier closes its credit line: nothing more is reserved on it.', roles: ['financier'], input: lineOnly, whileSuspended: true, result: type<CreditLineSkeleton>() }),
  reserveCredit: submitVerb({
    ...certificate,
    ...between,
    name: 'reserveCredit',
    summary: 'The obligor reserves room on a credit line for a certificate that it will issue before an expiry.',
    roles: ['obligor'],
    input: z.strictObject({ creditLineId: id, certificateId: id, expiresAt: timestamp }),
    sealed: z.strictObject({ amount }),
    openings: ['creditLine', 'creditReservation'],
    result: type<Created<CreditReservationSkeleton>>(),
  }),
  releaseCredit: submitVerb({
    ...certificate,
    ...between,
    name: 'releaseCredit',
    summary: 'Obligor or financier gives room back: the certificate has ended, or was not issued before the reservation expired.',
    input: reservationOf,
    openings: ['creditLine', 'creditReservation'],
    whileSuspended: true,
    result: type<CreditReservationSkeleton>(),
  }),
  creditLine: evaluateVerb({ ...certificate, name: 'creditLine', summary: 'The public skeleton of a credit line.', input: lineOnly, result: type<CreditLineSkeleton>() }),
  openCreditLine: evaluateVerb({ ...certificate, name: 'openCreditLine', summary: "A credit line with its sealed limit and use, at the caller's own peer.", input: lineOnly, result: type<Opened<CreditLineSkeleton>>() }),
  creditLines: evaluateVerb({ ...certificate, name: 'creditLines', summary: "The credit lines of the caller's organisation with limit and use, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<CreditLineSkeleton>>>() }),
  openReservation: evaluateVerb({ ...certificate, name: 'openReservation', summary: "A reservation with its sealed amount, at the caller's own peer.", input: reservationOf, result: type<Opened<CreditReservationSkeleton>>() }),
  reservationsOf: evaluateVerb({ ...certificate, name: 'reservationsOf', summary: 'The reservations on a credit line, paged.', input: z.strictObject({ creditLineId: id, ...page }), result: type<Page<CreditReservationSkeleton>>() }),
} as const;
