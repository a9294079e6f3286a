import type { Actor, Slug } from '../../support/network';
import { users } from '../actors';
import { all, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { Picker } from '../picker';
import { sizeOf, sumOf } from '../objects';
import type { ModelCertificate, ModelHolding } from '../objects';
import { policy } from '../policy';
import type { World } from '../world';
import { certificateRuling, frozen, holdingRuling, isLive } from './holdings';
import { payment } from './payments';

/** Whether its holders are paid now: it is due, and neither settled nor cancelled. */
export function isOwed({ state }: ModelCertificate): boolean {
  return ['due', 'overdue', 'defaulted'].includes(state);
}

/** Who is paid for it: its owner, or the financier to whom it is pledged. */
export function payeeOf({ state, owner, proposal }: ModelHolding): Slug {
  return state === 'pledged' ? (proposal?.financier ?? owner) : owner;
}

/** Interest for the first day, actual/360, half a unit and more rounded up: no sequence lasts longer. */
function lateFeeOf(amount: bigint): bigint {
  const tenths = (amount * BigInt(policy.lateFeeBps) * 10n) / 3_600_000n;
  return (tenths + 5n) / 10n;
}

/** The fee that is owed, now and then another. */
function lateFee(pick: Picker, amount: bigint): { readonly fee: bigint; readonly right: boolean } {
  const right = !pick.oddly(12);
  return { fee: lateFeeOf(amount) + (right ? 0n : 1n), right };
}

/** All live holdings of a due certificate that the settler does not know yet, or some of them. */
const presentForSettlement: Kind = {
  name: 'presentForSettlement',
  weight: 12,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, (each) => isOwed(each) && world.holdingsOf(each).some((holding) => isLive(holding) && holding.presented !== true));
    if (certificate === undefined) return undefined;
    const live = world.holdingsOf(certificate).filter(isLive);
    const one = pick.one(live);
    const own = live.filter(({ owner }) => owner === one?.owner);
    // The obligor opens all that it knows, an owner what it has, now and then anyone anything.
    const byOwner = pick.rarely(2);
    const any = pick.one(world.holdingsOf(certificate));
    const holdings = (pick.rarely(6) && any !== undefined ? [any] : byOwner ? own : live.filter(({ standIn }) => standIn === undefined)).slice(0, 10);
    if (holdings.length === 0) return undefined;
    const owners = [...new Set(holdings.map(({ owner }) => owner))];
    const owner = owners.length === 1 ? owners[0] : undefined;
    const by = users(pick, [byOwner ? owner : certificate.obligor]);
    return {
      verb: 'presentForSettlement',
      by,
      what: `${holdings.map(({ id }) => id).join(', ')} of ${certificate.id}`,
      refusals: [
        ...certificateRuling('presentForSettlement', certificate, by.slug, owner),
        ...unless(holdings.every(isLive), 'WRONG_STATE', 'NOT_GENUINE', 'OPENING_REQUIRED'),
        ...unless(by.slug === owner || holdings.every(({ standIn }) => standIn === undefined), 'OPENING_REQUIRED', 'NOT_GENUINE'),
      ],
      call: (client) => client.certificates.presentForSettlement({ certificateId: certificate.id, holdingIds: holdings.map(({ id }) => id) }),
      apply: () => {
        for (const holding of holdings) holding.presented = true;
        if (by.slug === certificate.obligor || by.slug === certificate.supplier) certificate.shown = true;
      },
    };
  },
};

/** What a payment for these holdings of one certificate asks of them, beside the right reference and fee. */
function payableNow(world: World, verb: 'settleHoldings' | 'settlePart', certificate: ModelCertificate, holdings: readonly ModelHolding[], by: Actor, right: boolean) {
  return all(
    ...holdings.map((holding) => holdingRuling(verb, holding, by.slug)),
    unless(isOwed(certificate), 'WRONG_STATE'),
    unless(holdings.every(({ presented }) => presented === true), 'OPENING_REQUIRED', 'NOT_GENUINE'),
    unless(right, 'AMOUNT_MISMATCH'),
    frozen(world, holdings),
  );
}

