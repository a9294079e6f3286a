import type { certificateVerbs, Created, CreditLineSkeleton, CreditLineTerms, CreditReservationSkeleton, CreditReservationTerms, Opened, Page } from '@dualchain/model';
import { allOf, opened, ownPage, requireMember, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { changeCreditLine, closeCreditLine, releaseCredit, requireBoundLine, requireReserved, reserveCredit, setCreditLine } from '../../rules/protection/credit-line';
import type { OpenLine } from '../../rules/protection/credit-line';

type Verbs = typeof certificateVerbs;

/**
 * Credit lines. The line is the business object: reservations on one line follow one another, because they compete for
 * the same limit; lines do not touch each other. A supplier endorses the issue and must not learn the limit, so room is
 * reserved in a transaction of its own, between obligor and financier.
 */
export const creditingHandlers = {
  /** Reads 3; writes 4: terms for two, skeleton with its policy. */
  setCreditLine: async (call: CallOf<Verbs['setCreditLine']>): Promise<Created<CreditLineSkeleton>> => {
    const { state, sealed, input, content, caller, at } = call;
    const { creditLineId: id, obligor } = input;
    const { line, terms } = setCreditLine(id, obligor, content, caller.mspId, at);
    const standing = await state.get('creditLine', id);
    if (standing !== undefined) {
      const same = standing.financier === caller.mspId && standing.obligor === obligor && (await sealed.holdsSame('creditLine', id, { ...terms }, [caller.mspId, obligor]));
      requireSameContent('creditLine', [id], standing.financier, caller.mspId, same);
      return { ...standing, already: true };
    }
    await requireMember(call, obligor, 'obligor');
    const { root } = await sealed.seal('creditLine', id, { ...terms }, [caller.mspId, obligor]);
    await state.create('creditLine', [id], { ...line, root }, allOf([caller.mspId, obligor]));
    call.emit({ ids: { creditLine: id }, from: null, to: line.state });
    return { ...line, root };
  },
  /** Reads 4; writes 3. */
  changeCreditLine: async (call: CallOf<Verbs['changeCreditLine']>): Promise<CreditLineSkeleton> => {
    const before = await proveLine(call, call.input.creditLineId);
    const { line } = await renew(call, changeCreditLine(before, call.content.limit, call.caller.mspId));
    call.emit({ ids: { creditLine: line.id }, from: before.line.state, to: line.state });
    return line;
  },
  /** Reads 2; writes 1. */
  closeCreditLine: async (call: CallOf<Verbs['closeCreditLine']>): Promise<CreditLineSkeleton> => {
    const before = await call.state.require('creditLine', call.input.creditLineId);
    const line = closeCreditLine(before, call.caller.mspId);
    await call.state.update('creditLine', [line.id], line);
    call.emit({ ids: { creditLine: line.id }, from: before.state, to: line.state });
    return line;
  },
  /** Reads 6; writes 7: line and reservation for two, skeletons. */
  reserveCredit: reserve,
  /** Reads 8; writes 4. */
  releaseCredit: async (call: CallOf<Verbs['releaseCredit']>): Promise<CreditReservationSkeleton> => {
    const { state, sealed, input, caller, at } = call;
    const { creditLineId, certificateId } = input;
    const standing = await state.require('creditReservation', creditLineId, certificateId);
    const line = await proveLine(call, creditLineId);
    const { amount } = await sealed.requireGenuine<CreditReservationTerms>('creditReservation', reservationId(creditLineId, certificateId), [standing.financier, standing.obligor]);
    const after = releaseCredit(line, standing, amount, await state.get('certificate', certificateId), caller.mspId, at);
    await renew(call, after);
    await state.update('creditReservation', [creditLineId, certificateId], after.reservation);
    call.emit({ ids: { creditLine: creditLineId, certificate: certificateId }, from: standing.state, to: after.reservation.state });
    return after.reservation;
  },
  creditLine: ({ state, input }: CallOf<Verbs['creditLine']>): Promise<CreditLineSkeleton> => state.require('creditLine', input.creditLineId),
  openCreditLine: (call: CallOf<Verbs['openCreditLine']>): Promise<Opened<CreditLineSkeleton>> => openLine(call, call.input.creditLineId),
  creditLines: (call: CallOf<Verbs['creditLines']>): Promise<Page<Opened<CreditLineSkeleton>>> => ownPage(call, 'creditLine', (id) => openLine(call, id)),
  openReservation: async ({ state, sealed, input }: CallOf<Verbs['openReservation']>): Promise<Opened<CreditReservationSkeleton>> => {
    const { creditLineId, certificateId } = input;
    const skeleton = await state.require('creditReservation', creditLineId, certificateId);
    return opened(skeleton, await sealed.own('creditReservation', reservationId(creditLineId, certificateId)));
  },
  reservationsOf: async ({ state, input }: CallOf<Verbs['reservationsOf']>): Promise<Page<CreditReservationSkeleton>> => {
    const { items, bookmark } = await state.page('creditReservation', [input.creditLineId], input);
    return { items: items.map(({ value }) => value), bookmark };
  },
} as const;

/**
 * Room for a certificate that names a credit line: its reservation, opened to the endorsers, says exactly its face.
 * Three reads. Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, OPENING_REQUIRED, NOT_GENUINE, CREDIT_LINE_EXCEEDED.
 */
export async function requireCredit({ state, sealed, at }: Pick<Call, 'state' | 'sealed' | 'at'>, creditLineId: string, issue: { readonly certificateId: string; readonly obligor: string; readonly face: bigint; readonly currency: string }): Promise<void> {
  const reservation = await state.require('creditReservation', creditLineId, issue.certificateId);
  const record = await sealed.requireGenuine<CreditReservationTerms>('creditReservation', reservationId(creditLineId, issue.certificateId), [reservation.financier, reservation.obligor]);
  requireReserved(reservation, record, { ...issue, at });
}

async function reserve(call: CallOf<Verbs['reserveCredit']>): Promise<Created<CreditReservationSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { creditLineId, certificateId, expiresAt } = input;
  const recordId = reservationId(creditLineId, certificateId);
  const standing = await state.get('creditReservation', creditLineId, certificateId);
  if (standing !== undefined) {
    const { financier, obligor } = standing;
    const { terms: { currency } } = await proveLine(call, creditLineId);
    const same = obligor === caller.mspId && (await sealed.holdsSame('creditReservation', recordId, { creditLineId, certificateId, financier, obligor, currency, amount: content.amount }, [financier, obligor]));
    requireSameContent('creditReservation', [creditLineId, certificateId], standing.expiresAt, expiresAt, same);
    return { ...standing, already: true };
  }
  const line = await proveLine(call, creditLineId);
  const after = reserveCredit(line, { certificateId, expiresAt, amount: content.amount, at }, await state.get('certificate', certificateId), caller.mspId);
  await renew(call, after);
  const { financier, obligor } = after.reservation;
  const { root } = await sealed.seal('creditReservation', recordId, { ...after.reserved }, [financier, obligor]);
  const reservation = { ...after.reservation, root };
  await state.create('creditReservation', [creditLineId, certificateId], reservation, allOf([financier, obligor]));
  call.emit({ ids: { creditLine: creditLineId, certificate: certificateId }, from: null, to: reservation.state });
  return reservation;
}

/** A line with its present terms, from an opening. Three reads. */
async function proveLine({ state, sealed }: Pick<Call, 'state' | 'sealed'>, id: string): Promise<OpenLine> {
  const line = await state.require('creditLine', id);
  return requireBoundLine(line, await sealed.requireGenuine<CreditLineTerms>('creditLine', id, [line.financier, line.obligor]));
}

/** Seals the new terms of a line under its id, so that those before are worth nothing. */
async function renew({ state, sealed }: Pick<Call, 'state' | 'sealed'>, { line, terms }: OpenLine): Promise<{ readonly line: CreditLineSkeleton }> {
  const { root } = await sealed.seal('creditLine', line.id, { ...terms }, [line.financier, line.obligor]);
  const renewed = { ...line, root };
  await state.update('creditLine', [line.id], renewed);
  return { line: renewed };
}

function reservationId(creditLineId: string, certificateId: string): string {
  return `${creditLineId}/${certificateId}`;
}

async function openLine({ state, sealed }: Pick<Call, 'state' | 'sealed'>, id: string): Promise<Opened<CreditLineSkeleton>> {
  return opened(await state.require('creditLine', id), await sealed.own('creditLine', id));
}
