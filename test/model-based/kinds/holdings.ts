import { certificateTable, endedOrderStates, holdingTable, liveHoldingStates } from '../../../model/src';
import type { ErrorCode } from '../../../model/src';
import type { Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import { sizeOf } from '../objects';
import type { ModelCertificate, ModelHolding, ModelProposal } from '../objects';
import { policy } from '../policy';
import { DAY } from '../world';
import type { World } from '../world';
import { tradeBetween } from './orders';

/** Who plays which part in a holding. */
function partiesOf({ owner, certificate, proposal }: ModelHolding) {
  return { owner, obligor: certificate.obligor, supplier: certificate.supplier, settler: certificate.settler, authority: 'regulator', receiver: proposal?.receiver, financier: proposal?.financier } as const;
}

/** Who plays which part in a certificate. */
function certificateParties({ obligor, supplier, settler }: ModelCertificate) {
  return { obligor, supplier, settler, authority: 'regulator' } as const;
}

/** The row of the holding's table. */
export function holdingRuling(verb: string, holding: ModelHolding, slug: Slug): ErrorCode[] {
  return ruling(holdingTable, verb, holding.state, partiesOf(holding), slug);
}

/** The row of the certificate's table; `owner`: of the holding by which it is done. */
export function certificateRuling(verb: string, certificate: ModelCertificate, slug: Slug, owner?: Slug): ErrorCode[] {
  return ruling(certificateTable, verb, certificate.state, { ...certificateParties(certificate), owner }, slug);
}

/** What an inactive certificate adds to the refusals. */
export function active({ certificate }: ModelHolding): readonly ErrorCode[] {
  return unless(certificate.state === 'active', 'CERTIFICATE_NOT_ACTIVE');
}

/** What a change of hands asks of the claim: not too many before it, and a due date that is still to come. */
export function hop({ tier, certificate }: ModelHolding): Verdict {
  return all(unless(tier < policy.tierLimit, 'TIER_EXCEEDED'), deadline('TENOR_EXCEEDED', 'late', certificate.dueAt));
}

/** When the orders of the authority over one of these holdings or its certificate end, unless they were lifted. */
export function freezeEnds(world: World, holdings: readonly ModelHolding[]): number[] {
  const orders = world.freezes.filter((freeze) => !freeze.lifted && holdings.some((holding) => freeze.certificate === holding.certificate && (freeze.holding === undefined || freeze.holding === holding)));
  return orders.map(({ endsAt }) => endsAt);
}

/** What the orders of the authority add while they freeze one of these holdings or its certificate. */
export function frozen(world: World, holdings: readonly ModelHolding[]): Verdict {
  return all(...freezeEnds(world, holdings).map((endsAt) => deadline('FROZEN', 'early', endsAt)));
}

/** What a dispute adds: a disputed claim takes no new finance. */
export function disputed({ dispute }: ModelCertificate): Verdict {
  return dispute === undefined ? fine : deadline('DISPUTED', 'early', dispute.endsAt);
}

export function isLive({ state }: ModelHolding): boolean {
  return liveHoldingStates.includes(state);
}

/** The holding in the hands of a new owner: its terms are sealed anew. `presented`: the settler holds them. */
export function handOver(holding: ModelHolding, owner: ModelHolding['owner'], state: ModelHolding['state'], { registered = false, presented = false } = {}): void {
  Object.assign(holding, { owner, state, presented, registered, proposal: undefined, sealed: holding.sealed + 1 } satisfies Partial<ModelHolding>);
}

/** Live holdings of one sequence, at which it goes on with those that it has. */
const MAX_LIVE = 10;

/** Two parts of any size, now and then such as do not add up. */
const splitHolding: Kind = {
  name: 'splitHolding',
  weight: 6,
  propose: (world, pick) => {
    if (world.holdings.filter(isLive).length >= MAX_LIVE) return undefined;
    const parent = pick.mostly(world.holdings, (holding) => holding.state === 'free' && holding.certificate.state === 'active' && sizeOf(holding) > 1n);
    if (parent === undefined) return undefined;
    const by = users(pick, [parent.owner]);
    const size = sizeOf(parent);
    const wrong = pick.oddly(10);
    const first = size > 1n ? pick.amount(size - 1n) : 1n;
    const second = wrong ? size - first + 1n : size - first;
    const [one, two] = [world.id('H'), world.id('H')];
    return {
      verb: 'splitHolding',
      by,
      what: `${parent.id} into ${first} and ${second}`,
      ...all(holdingRuling('splitHolding', parent, by.slug), active(parent), unless(!wrong && second >= 1n, 'AMOUNT_MISMATCH', 'AMOUNT_TOO_SMALL', 'INVALID_INPUT'), frozen(world, [parent])),
      call: (client) => client.holdings.splitHolding({ holdingId: parent.id, parts: [{ holdingId: one, amount: first }, { holdingId: two, amount: second }] }),
      apply: () => {
        parent.state = 'spent';
        const middle = parent.from + first;
        const { certificate, owner, tier } = parent;
        const part = { certificate, owner, tier, state: 'free', recourse: [], sealed: 0 } as const;
        world.holdings.push({ ...part, id: one, from: parent.from, to: middle - 1n }, { ...part, id: two, from: middle, to: parent.to });
      },
    };
  },
};

/** Two neighbours, now and then two that are none. */
const mergeHoldings: Kind = {
  name: 'mergeHoldings',
  weight: 5,
  propose: (world, pick) => {
    const one = pick.mostly(world.holdings, ({ state }) => state === 'free');
    if (one === undefined) return undefined;
    const neighbour = world.holdings.find((holding) => holding.certificate === one.certificate && holding.owner === one.owner && holding.state === 'free' && holding.from === one.to + 1n);
    const two = pick.rarely(10) ? pick.one(world.holdings.filter((holding) => holding !== one)) : neighbour;
    if (two === undefined) return undefined;
    const by = users(pick, [one.owner]);
    const into = world.id('H');
    const adjacent = two.certificate === one.certificate && (two.from === one.to + 1n || one.from === two.to + 1n);
    return {
      verb: 'mergeHoldings',
      by,
      what: `${one.id} and ${two.id} into ${into}`,
      ...all(
        ...[one, two].flatMap((holding) => [holdingRuling('mergeHoldings', holding, by.slug), active(holding)]),
        unless(adjacent, 'AMOUNT_MISMATCH', 'INVALID_INPUT'),
        frozen(world, [one, two]),
      ),
      call: (client) => client.holdings.mergeHoldings({ holdingIds: [one.id, two.id], into }),
      apply: () => {
        one.state = 'spent';
        two.state = 'spent';
        world.holdings.push({ id: into, certificate: one.certificate, owner: one.owner, state: 'free', recourse: [], sealed: 0, tier: Math.max(one.tier, two.tier), from: one.from < two.from ? one.from : two.from, to: one.to > two.to ? one.to : two.to });
      },
    };
  },
};

const offerTransfer: Kind = {
  name: 'offerTransfer',
  weight: 10,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => state === 'free' && certificate.state === 'active');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const receiver = pick.rarely(4) ? (pick.one(slugs) ?? 'farm') : holding.owner === 'processor' ? 'farm' : 'processor';
    const order = tradeBetween(world, pick, holding.owner, receiver);
    if (order === undefined) return undefined;
    const between = [order.obligor, order.supplier];
    const proposal: ModelProposal = { serial: world.serial(), kind: 'transfer', prior: 'free', receiver, expiresAt: Date.now() + (pick.rarely(4) ? world.soon() : DAY) };
    const partial = receiver === holding.owner || receiver === holding.certificate.obligor || receiver === holding.certificate.settler;
    return {
      verb: 'offerTransfer',
      by,
      what: `${holding.id} to ${receiver} for ${order.id}`,
      ...all(
        holdingRuling('offerTransfer', holding, by.slug),
        active(holding),
        unless(!partial, 'INVALID_INPUT'),
        unless(!endedOrderStates.includes(order.state) && between.includes(holding.owner) && between.includes(receiver), 'TRADE_REFERENCE_REQUIRED'),
        hop(holding),
        frozen(world, [holding]),
        deadline('EXPIRED', 'late', proposal.expiresAt),
      ),
      call: (client) => client.holdings.offerTransfer({ holdingId: holding.id, receiver: mspIdOf(receiver), tradeReference: { type: 'order', id: order.id }, expiresAt: new Date(proposal.expiresAt) }),
      apply: () => {
        holding.state = 'transfer offered';
        holding.proposal = proposal;
      },
    };
  },
};

/** The holding exactly as it was before its proposal. */
export function restore(holding: ModelHolding): void {
  holding.state = holding.proposal?.prior ?? holding.state;
  holding.proposal = undefined;
}

const acceptTransfer: Kind = {
  name: 'acceptTransfer',
  weight: 10,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'transfer offered');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.proposal?.receiver ?? holding.owner]);
    const late = holding.proposal === undefined ? fine : deadline('EXPIRED', 'late', holding.proposal.expiresAt);
    return {
      verb: 'acceptTransfer',
      by,
      what: holding.id,
      ...all(holdingRuling('acceptTransfer', holding, by.slug), active(holding), hop(holding), late, frozen(world, [holding])),
      call: (client) => client.holdings.acceptTransfer({ holdingId: holding.id }),
      apply: () => {
        handOver(holding, by.slug, 'free');
        holding.tier += 1;
      },
    };
  },
};

export const holdingKinds: readonly Kind[] = [splitHolding, mergeHoldings, offerTransfer, acceptTransfer];