/** All holdings of one payee that the settler was shown. */
const settleHoldings: Kind = {
  name: 'settleHoldings',
  weight: 8,
  propose: (world, pick) => {
    const one = pick.mostly(world.holdings, (holding) => isOwed(holding.certificate) && isLive(holding) && holding.presented === true);
    if (one === undefined) return undefined;
    const { certificate } = one;
    const same = world.holdingsOf(certificate).filter((holding) => holding !== one && holding.owner === one.owner && payeeOf(holding) === payeeOf(one) && isLive(holding) && holding.presented === true);
    const other = pick.rarely(12) ? world.holdingsOf(certificate).find((holding) => isLive(holding) && holding.presented === true && (holding.owner !== one.owner || payeeOf(holding) !== payeeOf(one))) : undefined;
    const holdings = other !== undefined ? [one, other] : [one, ...(pick.rarely(3) ? [] : same.slice(0, 5))];
    const by = users(pick, [certificate.settler]);
    const ids = holdings.map(({ id }) => id);
    const paid = payment(world, pick, by, `settlement ${[...ids].sort().join(' ')}`);
    const { fee, right } = lateFee(pick, sumOf(holdings));
    return {
      verb: 'settleHoldings',
      by,
      what: `${ids.join(', ')} of ${certificate.id} by ${paid.reference}`,
      ...paid.verdict(payableNow(world, 'settleHoldings', certificate, holdings, by, right), unless(other === undefined, 'INVALID_INPUT')),
      call: (client) => client.holdings.settleHoldings({ certificateId: certificate.id, holdingIds: ids, paymentReference: paid.reference, lateFee: fee }),
      apply: () => {
        if (paid.again) return;
        for (const holding of holdings) Object.assign(holding, { state: 'redeemed', proposal: undefined } satisfies Partial<ModelHolding>);
        paid.book();
      },
    };
  },
};

/** The first units of a holding, now and then more than it has. */
const settlePart: Kind = {
  name: 'settlePart',
  weight: 6,
  propose: (world, pick) => {
    if (world.holdings.length > 40) return undefined;
    const holding = pick.mostly(world.holdings, (each) => isOwed(each.certificate) && isLive(each) && each.state !== 'pledged' && each.presented === true && sizeOf(each) > 1n);
    if (holding === undefined) return undefined;
    const { certificate } = holding;
    const size = sizeOf(holding);
    const wrong = pick.oddly(10) || size < 2n;
    const amount = wrong ? size : pick.amount(size - 1n);
    const by = users(pick, [certificate.settler]);
    const paid = payment(world, pick, by, `part of ${holding.id} ${world.serial()}`);
    const { fee, right } = lateFee(pick, amount);
    const [one, two] = [world.id('H'), world.id('H')];
    return {
      verb: 'settlePart',
      by,
      what: `${amount} of ${holding.id} of ${certificate.id} by ${paid.reference}`,
      ...paid.verdict(payableNow(world, 'settlePart', certificate, [holding], by, right), unless(!wrong, 'AMOUNT_TOO_SMALL', 'AMOUNT_MISMATCH')),
      call: (client) => client.settlements.settlePart({ certificateId: certificate.id, holdingId: holding.id, paidHoldingId: one, restHoldingId: two, paymentReference: paid.reference, amount, lateFee: fee }),
      apply: () => {
        const { owner, tier, recourse, from, to, proposal, state } = holding;
        const standIn = certificate.state === 'defaulted' ? 'regulator' : holding.standIn;
        const part = { certificate, owner, tier, recourse, presented: true, sealed: 0, ...(standIn === undefined ? {} : { standIn }) };
        world.holdings.push({ ...part, id: one, from, to: from + amount - 1n, state: 'redeemed' }, { ...part, id: two, from: from + amount, to, state: proposal?.prior ?? state });
        Object.assign(holding, { state: 'spent', proposal: undefined } satisfies Partial<ModelHolding>);
        paid.book();
      },
    };
  },
};

/** States of a holding of which nothing is owed any more. */
const ended: readonly ModelHolding['state'][] = ['redeemed', 'escrowed', 'netted'];

