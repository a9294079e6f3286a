import { holdingTable } from '../../../model/src';
import type { CertificateState } from '../../../model/src';
import type { Slug } from '../../support/network';
import { hasRole, mspIdOf, slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelHolding, ModelQuote, World } from '../world';
import { sizeOf } from '../world';
import { active, frozen, hop, partiesOf, restore } from './holdings';

const DAY = 86_400_000;

/** A quote as it is now: it lapses by itself with its time, its request, or the finance that it was accepted for. */
function stateNow(quote: ModelQuote): ModelQuote['state'] {
  const { proposal } = quote.holding;
  if (quote.state === 'open') return proposal?.kind === 'quotes' && proposal.serial === quote.request && Date.now() < quote.expiresAt ? 'open' : 'lapsed';
  if (quote.state === 'accepted') return proposal?.kind === 'finance' && proposal.quoteId === quote.id ? 'accepted' : 'lapsed';
  return quote.state;
}

const requestQuotes: Kind = {
  name: 'requestQuotes',
  weight: 7,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => (state === 'free' || state === 'financed') && certificate.state === 'active');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const asked: Slug[] = pick.rarely(8) ? [pick.one(slugs) ?? 'bank'] : pick.rarely(2) ? ['bank', 'factor'] : [pick.one<Slug>(['bank', 'factor']) ?? 'bank'];
    const financiers = asked.filter((slug) => slug !== holding.owner || asked.length === 1);
    const recourse = pick.rarely(2) ? 'with' : 'without';
    const expiresAt = Date.now() + (pick.rarely(5) ? world.soon() : DAY);
    const neutral = financiers.every((slug) => slug !== holding.owner && slug !== holding.certificate.obligor && slug !== holding.certificate.settler);
    return {
      verb: 'requestQuotes',
      by,
      what: `${holding.id} of ${financiers.join(' and ')}, ${recourse} recourse`,
      ...all(
        ruling(holdingTable, 'requestQuotes', holding.state, partiesOf(holding), by.slug),
        active(holding),
        unless(neutral, 'INVALID_INPUT'),
        unless(financiers.every((slug) => hasRole(slug, 'financier')), 'WRONG_ROLE'),
        hop(holding),
        frozen(world, [holding]),
      ),
      call: (client) => client.holdings.requestQuotes({ holdingId: holding.id, financiers: financiers.map(mspIdOf), recourse, expiresAt: new Date(expiresAt) }),
      apply: () => {
        holding.proposal = { serial: world.serial(), kind: 'quotes', prior: holding.state, financiers, recourse, expiresAt };
        holding.state = 'quotes open';
      },
    };
  },
};

const withdrawQuotes: Kind = {
  name: 'withdrawQuotes',
  weight: 2,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'quotes open');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    return {
      verb: 'withdrawQuotes',
      by,
      what: holding.id,
      refusals: ruling(holdingTable, 'withdrawQuotes', holding.state, partiesOf(holding), by.slug),
      call: (client) => client.holdings.withdrawQuotes({ holdingId: holding.id }),
      apply: () => restore(holding),
    };
  },
};

/** A quote within the advance, now and then for more than that. */
const submitQuote: Kind = {
  name: 'submitQuote',
  weight: 8,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'quotes open');
    if (holding === undefined) return undefined;
    const { proposal } = holding;
    const asked = proposal?.financiers ?? [];
    const by = users(pick, [pick.one(asked) ?? 'bank']);
    const advanceBps = 5_000 + pick.below(5_001);
    const advance = (sizeOf(holding) * BigInt(advanceBps)) / 10_000n;
    const wrong = pick.rarely(10) || advance < 1n;
    const payout = wrong ? advance + 1n : pick.amount(advance);
    const expiresAt = Date.now() + (pick.rarely(5) ? world.soon() : DAY);
    const quote: ModelQuote = { id: world.id('Q'), holding, financier: by.slug, request: proposal?.serial ?? 0, expiresAt, state: 'open' };
    const late = proposal?.kind === 'quotes' ? deadline('EXPIRED', 'late', proposal.expiresAt) : fine;
    return {
      verb: 'submitQuote',
      by,
      what: `${quote.id} for ${holding.id}: ${payout}`,
      ...all(
        unless(hasRole(by.slug, 'financier'), 'WRONG_ROLE', 'OPENING_REQUIRED'),
        unless(proposal?.kind === 'quotes', 'WRONG_STATE', 'OPENING_REQUIRED'),
        unless(asked.includes(by.slug), 'NOT_A_PARTY', 'OPENING_REQUIRED', 'INVALID_INPUT'),
        unless(!wrong, 'AMOUNT_MISMATCH'),
        late,
        frozen(world, [holding]),
      ),
      call: (client) => client.quotes.submitQuote({ holdingId: holding.id, quoteId: quote.id, expiresAt: new Date(expiresAt), rateBps: 400, advanceBps, fee: 0n, payout }),
      apply: () => world.quotes.push(quote),
    };
  },
};

