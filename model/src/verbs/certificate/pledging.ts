import { z } from 'zod';
import { amount, basisPoints, id, mspId, shortText, timestamp } from '../../schemas';
import type { HoldingSkeleton, LoanSkeleton } from '../../skeletons';
import { evaluateVerb, submitVerb, type } from '../../verb';
import type { Created, Opened } from '../../verb';
import { certificate, holdingOnly } from './shared';

/** Terms of a loan against a pledge, sealed between owner, financier and settler: principal in minor units of the certificate's currency, rate a year. */
export const pledgeLoanTerms = z.strictObject({ principal: amount, rateBps: basisPoints });
export type PledgeLoanTerms = z.infer<typeof pledgeLoanTerms>;

/** Loan, pledge, pay-out, release or enforcement (docs/claims.md, "Pledge"). */
export const claimPledgingVerbs = {
  draftLoan: submitVerb({
    ...certificate,
    name: 'draftLoan',
    summary: 'The owner puts the terms of a loan against one free holding before financier and settler; nobody else sees them.',
    input: z.strictObject({ loanId: id, holdingId: id, financier: mspId, loanDueAt: timestamp }),
    sealed: pledgeLoanTerms,
    openings: ['holding'],
    endorsers: ['owner', 'financier', 'settler'],
    result: type<Created<LoanSkeleton>>(),
  }),
  offerPledge: submitVerb({ ...certificate, name: 'offerPledge', summary: 'The owner offers the holding as security for a drafted loan; it is locked until the financier answers.', input: z.strictObject({ holdingId: id, loanId: id, expiresAt: timestamp }), endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  acceptPledge: submitVerb({ ...certificate, name: 'acceptPledge', summary: 'The financier accepts the pledge and will pay the loan out.', roles: ['financier'], input: holdingOnly, endorsers: ['financier', 'settler', 'obligor'], result: type<HoldingSkeleton>() }),
  refusePledge: submitVerb({ ...certificate, name: 'refusePledge', summary: 'The financier refuses, or gives up before the pay-out; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  withdrawPledge: submitVerb({ ...certificate, name: 'withdrawPledge', summary: 'The owner takes the offered pledge back; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  expirePledge: submitVerb({ ...certificate, name: 'expirePledge', summary: 'Anyone ends a pledge that was not paid out before its expiry; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  confirmLoan: submitVerb({
    ...certificate,
    name: 'confirmLoan',
    summary: 'The settler confirms the pay-out of the loan by a unique payment reference: the holding is pledged.',
    roles: ['settler'],
    input: z.strictObject({ holdingId: id, loanId: id, paymentReference: shortText, registrationReference: shortText }),
    endorsers: ['settler', 'obligor', 'financier'],
    result: type<Created<HoldingSkeleton>>(),
  }),
  releasePledge: submitVerb({ ...certificate, name: 'releasePledge', summary: 'The financier confirms that the loan was repaid; the holding is free again.', input: holdingOnly, endorsers: ['financier', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  enforcePledge: submitVerb({
    ...certificate,
    name: 'enforcePledge',
    summary: 'The financier takes the pledged holding over, because the loan is due and was not repaid.',
    roles: ['financier'],
    input: holdingOnly,
    openings: ['holding'],
    endorsers: ['financier', 'obligor', 'settler'],
    result: type<HoldingSkeleton>(),
  }),
  openLoan: evaluateVerb({ ...certificate, name: 'openLoan', summary: "A loan with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<LoanSkeleton>>() }),
} as const;
