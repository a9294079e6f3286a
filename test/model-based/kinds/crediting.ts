import { creditLineTable, creditReservationTable } from '../../../model/src';
import type { Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { hasRole, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelCreditLine, ModelReservation } from '../objects';
import { DAY } from '../world';
import type { World } from '../world';

/** Sum of what is reserved on a line. */
export function usedOf(world: World, line: ModelCreditLine): bigint {
  return world.reservations.filter((reservation) => reservation.line === line && reservation.state === 'reserved').reduce((sum, { amount }) => sum + amount, 0n);
}

const setCreditLine: Kind = {
  name: 'setCreditLine',
  weight: 1,
  propose: (world, pick) => {
    if (world.creditLines.length >= 1) return undefined;
    const by = users(pick, [pick.one<Slug>(['bank', 'factor'])]);
    const obligor: Slug = pick.rarely(10) ? 'farm' : 'brand';
    // Above what one invoice may be about, mostly: prices rise with the number of the sequence.
    const line: ModelCreditLine = { id: world.id('CL'), financier: by.slug, obligor, limit: BigInt(world.number) * 1_000n * BigInt(2_000 - pick.below(1_900)), state: 'open' };
    return {
      verb: 'setCreditLine',
      by,
      what: `${line.id} for ${obligor}`,
      refusals: [...unless(hasRole(by.slug, 'financier'), 'WRONG_ROLE'), ...unless(hasRole(obligor, 'obligor') && by.slug !== obligor, 'WRONG_ROLE', 'INVALID_INPUT')],
      call: (client) => client.creditLines.setCreditLine({ creditLineId: line.id, obligor: mspIdOf(obligor), limit: line.limit, currency: 'CNY' }),
      apply: () => world.creditLines.push(line),
    };
  },
};

function parties({ financier, obligor }: ModelCreditLine) {
  return { financier, obligor };
}

const changeCreditLine: Kind = {
  name: 'changeCreditLine',
  weight: 1,
  propose: (world, pick) => {
    const line = pick.rarely(3) ? pick.mostly(world.creditLines, ({ state }) => state === 'open') : undefined;
    if (line === undefined) return undefined;
    const by = users(pick, [line.financier]);
    const used = usedOf(world, line);
    const limit = pick.rarely(4) && used > 1n ? used - 1n : used + BigInt(1 + pick.below(1_000_000));
    return {
      verb: 'changeCreditLine',
      by,
      what: `${line.id} to ${limit}`,
      refusals: [...ruling(creditLineTable, 'changeCreditLine', line.state, parties(line), by.slug), ...unless(limit >= used, 'CREDIT_LINE_EXCEEDED')],
      call: (client) => client.creditLines.changeCreditLine({ creditLineId: line.id, limit }),
      apply: () => {
        line.limit = limit;
      },
    };
  },
};

const closeCreditLine: Kind = {
  name: 'closeCreditLine',
  weight: 1,
  propose: (world, pick) => {
    const line = pick.rarely(3) ? pick.mostly(world.creditLines, ({ state }) => state === 'open') : undefined;
    if (line === undefined) return undefined;
    const by = users(pick, [line.financier]);
    return {
      verb: 'closeCreditLine',
      by,
      what: line.id,
      refusals: ruling(creditLineTable, 'closeCreditLine', line.state, parties(line), by.slug),
      call: (client) => client.creditLines.closeCreditLine({ creditLineId: line.id }),
      apply: () => {
        line.state = 'closed';
      },
    };
  },
};

/** Room for a certificate over one accepted invoice. */
const reserveCredit: Kind = {
  name: 'reserveCredit',
  weight: 4,
  propose: (world, pick) => {
    const line = pick.mostly(world.creditLines, ({ state }) => state === 'open');
    const invoice = pick.mostly(world.invoices, ({ state, order }) => state === 'accepted' && order.obligor === 'brand');
    if (line === undefined || invoice === undefined) return undefined;
    const taken = pick.rarely(10) ? pick.one(world.certificates) : undefined;
    const by = users(pick, [line.obligor]);
    // Now and then not the invoice's, and now and then more than there is room for.
    const amount = pick.oddly(6) && usedOf(world, line) <= line.limit ? line.limit - usedOf(world, line) + 1n : pick.rarely(10) ? invoice.total + 1n : invoice.total;
    const reservation: ModelReservation = { line, certificateId: taken?.id ?? world.id('C'), invoices: [invoice], amount, expiresAt: Date.now() + (pick.rarely(3) ? world.soon() : DAY), state: 'reserved' };
    const repeated = world.reservations.some((each) => each.line === line && each.certificateId === reservation.certificateId);
    return {
      verb: 'reserveCredit',
      by,
      what: `${amount} on ${line.id} for ${reservation.certificateId}`,
      ...all(
        ruling(creditLineTable, 'reserveCredit', line.state, parties(line), by.slug),
        unless(taken === undefined, 'WRONG_STATE'),
        unless(!repeated, 'ALREADY_EXISTS'),
        unless(usedOf(world, line) + amount <= line.limit, 'CREDIT_LINE_EXCEEDED'),
        deadline('EXPIRED', 'late', reservation.expiresAt),
      ),
      call: (client) => client.creditLines.reserveCredit({ creditLineId: line.id, certificateId: reservation.certificateId, expiresAt: new Date(reservation.expiresAt), amount }),
      apply: () => world.reservations.push(reservation),
    };
  },
};

/** Once the certificate has ended, or was not issued in time. */
const releaseCredit: Kind = {
  name: 'releaseCredit',
  weight: 4,
  propose: (world, pick) => {
    const certificateOf = ({ certificateId }: ModelReservation) => world.certificates.find(({ id }) => id === certificateId);
    const over = (each: ModelReservation) => {
      const certificate = certificateOf(each);
      return certificate === undefined ? each.expiresAt <= Date.now() : ['settled', 'cancelled', 'replaced'].includes(certificate.state);
    };
    const reservation = pick.mostly(world.reservations, (each) => each.state === 'reserved' && over(each));
    if (reservation === undefined) return undefined;
    const { line, certificateId } = reservation;
    const certificate = certificateOf(reservation);
    const by = users(pick, [line.obligor, line.financier]);
    const uses = certificate?.creditLine === line;
    return {
      verb: 'releaseCredit',
      by,
      what: `${certificateId} on ${line.id}`,
      ...all(
        ruling(creditLineTable, 'releaseCredit', line.state, parties(line), by.slug),
        ruling(creditReservationTable, 'releaseCredit', reservation.state, parties(line), by.slug),
        certificate === undefined ? deadline('NOT_YET', 'early', reservation.expiresAt) : fine,
        unless(!uses || over(reservation), 'NOT_YET'),
      ),
      call: (client) => client.creditLines.releaseCredit({ creditLineId: line.id, certificateId }),
      apply: () => {
        reservation.state = 'released';
      },
    };
  },
};

export const creditingKinds: readonly Kind[] = [setCreditLine, changeCreditLine, closeCreditLine, reserveCredit, releaseCredit];
