import type { Slug } from '../../support/network';
import { users } from '../actors';
import { all, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelHolding } from '../objects';
import { DAY } from '../world';
import { policy } from '../policy';
import { frozen, handOver, holdingRuling } from './holdings';
import { payment } from './payments';

/** Whom the owner may turn to: the end of the last link, if it is the owner's. */
function sellerOf({ owner, recourse }: ModelHolding): Slug | undefined {
  const last = recourse.at(-1);
  return last?.from === owner ? last.to : undefined;
}

const claimRecourse: Kind = {
  name: 'claimRecourse',
  weight: 16,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, (each) => (each.state === 'financed' || each.state === 'bought back') && each.certificate.state === 'defaulted' && (sellerOf(each) !== undefined || pick.rarely(4)));
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const seller = sellerOf(holding);
    return {
      verb: 'claimRecourse',
      by,
      what: holding.id,
      ...all(
        holdingRuling('claimRecourse', holding, by.slug),
        unless(holding.certificate.state === 'defaulted', 'WRONG_STATE'),
        unless(seller !== undefined, 'NO_RECOURSE'),
        frozen(world, [holding]),
      ),
      call: (client) => client.holdings.claimRecourse({ holdingId: holding.id }),
      apply: () => {
        holding.proposal = { serial: world.serial(), kind: 'recourse', prior: holding.state, expiresAt: Date.now() + policy.recourseDays * DAY, ...(seller === undefined ? {} : { seller }) };
        holding.state = 'recourse claimed';
      },
    };
  },
};

const buyBack: Kind = {
  name: 'buyBack',
  weight: 16,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'recourse claimed');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.certificate.settler]);
    const paid = payment(world, pick, by, `buy-back ${holding.id}`);
    const seller = holding.proposal?.seller;
    return {
      verb: 'buyBack',
      by,
      what: `${holding.id} by ${paid.reference}`,
      ...paid.verdict(holdingRuling('buyBack', holding, by.slug), unless(holding.presented === true, 'OPENING_REQUIRED', 'NOT_GENUINE'), frozen(world, [holding])),
      call: (client) => client.holdings.buyBack({ holdingId: holding.id, paymentReference: paid.reference }),
      apply: () => {
        if (paid.again || seller === undefined) return;
        holding.recourse = holding.recourse.slice(0, -1);
        // The certificate is defaulted: the authority keeps the new terms in the obligor's place.
        holding.standIn = 'regulator';
        handOver(holding, seller, 'bought back', { presented: true });
        paid.book();
      },
    };
  },
};

/** Owner or settler enters the last assignment of a holding in the public registry, once. */
const registerAssignment: Kind = {
  name: 'registerAssignment',
  weight: 4,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, registered }) => (state === 'free' || state === 'financed') && registered === false);
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner, holding.certificate.settler]);
    return {
      verb: 'registerAssignment',
      by,
      what: holding.id,
      refusals: [...holdingRuling('registerAssignment', holding, by.slug), ...unless(holding.registered !== undefined, 'WRONG_STATE'), ...unless(holding.registered !== true, 'ALREADY_EXISTS')],
      call: (client) => client.holdings.registerAssignment({ holdingId: holding.id, registrationReference: `REG-${world.id('R')}` }),
      apply: () => {
        holding.registered = true;
      },
    };
  },
};

export const recoveringKinds: readonly Kind[] = [claimRecourse, buyBack, registerAssignment];
