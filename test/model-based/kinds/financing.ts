import type { CertificateState } from '../../../model/src';
import { users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelHolding, ModelQuote } from '../objects';
import type { Picker } from '../picker';
import type { World } from '../world';
import { active, disputed, frozen, handOver, holdingRuling, hop, restore } from './holdings';
import { payment } from './payments';
import { answers } from './quoting';

const acceptQuote: Kind = {
  name: 'acceptQuote',
  weight: 14,
  propose: (world, pick) => {
    const quote = pick.mostly(world.quotes, (each) => answers(each) && Date.now() < each.expiresAt);
    if (quote === undefined) return undefined;
    const { holding } = quote;
    const by = users(pick, [holding.owner]);
    return {
      verb: 'acceptQuote',
      by,
      what: `${quote.id} for ${holding.id}`,
      ...all(
        holdingRuling('acceptQuote', holding, by.slug),
        // A quote that answered an earlier request may be an earlier owner's.
        answers(quote) ? deadline('EXPIRED', 'late', quote.expiresAt) : ['WRONG_STATE', 'NOT_A_PARTY'],
        active(holding),
        hop(holding),
        unless(hasEvidence(world, holding), 'EVIDENCE_MISSING'),
        frozen(world, [holding]),
        disputed(holding.certificate),
      ),
      call: (client) => client.quotes.acceptQuote({ holdingId: holding.id, quoteId: quote.id }),
      apply: () => {
        const { proposal } = holding;
        quote.state = 'accepted';
        holding.proposal = { serial: world.serial(), kind: 'finance', prior: proposal?.prior ?? 'free', expiresAt: quote.expiresAt, quoteId: quote.id, financier: quote.financier, recourse: proposal?.recourse ?? 'without' };
        holding.state = 'finance locked';
      },
    };
  },
};

/** The inspector's word on the certificate, which the policy asks for before finance. */
export function hasEvidence(world: World, { certificate }: ModelHolding): boolean {
  return world.inspections.some((inspection) => inspection.certificate === certificate && !inspection.revoked);
}

/** The quote that a holding is locked for, now and then another. */
function quoteFor(world: World, pick: Picker, holding: ModelHolding): ModelQuote | undefined {
  const quotes = world.quotes.filter((quote) => quote.holding === holding);
  return pick.oddly(8) ? pick.one(quotes) : (quotes.find(({ id }) => id === holding.proposal?.quoteId) ?? quotes[0]);
}

/** Whether the holding is locked for this quote. */
function isAccepted({ id, state, holding: { proposal } }: ModelQuote): boolean {
  return state === 'accepted' && proposal?.kind === 'finance' && proposal.quoteId === id;
}

const openPayout: Kind = {
  name: 'openPayout',
  weight: 12,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, proposal }) => state === 'finance locked' && proposal?.opened !== true);
    const quote = holding === undefined ? undefined : quoteFor(world, pick, holding);
    if (holding === undefined || quote === undefined) return undefined;
    const by = users(pick, [holding.owner, holding.proposal?.financier]);
    return {
      verb: 'openPayout',
      by,
      what: `${quote.id} for ${holding.id}`,
      ...all(holdingRuling('openPayout', holding, by.slug), unless(isAccepted(quote), 'WRONG_STATE', 'NOT_GENUINE'), frozen(world, [holding])),
      call: (client) => client.holdings.openPayout({ holdingId: holding.id, quoteId: quote.id }),
      apply: () => {
        if (holding.proposal !== undefined) holding.proposal.opened = true;
        holding.presented = true;
      },
    };
  },
};

/** States of a certificate in which money that was paid out is still booked. */
export const payable: readonly CertificateState[] = ['active', 'due'];

const confirmPayout: Kind = {
  name: 'confirmPayout',
  weight: 14,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, proposal }) => state === 'finance locked' && proposal?.opened === true);
    const quote = holding === undefined ? undefined : quoteFor(world, pick, holding);
    if (holding === undefined || quote === undefined) return undefined;
    const by = users(pick, [holding.certificate.settler]);
    const paid = payment(world, pick, by, `payout ${holding.id} ${quote.id}`);
    return {
      verb: 'confirmPayout',
      by,
      what: `${quote.id} for ${holding.id} by ${paid.reference}`,
      ...paid.verdict(
        holdingRuling('confirmPayout', holding, by.slug),
        unless(isAccepted(quote), 'WRONG_STATE', 'NOT_GENUINE', 'OPENING_REQUIRED'),
        unless(holding.proposal?.opened === true, 'NOT_GENUINE', 'OPENING_REQUIRED'),
        unless(payable.includes(holding.certificate.state), 'CERTIFICATE_NOT_ACTIVE', 'WRONG_STATE'),
        frozen(world, [holding]),
      ),
      call: (client) => client.holdings.confirmPayout({ holdingId: holding.id, quoteId: quote.id, paymentReference: paid.reference, registrationReference: `REG-${paid.reference}` }),
      apply: () => {
        if (paid.again) return;
        if (holding.proposal?.recourse === 'with') holding.recourse = [...holding.recourse, { from: quote.financier, to: holding.owner }];
        handOver(holding, quote.financier, 'financed', { registered: true, presented: true });
        holding.tier += 1;
        quote.state = 'paid out';
        paid.book();
      },
    };
  },
};

const cancelFinance: Kind = {
  name: 'cancelFinance',
  weight: 2,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'finance locked');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner, holding.proposal?.financier]);
    const { proposal } = holding;
    return {
      verb: 'cancelFinance',
      by,
      what: holding.id,
      ...all(holdingRuling('cancelFinance', holding, by.slug), proposal?.opened === true && by.slug === holding.owner ? deadline('NOT_YET', 'early', proposal.expiresAt) : fine),
      call: (client) => client.holdings.cancelFinance({ holdingId: holding.id }),
      apply: () => restore(holding),
    };
  },
};

export const financingKinds: readonly Kind[] = [acceptQuote, openPayout, confirmPayout, cancelFinance];
