import { slugs, users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import { sumOf } from '../objects';
import type { ModelHolding } from '../objects';
import { certificateRuling, frozen, holdingRuling, isLive, restore } from './holdings';

const agreeCancellation: Kind = {
  name: 'agreeCancellation',
  weight: 10,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => (state === 'free' || state === 'financed') && certificate.state === 'disputed');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const { dispute, state } = holding.certificate;
    return {
      verb: 'agreeCancellation',
      by,
      what: holding.id,
      ...all(holdingRuling('agreeCancellation', holding, by.slug), unless(state === 'disputed', 'WRONG_STATE'), frozen(world, [holding])),
      call: (client) => client.disputes.agreeCancellation({ holdingId: holding.id }),
      apply: () => {
        if (dispute === undefined) return;
        holding.proposal = { serial: world.serial(), kind: 'cancellation', prior: holding.state, expiresAt: dispute.endsAt, dispute };
        holding.state = 'cancellation agreed';
      },
    };
  },
};

/** Whether the dispute that the owner agreed to still suspends the certificate, but for its end. */
function stands({ proposal, certificate }: ModelHolding): boolean {
  return certificate.state === 'disputed' && certificate.dispute !== undefined && certificate.dispute === proposal?.dispute;
}

const endAgreement: Kind = {
  name: 'endAgreement',
  weight: 2,
  propose: (world, pick) => {
    const over = pick.rarely(2);
    const holding = pick.mostly(world.holdings, (each) => each.state === 'cancellation agreed' && (!over || !stands(each) || (each.proposal?.expiresAt ?? 0) <= Date.now()));
    if (holding === undefined) return undefined;
    const by = users(pick, [over ? pick.one(slugs) : holding.owner]);
    return {
      verb: 'endAgreement',
      by,
      what: holding.id,
      ...all(holdingRuling('endAgreement', holding, by.slug), stands(holding) && by.slug !== holding.owner ? deadline('NOT_YET', 'early', holding.proposal?.expiresAt ?? 0) : fine),
      call: (client) => client.disputes.endAgreement({ holdingId: holding.id }),
      apply: () => restore(holding),
    };
  },
};

/** The obligor cancels a suspended certificate: all owners agreed, or the authority ordered it. */
function cancel(verb: 'cancelCertificate' | 'executeCancellation'): Kind {
  const agreed = verb === 'cancelCertificate';
  return {
    name: verb,
    weight: 8,
    propose: (world, pick) => {
      const may = (holding: ModelHolding) => (agreed ? holding.state === 'cancellation agreed' && stands(holding) : holding.owner === holding.certificate.supplier);
      const certificate = pick.mostly(world.certificates, (each) => each.state === 'disputed' && (agreed || each.dispute?.ordered === true) && world.holdingsOf(each).filter(isLive).every(may));
      if (certificate === undefined) return undefined;
      const live = world.holdingsOf(certificate).filter(isLive);
      const holdings = pick.rarely(8) ? live.slice(1) : live;
      if (holdings.length === 0) return undefined;
      const { dispute } = certificate;
      const by = users(pick, [certificate.obligor]);
      const covers = sumOf(holdings) === certificate.face;
      return {
        verb,
        by,
        what: certificate.id,
        ...all(
          certificateRuling(verb, certificate, by.slug),
          unless(dispute !== undefined, 'NOT_FOUND'),
          ...holdings.map((holding) => holdingRuling(verb, holding, by.slug)),
          unless(holdings.every(may) && (agreed || dispute?.ordered === true), 'WRONG_STATE'),
          unless(covers, 'AMOUNT_MISMATCH'),
          agreed && dispute !== undefined ? deadline('EXPIRED', 'late', dispute.endsAt) : fine,
          frozen(world, holdings),
        ),
        call: (client) => client.disputes[verb]({ certificateId: certificate.id, holdingIds: holdings.map(({ id }) => id) }),
        apply: () => {
          certificate.state = 'cancelled';
          if (dispute !== undefined) dispute.state = 'upheld';
          for (const holding of holdings) Object.assign(holding, { state: 'cancelled', proposal: undefined } satisfies Partial<ModelHolding>);
        },
      };
    },
  };
}

export const cancellingKinds: readonly Kind[] = [agreeCancellation, endAgreement, cancel('cancelCertificate'), cancel('executeCancellation')];