const acceptQuote: Kind = {
  name: 'acceptQuote',
  weight: 8,
  propose: (world, pick) => {
    const quote = pick.mostly(world.quotes, (each) => stateNow(each) === 'open');
    if (quote === undefined) return undefined;
    const { holding } = quote;
    const by = users(pick, [holding.owner]);
    const now = stateNow(quote);
    const answered = holding.proposal?.kind === 'quotes' && holding.proposal.serial === quote.request && quote.state === 'open';
    const late = answered ? deadline('EXPIRED', 'late', quote.expiresAt) : fine;
    return {
      verb: 'acceptQuote',
      by,
      what: `${quote.id} for ${holding.id}`,
      ...all(
        ruling(holdingTable, 'acceptQuote', holding.state, partiesOf(holding), by.slug),
        unless(now === 'open' || late.perhaps.length > 0 || late.refusals.length > 0, 'WRONG_STATE'),
        late,
        active(holding),
        hop(holding),
        unless(hasEvidence(world, holding), 'EVIDENCE_MISSING'),
        frozen(world, [holding]),
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
function hasEvidence(world: World, { certificate }: ModelHolding): boolean {
  return world.inspections.some((inspection) => inspection.certificate === certificate && !inspection.revoked);
}

const attest: Kind = {
  name: 'attest',
  weight: 3,
  propose: (world, pick) => {
    const certificate = pick.one(world.certificates.filter((each) => !world.inspections.some((inspection) => inspection.certificate === each)));
    if (certificate === undefined) return undefined;
    const id = world.id('AT');
    return {
      verb: 'attest',
      by: { slug: 'regulator', user: 'maker' },
      what: certificate.id,
      refusals: [],
      call: (client) => client.attestations.attest({ attestationId: id, subject: { type: 'certificate', id: certificate.id }, claim: 'inspected', evidenceHash: 'ab'.repeat(32) }),
      apply: () => world.inspections.push({ id, certificate, revoked: false }),
    };
  },
};

const revoke: Kind = {
  name: 'revokeAttestation',
  weight: 1,
  propose: (world, pick) => {
    const inspection = pick.one(world.inspections);
    if (inspection === undefined) return undefined;
    const by = users(pick, ['regulator']);
    return {
      verb: 'revokeAttestation',
      by,
      what: inspection.id,
      refusals: [...unless(by.slug === 'regulator', 'NOT_A_PARTY'), ...unless(!inspection.revoked, 'WRONG_STATE')],
      call: (client) => client.attestations.revokeAttestation({ attestationId: inspection.id }),
      apply: () => {
        inspection.revoked = true;
      },
    };
  },
};

/** The quote that a holding is locked for, now and then another. */
function quoteFor(world: World, holding: ModelHolding): ModelQuote | undefined {
  return world.quotes.find((quote) => quote.holding === holding && quote.id === holding.proposal?.quoteId) ?? world.quotes.find((quote) => quote.holding === holding);
}

const openPayout: Kind = {
  name: 'openPayout',
  weight: 7,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, proposal }) => state === 'finance locked' && proposal?.opened !== true);
    const quote = holding === undefined ? undefined : quoteFor(world, holding);
    if (holding === undefined || quote === undefined) return undefined;
    const by = users(pick, [holding.owner, holding.proposal?.financier]);
    return {
      verb: 'openPayout',
      by,
      what: `${quote.id} for ${holding.id}`,
      ...all(ruling(holdingTable, 'openPayout', holding.state, partiesOf(holding), by.slug), unless(stateNow(quote) === 'accepted', 'WRONG_STATE', 'NOT_GENUINE'), frozen(world, [holding])),
      call: (client) => client.holdings.openPayout({ holdingId: holding.id, quoteId: quote.id }),
      apply: () => {
        if (holding.proposal !== undefined) holding.proposal.opened = true;
      },
    };
  },
};

/** States of a certificate in which money that was paid out is still booked. */
const payable: readonly CertificateState[] = ['active', 'due'];

const confirmPayout: Kind = {
  name: 'confirmPayout',
  weight: 8,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, proposal }) => state === 'finance locked' && proposal?.opened === true);
    const quote = holding === undefined ? undefined : quoteFor(world, holding);
    if (holding === undefined || quote === undefined) return undefined;
    const by = users(pick, [holding.certificate.settler]);
    const used = pick.rarely(8) ? pick.one(world.payments) : undefined;
    const reference = used?.reference ?? world.id('PAY');
    const what = `payout ${holding.id} ${quote.id}`;
    const again = used?.what === what && used.settler === by.slug;
    const verdict = again
      ? fine
      : all(
          ruling(holdingTable, 'confirmPayout', holding.state, partiesOf(holding), by.slug),
          unless(used?.settler !== by.slug, 'PAYMENT_REFERENCE_USED'),
          unless(stateNow(quote) === 'accepted', 'WRONG_STATE', 'NOT_GENUINE', 'OPENING_REQUIRED'),
          unless(holding.proposal?.opened === true, 'NOT_GENUINE', 'OPENING_REQUIRED'),
          unless(payable.includes(holding.certificate.state), 'CERTIFICATE_NOT_ACTIVE', 'WRONG_STATE'),
          frozen(world, [holding]),
        );
    return {
      verb: 'confirmPayout',
      by,
      what: `${quote.id} for ${holding.id} by ${reference}`,
      ...verdict,
      call: (client) => client.holdings.confirmPayout({ holdingId: holding.id, quoteId: quote.id, paymentReference: reference, registrationReference: `REG-${reference}` }),
      apply: () => {
        if (again) return;
        holding.owner = quote.financier;
        holding.state = 'financed';
        holding.proposal = undefined;
        holding.tier += 1;
        holding.presented = true;
        quote.state = 'paid out';
        world.payments.push({ reference, settler: by.slug, what });
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
    const onItsWay = proposal?.opened === true && by.slug === holding.owner;
    const early = onItsWay ? deadline('NOT_YET', 'early', proposal.expiresAt) : fine;
    return {
      verb: 'cancelFinance',
      by,
      what: holding.id,
      ...all(ruling(holdingTable, 'cancelFinance', holding.state, partiesOf(holding), by.slug), early),
      call: (client) => client.holdings.cancelFinance({ holdingId: holding.id }),
      apply: () => restore(holding),
    };
  },
};

export const financingKinds: readonly Kind[] = [requestQuotes, withdrawQuotes, submitQuote, acceptQuote, attest, revoke, openPayout, confirmPayout, cancelFinance];
