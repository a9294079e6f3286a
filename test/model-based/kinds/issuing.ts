import { mspIdOf } from '../../support/organisations';
import { slugs, users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import type { ModelCertificate, ModelHolding, ModelReservation } from '../objects';
import { DAY } from '../world';
import type { World } from '../world';
import { certificateRuling } from './holdings';
import { momentOf } from './time';

const LATER = 30 * DAY;

/** A certificate over one or two invoices of one supplier, now and then over one that is not free for it; with room that is reserved for it, that room's. */
const issueCertificate: Kind = {
  name: 'issueCertificate',
  weight: 8,
  propose: (world, pick) => {
    const reservation = pick.mostly(world.reservations, (each) => each.state === 'reserved' && each.expiresAt > Date.now() && !world.certificates.some(({ id }) => id === each.certificateId) && each.invoices.every(({ state }) => state === 'accepted'));
    const first = reservation?.invoices[0] ?? pick.mostly(world.invoices, ({ state, order }) => state === 'accepted' && order.obligor === 'brand');
    if (first === undefined) return undefined;
    const { obligor, supplier } = first.order;
    const second = pick.rarely(3) && reservation === undefined ? world.invoices.find((invoice) => invoice !== first && invoice.state === 'accepted' && invoice.order.supplier === supplier && invoice.order.obligor === obligor) : undefined;
    const invoices = second === undefined ? [first] : [first, second];
    const by = users(pick, [obligor]);
    const face = invoices.reduce((sum, { total }) => sum + total, 0n);
    const id = reservation?.certificateId ?? world.id('C');
    const dueAt = Date.now() + ((world.certificates.length === 0 ? world.dueSoon : pick.rarely(2)) ? 2 * world.soon() : LATER);
    const expiresAt = pick.rarely(4) ? Math.min(dueAt, Date.now() + world.soon()) : dueAt;
    const certificate: ModelCertificate = { id, obligor, supplier, settler: 'clearing', invoices, face, dueAt, expiresAt, firstHoldingId: `H-${id}`, creditLine: reservation?.line, state: 'proposed' };
    const taken = world.certificates.some((each) => each.id === id);
    return {
      verb: 'issueCertificate',
      by,
      what: `${id} over ${invoices.map((invoice) => invoice.id).join(' and ')}${reservation === undefined ? '' : ` on ${reservation.line.id}`}`,
      ...all(
        // A supplier that buys, too, is no obligor of the consortium.
        unless(by.slug === 'brand' && by.user === 'maker', 'WRONG_ROLE', 'OPENING_REQUIRED'),
        unless(by.slug === obligor, 'NOT_A_PARTY', 'OPENING_REQUIRED', 'NOT_GENUINE'),
        unless(invoices.every(({ state }) => state === 'accepted'), 'WRONG_STATE', 'INVOICE_ALREADY_USED'),
        unless(!taken, 'ALREADY_EXISTS'),
        reserved(reservation, face),
        deadline('TENOR_EXCEEDED', 'late', dueAt),
        deadline('INVALID_INPUT', 'late', expiresAt),
      ),
      call: (client) =>
        client.certificates.issueCertificate({ certificateId: id, supplier: mspIdOf(supplier), settler: mspIdOf('clearing'), invoiceIds: invoices.map((invoice) => invoice.id), dueDate: new Date(dueAt), expiresAt: new Date(expiresAt), firstHoldingId: certificate.firstHoldingId, ...(reservation === undefined ? {} : { creditLineId: reservation.line.id }) }),
      apply: () => {
        world.certificates.push(certificate);
        for (const invoice of invoices) Object.assign(invoice, { state: 'certified', certificateId: id });
        world.holdings.push({ id: certificate.firstHoldingId, certificate, from: 1n, to: face, owner: supplier, state: 'locked', tier: 0, recourse: [], sealed: 0 });
      },
    };
  },
};

/** What room on a credit line asks of the certificate that names it. */
function reserved(reservation: ModelReservation | undefined, face: bigint): Verdict {
  if (reservation === undefined) return fine;
  return all(unless(reservation.state === 'reserved', 'WRONG_STATE'), unless(reservation.amount === face, 'CREDIT_LINE_EXCEEDED'), unless(reservation.line.obligor === 'brand', 'NOT_A_PARTY'), deadline('EXPIRED', 'late', reservation.expiresAt));
}

const confirmCertificate: Kind = {
  name: 'confirmCertificate',
  weight: 10,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state }) => state === 'proposed');
    if (certificate === undefined) return undefined;
    const by = users(pick, [certificate.obligor], 'checker');
    return {
      verb: 'confirmCertificate',
      by,
      what: certificate.id,
      refusals: [...certificateRuling('confirmCertificate', certificate, by.slug), ...unless(by.user === 'checker', 'WRONG_ROLE')],
      call: (client) => client.certificates.confirmCertificate({ certificateId: certificate.id }),
      apply: () => {
        certificate.state = 'issued';
      },
    };
  },
};

function answer(verb: 'acceptCertificate' | 'refuseCertificate' | 'withdrawCertificate' | 'expireCertificate', weight: number): Kind {
  const states: readonly string[] = verb === 'withdrawCertificate' || verb === 'expireCertificate' ? ['proposed', 'issued'] : ['issued'];
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const now = momentOf(pick);
      const certificate = pick.mostly(world.certificates, ({ state, expiresAt }) => states.includes(state) && (verb !== 'expireCertificate' || expiresAt <= now));
      if (certificate === undefined) return undefined;
      const by = users(pick, [verb === 'expireCertificate' ? pick.one(slugs) : verb === 'withdrawCertificate' ? certificate.obligor : certificate.supplier]);
      const first = firstHoldingOf(world, certificate);
      return {
        verb,
        by,
        what: certificate.id,
        ...all(
          certificateRuling(verb, certificate, by.slug),
          verb === 'acceptCertificate' ? deadline('EXPIRED', 'late', certificate.expiresAt) : verb === 'expireCertificate' ? deadline('NOT_YET', 'early', certificate.expiresAt) : fine,
        ),
        call: (client) => client.certificates[verb]({ certificateId: certificate.id }),
        apply: () => {
          certificate.state = verb === 'acceptCertificate' ? 'active' : 'cancelled';
          first.state = verb === 'acceptCertificate' ? 'free' : 'cancelled';
          if (certificate.state === 'cancelled') for (const invoice of certificate.invoices) Object.assign(invoice, { state: 'accepted', certificateId: undefined });
        },
      };
    },
  };
}

function firstHoldingOf(world: World, certificate: ModelCertificate): ModelHolding {
  const first = world.holdings.find(({ id }) => id === certificate.firstHoldingId);
  if (first === undefined) throw new RangeError(`The model lost the first holding of ${certificate.id}.`);
  return first;
}

export const issuingKinds: readonly Kind[] = [issueCertificate, confirmCertificate, answer('acceptCertificate', 7), answer('refuseCertificate', 1), answer('withdrawCertificate', 1), answer('expireCertificate', 5)];
