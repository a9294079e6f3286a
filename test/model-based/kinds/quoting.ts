import { quoteTable } from '../../../model/src';
import type { Actor, Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { hasRole, slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import { sizeOf } from '../objects';
import type { ModelHolding, ModelQuote } from '../objects';
import { DAY } from '../world';
import { active, disputed, frozen, holdingRuling, hop } from './holdings';

const requestQuotes: Kind = {
  name: 'requestQuotes',
  weight: 8,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => (state === 'free' || state === 'financed') && certificate.state === 'active');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const others: readonly Slug[] = (['bank', 'factor'] as const).filter((slug) => slug !== holding.owner);
    const financiers = pick.rarely(8) ? [pick.one(slugs) ?? 'bank'] : pick.rarely(2) ? others : [pick.one(others) ?? 'bank'];
    const recourse = pick.rarely(3) ? 'without' : 'with';
    const expiresAt = Date.now() + (pick.rarely(4) ? world.soon() : DAY);
    const neutral = financiers.every((slug) => slug !== holding.owner && slug !== holding.certificate.obligor && slug !== holding.certificate.settler);
    return {
      verb: 'requestQuotes',
      by,
      what: `${holding.id} of ${financiers.join(' and ')}, ${recourse} recourse`,
      ...all(
        holdingRuling('requestQuotes', holding, by.slug),
        active(holding),
        unless(neutral, 'INVALID_INPUT'),
        unless(financiers.every((slug) => hasRole(slug, 'financier')), 'WRONG_ROLE'),
        hop(holding),
        frozen(world, [holding]),
        disputed(holding.certificate),
        deadline('EXPIRED', 'late', expiresAt),
      ),
      call: (client) => client.holdings.requestQuotes({ holdingId: holding.id, financiers: financiers.map(mspIdOf), recourse, expiresAt: new Date(expiresAt) }),
      apply: () => {
        holding.proposal = { serial: world.serial(), kind: 'quotes', prior: holding.state, financiers, recourse, expiresAt };
        holding.state = 'quotes open';
      },
    };
  },
};

/** What an answer to a request for quotes asks of it. */
function asked({ proposal }: ModelHolding, by: Actor): Verdict {
  return all(
    unless(hasRole(by.slug, 'financier'), 'WRONG_ROLE', 'OPENING_REQUIRED'),
    unless(proposal?.kind === 'quotes', 'WRONG_STATE', 'OPENING_REQUIRED'),
    unless(proposal?.financiers?.includes(by.slug) === true, 'NOT_A_PARTY', 'OPENING_REQUIRED', 'INVALID_INPUT'),
    proposal?.kind === 'quotes' ? deadline('EXPIRED', 'late', proposal.expiresAt) : fine,
  );
}

/** A quote within the advance, now and then for more than that. */
const submitQuote: Kind = {
  name: 'submitQuote',
  weight: 10,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'quotes open');
    if (holding === undefined) return undefined;
    const by = users(pick, [pick.one(holding.proposal?.financiers ?? []) ?? 'bank']);
    const advanceBps = 5_000 + pick.below(5_001);
    const advance = (sizeOf(holding) * BigInt(advanceBps)) / 10_000n;
    const wrong = pick.oddly(10) || advance < 1n;
    const payout = wrong ? advance + 1n : pick.amount(advance);
    const expiresAt = Date.now() + (pick.rarely(4) ? world.soon() : DAY);
    const quote: ModelQuote = { id: world.id('Q'), holding, financier: by.slug, request: holding.proposal?.serial ?? 0, expiresAt, state: 'open' };
    return {
      verb: 'submitQuote',
      by,
      what: `${quote.id} for ${holding.id}: ${payout}`,
      ...all(asked(holding, by), unless(!wrong, 'AMOUNT_MISMATCH'), frozen(world, [holding]), disputed(holding.certificate), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) => client.quotes.submitQuote({ holdingId: holding.id, quoteId: quote.id, expiresAt: new Date(expiresAt), rateBps: 400, advanceBps, fee: 0n, payout }),
      apply: () => world.quotes.push(quote),
    };
  },
};

const declineQuote: Kind = {
  name: 'declineQuote',
  weight: 2,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'quotes open');
    if (holding === undefined) return undefined;
    const by = users(pick, [pick.one(holding.proposal?.financiers ?? []) ?? 'bank']);
    const quote: ModelQuote = { id: world.id('Q'), holding, financier: by.slug, request: holding.proposal?.serial ?? 0, expiresAt: holding.proposal?.expiresAt ?? 0, state: 'declined' };
    return {
      verb: 'declineQuote',
      by,
      what: `${quote.id} for ${holding.id}`,
      ...asked(holding, by),
      call: (client) => client.quotes.declineQuote({ holdingId: holding.id, quoteId: quote.id }),
      apply: () => world.quotes.push(quote),
    };
  },
};

/** Whether a quote still answers the request that stands on its holding. */
export function answers(quote: ModelQuote): boolean {
  const { proposal } = quote.holding;
  return quote.state === 'open' && proposal?.kind === 'quotes' && proposal.serial === quote.request;
}

const withdrawQuote: Kind = {
  name: 'withdrawQuote',
  weight: 2,
  propose: (world, pick) => {
    const quote = pick.mostly(world.quotes, (each) => answers(each) && Date.now() < each.expiresAt);
    if (quote === undefined) return undefined;
    const by = users(pick, [quote.financier]);
    return {
      verb: 'withdrawQuote',
      by,
      what: `${quote.id} for ${quote.holding.id}`,
      ...all(ruling(quoteTable, 'withdrawQuote', answers(quote) ? 'open' : 'lapsed', { financier: quote.financier }, by.slug), deadline('WRONG_STATE', 'late', quote.expiresAt)),
      call: (client) => client.quotes.withdrawQuote({ holdingId: quote.holding.id, quoteId: quote.id }),
      apply: () => {
        quote.state = 'withdrawn';
      },
    };
  },
};

export const quotingKinds: readonly Kind[] = [requestQuotes, submitQuote, declineQuote, withdrawQuote];
