import { earlySettlementTable } from '../../../model/src';
import { users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Actor } from '../../support/network';
import type { Kind } from '../attempt';
import { sizeOf } from '../objects';
import type { ModelEarlyOffer } from '../objects';
import { DAY } from '../world';
import { active, frozen, holdingRuling, restore } from './holdings';
import { payment } from './payments';

function offerRuling(verb: string, { holding, owner, state }: ModelEarlyOffer, by: Actor) {
  const { obligor, settler } = holding.certificate;
  return ruling(earlySettlementTable, verb, state, { obligor, owner, settler }, by.slug);
}

/** With a discount, now and then one that leaves nothing. */
const offerEarlySettlement: Kind = {
  name: 'offerEarlySettlement',
  weight: 4,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => (state === 'free' || state === 'financed') && certificate.state === 'active');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.certificate.obligor]);
    const wrong = pick.oddly(12);
    const discount = wrong ? sizeOf(holding) : pick.amount(sizeOf(holding)) - 1n;
    const offer: ModelEarlyOffer = { id: world.id('E'), holding, owner: holding.owner, expiresAt: Date.now() + (pick.rarely(3) ? world.soon() : DAY), state: 'open' };
    return {
      verb: 'offerEarlySettlement',
      by,
      what: `${offer.id} for ${holding.id}`,
      ...all(
        ruling(earlySettlementTable, 'offerEarlySettlement', null, { obligor: holding.certificate.obligor }, by.slug),
        active(holding),
        unless(holding.state === 'free' || holding.state === 'financed', 'HOLDING_NOT_FREE'),
        unless(!wrong, 'AMOUNT_TOO_SMALL'),
        deadline('EXPIRED', 'late', offer.expiresAt),
      ),
      call: (client) => client.settlements.offerEarlySettlement({ holdingId: holding.id, offerId: offer.id, expiresAt: new Date(offer.expiresAt), discount }),
      apply: () => {
        world.earlyOffers.push(offer);
        holding.presented = true;
      },
    };
  },
};

function answer(verb: 'withdrawEarlySettlement' | 'refuseEarlySettlement'): Kind {
  return {
    name: verb,
    weight: 1,
    propose: (world, pick) => {
      const offer = pick.mostly(world.earlyOffers, ({ state }) => state === 'open');
      if (offer === undefined) return undefined;
      const by = users(pick, [verb === 'refuseEarlySettlement' ? offer.owner : offer.holding.certificate.obligor]);
      return {
        verb,
        by,
        what: `${offer.id} for ${offer.holding.id}`,
        refusals: offerRuling(verb, offer, by),
        call: (client) => client.settlements[verb]({ holdingId: offer.holding.id, offerId: offer.id }),
        apply: () => {
          offer.state = verb === 'refuseEarlySettlement' ? 'refused' : 'withdrawn';
        },
      };
    },
  };
}

const acceptEarlySettlement: Kind = {
  name: 'acceptEarlySettlement',
  weight: 8,
  propose: (world, pick) => {
    const offer = pick.mostly(world.earlyOffers, ({ state, holding, owner, expiresAt }) => state === 'open' && holding.owner === owner && (holding.state === 'free' || holding.state === 'financed') && expiresAt > Date.now());
    if (offer === undefined) return undefined;
    const { holding } = offer;
    const by = users(pick, [offer.owner]);
    return {
      verb: 'acceptEarlySettlement',
      by,
      what: `${offer.id} for ${holding.id}`,
      ...all(
        offerRuling('acceptEarlySettlement', offer, by),
        holdingRuling('acceptEarlySettlement', holding, by.slug),
        active(holding),
        deadline('EXPIRED', 'late', offer.expiresAt),
        frozen(world, [holding]),
      ),
      call: (client) => client.settlements.acceptEarlySettlement({ holdingId: holding.id, offerId: offer.id }),
      apply: () => {
        holding.proposal = { serial: world.serial(), kind: 'early settlement', prior: holding.state, expiresAt: offer.expiresAt, offer };
        holding.state = 'settling early';
        offer.state = 'accepted';
      },
    };
  },
};

const confirmEarlySettlement: Kind = {
  name: 'confirmEarlySettlement',
  weight: 10,
  propose: (world, pick) => {
    const offer = pick.mostly(world.earlyOffers, ({ state, holding }) => state === 'accepted' && holding.state === 'settling early');
    if (offer === undefined) return undefined;
    const { holding } = offer;
    const by = users(pick, [holding.certificate.settler]);
    const paid = payment(world, pick, by, `early settlement ${holding.id}`);
    return {
      verb: 'confirmEarlySettlement',
      by,
      what: `${offer.id} for ${holding.id} by ${paid.reference}`,
      ...paid.verdict(
        offerRuling('confirmEarlySettlement', offer, by),
        holdingRuling('confirmEarlySettlement', holding, by.slug),
        unless(holding.proposal?.offer === offer, 'WRONG_STATE'),
        // Between offer and acceptance the holding may have left its owner and come back, sealed anew.
        unless(holding.presented === true, 'OPENING_REQUIRED', 'NOT_GENUINE'),
        frozen(world, [holding]),
      ),
      call: (client) => client.settlements.confirmEarlySettlement({ holdingId: holding.id, offerId: offer.id, paymentReference: paid.reference }),
      apply: () => {
        if (paid.again) return;
        Object.assign(holding, { state: 'redeemed', proposal: undefined });
        offer.state = 'settled';
        paid.book();
      },
    };
  },
};

const cancelEarlySettlement: Kind = {
  name: 'cancelEarlySettlement',
  weight: 1,
  propose: (world, pick) => {
    const offer = pick.mostly(world.earlyOffers, ({ state, holding }) => state === 'accepted' && holding.state === 'settling early');
    if (offer === undefined) return undefined;
    const { holding } = offer;
    const { obligor } = holding.certificate;
    const by = users(pick, [obligor, offer.owner]);
    return {
      verb: 'cancelEarlySettlement',
      by,
      what: `${offer.id} for ${holding.id}`,
      ...all(
        offerRuling('cancelEarlySettlement', offer, by),
        holdingRuling('cancelEarlySettlement', holding, by.slug),
        unless(holding.proposal?.offer === offer, 'WRONG_STATE'),
        by.slug === obligor ? fine : deadline('NOT_YET', 'early', offer.expiresAt),
      ),
      call: (client) => client.settlements.cancelEarlySettlement({ holdingId: holding.id, offerId: offer.id }),
      apply: () => {
        restore(holding);
        offer.state = 'cancelled';
      },
    };
  },
};

export const earlyKinds: readonly Kind[] = [offerEarlySettlement, answer('withdrawEarlySettlement'), answer('refuseEarlySettlement'), acceptEarlySettlement, confirmEarlySettlement, cancelEarlySettlement];
