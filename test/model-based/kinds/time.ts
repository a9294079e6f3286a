import { setTimeout } from 'node:timers/promises';
import type { Kind } from '../attempt';
import type { Picker } from '../picker';
import type { World } from '../world';

/** The moment by which a deadline counts as passed: now, and oddly any time, so that what comes too early is tried. */
export function momentOf(pick: Picker): number {
  return pick.oddly(6) ? Infinity : Date.now();
}

/** Deadlines further away than this are not waited for. */
const PATIENCE = 30_000;

/** Lets the next deadline of the sequence pass: a due date, the end of an offer or of a quote. */
const wait: Kind = {
  name: 'wait',
  verbs: [],
  weight: 4,
  propose: (world) => {
    const now = Date.now();
    const left = Math.ceil(Math.min(...deadlines(world).filter((at) => at > now)) - now) + 1;
    if (left > PATIENCE) return undefined;
    return { verb: 'wait', by: { slug: 'regulator', user: 'maker' }, what: `for ${left} ms`, refusals: [], call: () => setTimeout(left), apply: () => undefined };
  },
};

function deadlines({ orders, invoices, certificates, holdings, quotes, earlyOffers, reservations, disputes, motions, freezes, receiptFreezes, receipts, receiptPledges }: World): number[] {
  return [
    ...orders.flatMap(({ state, expiresAt, proposal }) => (proposal !== undefined ? [proposal.expiresAt] : state === 'issued' ? [expiresAt] : [])),
    ...invoices.flatMap(({ proposal }) => (proposal === undefined ? [] : [proposal.expiresAt])),
    ...certificates.flatMap(({ state, dueAt, expiresAt }) => (state === 'active' ? [dueAt] : state === 'proposed' || state === 'issued' ? [expiresAt] : [])),
    ...holdings.flatMap(({ state, proposal }) => (proposal === undefined ? [] : state === 'pledged' ? [proposal.loan?.dueAt ?? 0] : [proposal.expiresAt])),
    ...quotes.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt),
    ...earlyOffers.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt),
    ...reservations.filter(({ state }) => state === 'reserved').map(({ expiresAt }) => expiresAt),
    ...disputes.filter(({ state }) => state === 'open').map(({ endsAt }) => endsAt),
    ...motions.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt),
    ...[...freezes, ...receiptFreezes].filter(({ lifted }) => !lifted).map(({ endsAt }) => endsAt),
    ...receipts.flatMap(({ proposal, goodsExpireAt, state }) => [...(proposal === undefined ? [] : [proposal.expiresAt]), ...(goodsExpireAt === undefined || state === 'spent' ? [] : [goodsExpireAt])]),
    ...receiptPledges.flatMap(({ state, expiresAt, dueAt, substitute }) => [...(['draft', 'proposed', 'accepted', 'secured'].includes(state) ? [expiresAt] : state === 'live' || state === 'margin call' ? [dueAt] : []), ...(substitute === undefined ? [] : [substitute.expiresAt])]),
  ];
}

export const timeKinds: readonly Kind[] = [wait];