/** Ended holdings from the unit that the last tally reached on, without a gap. */
function endedBehind(world: World, certificate: ModelCertificate): ModelHolding[] {
  const found: ModelHolding[] = [];
  let reached = coveredOf(certificate);
  for (;;) {
    const next = world.holdingsOf(certificate).find((holding) => ended.includes(holding.state) && holding.from === reached + 1n);
    if (next === undefined) return found;
    found.push(next);
    reached = next.to;
  }
}

/** The unit that the tally of the present debtor reached: after a default the authority counts anew. */
function coveredOf({ tally, state }: ModelCertificate): bigint {
  return tally === undefined || tally.defaulted !== (state === 'defaulted') ? 0n : tally.covered;
}

/** Whether the caller can open holdings and tally to the endorsers, and the certificate for a close. */
function canOpen(verb: 'tallyCertificate' | 'closeCertificate', certificate: ModelCertificate, holdings: readonly ModelHolding[], { slug }: Actor): boolean {
  if (slug === certificate.settler) return (verb === 'tallyCertificate' || certificate.shown === true) && holdings.every(({ presented }) => presented === true);
  return holdings.every(({ standIn }) => standIn === undefined) && (certificate.state !== 'defaulted' || coveredOf(certificate) === 0n);
}

const tallyCertificate: Kind = {
  name: 'tallyCertificate',
  weight: 1,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, (each) => (each.state === 'active' || isOwed(each)) && endedBehind(world, each).length > 0);
    if (certificate === undefined) return undefined;
    const counted = endedBehind(world, certificate);
    const live = pick.one(world.holdingsOf(certificate));
    const holdings = pick.rarely(8) && live !== undefined ? [live] : counted.slice(0, 1 + pick.below(counted.length));
    if (holdings.length === 0) return undefined;
    const by = users(pick, [certificate.obligor, certificate.settler]);
    const reaches = holdings.every(({ state }) => ended.includes(state)) && holdings[0]?.from === coveredOf(certificate) + 1n;
    return {
      verb: 'tallyCertificate',
      by,
      what: `${holdings.map(({ id }) => id).join(', ')} of ${certificate.id}`,
      refusals: [
        ...certificateRuling('tallyCertificate', certificate, by.slug),
        ...unless(reaches, 'WRONG_STATE', 'AMOUNT_MISMATCH', 'NOT_GENUINE', 'OPENING_REQUIRED'),
        ...unless(canOpen('tallyCertificate', certificate, holdings, by), 'OPENING_REQUIRED', 'NOT_GENUINE'),
      ],
      call: (client) => client.certificates.tallyCertificate({ certificateId: certificate.id, holdingIds: holdings.map(({ id }) => id) }),
      apply: () => {
        certificate.tally = { covered: holdings.at(-1)?.to ?? 0n, defaulted: certificate.state === 'defaulted' };
      },
    };
  },
};

const closeCertificate: Kind = {
  name: 'closeCertificate',
  weight: 12,
  propose: (world, pick) => {
    const through = (each: ModelCertificate) => (each.state === 'active' || isOwed(each)) && !world.holdingsOf(each).some(isLive);
    const certificate = pick.mostly(world.certificates, through);
    if (certificate === undefined) return undefined;
    const counted = endedBehind(world, certificate);
    const live = world.holdingsOf(certificate).find(isLive);
    const holdings = counted.length === 0 && live !== undefined ? [live] : counted;
    if (holdings.length === 0) return undefined;
    const by = users(pick, [certificate.obligor, certificate.settler]);
    return {
      verb: 'closeCertificate',
      by,
      what: certificate.id,
      refusals: [
        ...certificateRuling('closeCertificate', certificate, by.slug),
        ...unless(counted.at(-1)?.to === certificate.face, 'WRONG_STATE', 'AMOUNT_MISMATCH', 'OPENING_REQUIRED'),
        ...unless(canOpen('closeCertificate', certificate, holdings, by), 'OPENING_REQUIRED', 'NOT_GENUINE'),
      ],
      call: (client) => client.certificates.closeCertificate({ certificateId: certificate.id, holdingIds: holdings.map(({ id }) => id) }),
      apply: () => {
        certificate.state = 'settled';
      },
    };
  },
};

export const settlingKinds: readonly Kind[] = [presentForSettlement, settleHoldings, settlePart, tallyCertificate, closeCertificate];
