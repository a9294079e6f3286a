import { disputeTable } from '../../../model/src';
import { slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import { sumOf } from '../objects';
import type { ModelDispute, ModelHolding } from '../objects';
import { DAY } from '../world';
import { certificateRuling, disputed, isLive } from './holdings';

/** States in which a holding of the first supplier is in nobody else's interest. */
const untouched: readonly ModelHolding['state'][] = ['free', 'transfer offered', 'quotes open'];

/** Naming all holdings suspends, naming none flags; now and then one is left out. */
const disputeCertificate: Kind = {
  name: 'disputeCertificate',
  weight: 2,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, (each) => each.state === 'active' && each.dispute === undefined);
    if (certificate === undefined) return undefined;
    const by = users(pick, [certificate.obligor]);
    const live = world.holdingsOf(certificate).filter(isLive);
    const withSupplier = live.every(({ owner, state }) => owner === certificate.supplier && untouched.includes(state));
    const named = (withSupplier ? !pick.rarely(4) : pick.oddly(6)) ? live : [];
    const holdings = pick.rarely(10) ? named.slice(1) : named;
    const wrong = pick.oddly(12);
    const covers = holdings.length === 0 || sumOf(holdings) === certificate.face;
    const dispute: ModelDispute = { id: world.id('D'), certificate, author: by.slug, endsAt: Date.now() + (pick.rarely(2) ? world.soon() : 20 * DAY), state: 'open' };
    return {
      verb: 'disputeCertificate',
      by,
      what: `${certificate.id}, naming ${holdings.length} holdings`,
      ...all(
        certificateRuling('disputeCertificate', certificate, by.slug),
        disputed(certificate),
        unless(!wrong, 'AMOUNT_MISMATCH'),
        unless(holdings.every(({ owner, state }) => owner === certificate.supplier && untouched.includes(state)), 'WRONG_STATE'),
        unless(covers, 'AMOUNT_MISMATCH'),
        deadline('EXPIRED', 'late', dispute.endsAt),
      ),
      call: (client) => client.disputes.disputeCertificate({ certificateId: certificate.id, disputeId: dispute.id, reason: 'quality', endsAt: new Date(dispute.endsAt), holdingIds: holdings.map(({ id }) => id), amount: wrong ? certificate.face + 1n : certificate.face, statement: 'Not as agreed.' }),
      apply: () => {
        world.disputes.push(dispute);
        certificate.dispute = dispute;
        if (holdings.length > 0) certificate.state = 'disputed';
      },
    };
  },
};

const suspendCertificate: Kind = {
  name: 'suspendCertificate',
  weight: 1,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, (each) => each.state === 'active' && each.dispute === undefined);
    if (certificate === undefined) return undefined;
    const by = users(pick, ['regulator']);
    const dispute: ModelDispute = { id: world.id('ORDER'), certificate, author: by.slug, endsAt: Date.now() + (pick.rarely(2) ? 20 * DAY : world.soon()), state: 'open' };
    return {
      verb: 'suspendCertificate',
      by,
      what: certificate.id,
      ...all(certificateRuling('suspendCertificate', certificate, by.slug), disputed(certificate), deadline('EXPIRED', 'late', dispute.endsAt)),
      call: (client) => client.disputes.suspendCertificate({ certificateId: certificate.id, orderId: dispute.id, reason: 'quality', endsAt: new Date(dispute.endsAt) }),
      apply: () => {
        world.disputes.push(dispute);
        Object.assign(certificate, { dispute, state: 'disputed' } as const);
      },
    };
  },
};

const resolveDispute: Kind = {
  name: 'resolveDispute',
  weight: 4,
  propose: (world, pick) => {
    const dispute = pick.mostly(world.disputes, ({ state }) => state === 'open');
    if (dispute === undefined) return undefined;
    const over = dispute.endsAt <= Date.now();
    const by = users(pick, [over ? pick.one(slugs) : dispute.author, 'regulator']);
    const ordered = (by.slug === 'regulator') !== pick.rarely(12);
    return {
      verb: 'resolveDispute',
      by,
      what: `${dispute.id} of ${dispute.certificate.id}${ordered ? ' by an order' : ''}`,
      ...all(
        ruling(disputeTable, 'resolveDispute', dispute.state, {}, by.slug),
        unless(by.slug !== 'regulator' || ordered, 'INVALID_INPUT'),
        unless(by.slug === 'regulator' || !ordered, 'NOT_A_PARTY'),
        by.slug === 'regulator' || by.slug === dispute.author ? fine : deadline('NOT_YET', 'early', dispute.endsAt),
      ),
      call: (client) => client.disputes.resolveDispute({ certificateId: dispute.certificate.id, disputeId: dispute.id, ...(ordered ? { orderId: world.id('ORDER') } : {}) }),
      apply: () => {
        const { certificate } = dispute;
        dispute.state = 'resolved';
        // One whose end had come may have given way to the next, which stands.
        if (certificate.dispute !== dispute) return;
        certificate.dispute = undefined;
        if (certificate.state === 'disputed') certificate.state = 'active';
      },
    };
  },
};

const orderCancellation: Kind = {
  name: 'orderCancellation',
  weight: 3,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state, dispute }) => state === 'disputed' && dispute?.ordered !== true);
    if (certificate === undefined) return undefined;
    const by = users(pick, ['regulator']);
    const { dispute } = certificate;
    return {
      verb: 'orderCancellation',
      by,
      what: certificate.id,
      refusals: dispute === undefined ? ['NOT_FOUND', 'WRONG_STATE', 'WRONG_ROLE', 'NOT_A_PARTY'] : [...ruling(disputeTable, 'orderCancellation', dispute.state, { authority: 'regulator' }, by.slug), ...unless(certificate.state === 'disputed', 'WRONG_STATE')],
      call: (client) => client.disputes.orderCancellation({ certificateId: certificate.id, orderId: world.id('ORDER') }),
      apply: () => {
        if (dispute !== undefined) dispute.ordered = true;
      },
    };
  },
};

export const disputingKinds: readonly Kind[] = [disputeCertificate, suspendCertificate, resolveDispute, orderCancellation];
