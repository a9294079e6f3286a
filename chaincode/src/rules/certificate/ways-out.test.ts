import type { HoldingState } from '@dualchain/model';
import * as fc from 'fast-check';
import { rangeOf, sizeOf, splitRange } from '../holding/ranges';
import { agreed, certificate, earlier, earlyOffer, holding, invoice, later, msp, netting, now, order, replacement, settlingEarly, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { acceptEarlySettlement, cancelEarlySettlement, confirmEarlySettlement, endEarlyOffer, offerEarlySettlement, requireDiscount } from './early-settlement';
import { acceptNetting, endNetting, offerNetting } from './netting';
import { agreeToReplacement, endReplacementAgreement, proposeReplacement, replaceCertificate, withdrawReplacement } from './replacement';

const active = certificate();
const before = (time: string) => new Date(Date.parse(time) - 1).toISOString();
const locking: readonly HoldingState[] = ['free', 'financed'];

describe('early settlement', () => {
  const offer = { offerId: 'E-1', expiresAt: later, at: now };

  test('is offered by the obligor of an active certificate to the owner, and locks nothing', () => {
    for (const state of locking) expect(offerEarlySettlement(active, holding({ state }), offer, msp.obligor)).toEqual({ ...earlyOffer({ offeredAt: now }), root: undefined });
    expect(codeOf(() => offerEarlySettlement(active, settlingEarly(), offer, msp.obligor))).toBe('HOLDING_NOT_FREE');
    expect(codeOf(() => offerEarlySettlement(active, holding(), offer, msp.owner))).toBe('NOT_A_PARTY');
    expect(codeOf(() => offerEarlySettlement(certificate({ state: 'due' }), holding(), offer, msp.obligor))).toBe('CERTIFICATE_NOT_ACTIVE');
    expect(codeOf(() => offerEarlySettlement(active, holding(), { ...offer, expiresAt: now }, msp.obligor))).toBe('EXPIRED');
  });

  test('pays at least one minor unit, and no refusal shows a figure', () => {
    const whole = sizeOf(rangeOf(terms));
    expect(requireDiscount(terms, whole - 1n)).toEqual({ amount: whole, lateFee: 0n, discount: whole - 1n });
    expect(codeOf(() => requireDiscount(terms, whole))).toBe('AMOUNT_TOO_SMALL');
    expect(shownBy(() => requireDiscount(terms, whole))).not.toMatch(/\d/);
  });

  test('accepted and cancelled leaves the holding exactly as it was; accepted and paid redeems it', () => {
    for (const state of locking) {
      const standing = holding({ state });
      const accepted = acceptEarlySettlement('tx', active, standing, earlyOffer(), msp.owner, now);
      expect(accepted.offer.state).toBe('accepted');
      const locked = { ...accepted.holding };
      expect(cancelEarlySettlement(locked, accepted.offer, msp.obligor, now)).toEqual({ holding: standing, offer: earlyOffer({ state: 'cancelled' }) });
      expect(codeOf(() => cancelEarlySettlement(locked, accepted.offer, msp.owner, before(later)))).toBe('NOT_YET');
      expect(cancelEarlySettlement(locked, accepted.offer, msp.owner, later).holding).toEqual(standing);
      expect(confirmEarlySettlement(locked, accepted.offer, 'digest', msp.settler)).toEqual({ holding: { ...standing, state: 'redeemed', redeemedBy: 'digest' }, offer: earlyOffer({ state: 'settled' }) });
    }
  });

  test('only in turn, in time, and by the offer that the holding is locked for', () => {
    expect(codeOf(() => acceptEarlySettlement('tx', active, holding(), earlyOffer({ expiresAt: now }), msp.owner, now))).toBe('EXPIRED');
    expect(codeOf(() => acceptEarlySettlement('tx', active, holding({ owner: msp.receiver }), earlyOffer(), msp.owner, now))).toBe('NOT_A_PARTY');
    expect(codeOf(() => acceptEarlySettlement('tx', active, holding({ owner: msp.receiver }), earlyOffer(), msp.receiver, now))).toBe('NOT_A_PARTY');
    for (const state of ['withdrawn', 'refused', 'accepted', 'settled', 'cancelled'] as const) expect(codeOf(() => acceptEarlySettlement('tx', active, holding(), earlyOffer({ state }), msp.owner, now))).toBe('WRONG_STATE');
    expect(codeOf(() => confirmEarlySettlement(settlingEarly(), earlyOffer({ id: 'E-2', state: 'accepted' }), 'digest', msp.settler))).toBe('WRONG_STATE');
    expect(codeOf(() => confirmEarlySettlement(settlingEarly(), earlyOffer({ state: 'open' }), 'digest', msp.settler))).toBe('WRONG_STATE');
    expect(codeOf(() => cancelEarlySettlement(settlingEarly(), earlyOffer({ id: 'E-2', state: 'accepted' }), msp.obligor, now))).toBe('WRONG_STATE');
  });

  test('an offer is taken back by the obligor and refused by the owner', () => {
    expect(endEarlyOffer(earlyOffer(), 'withdrawEarlySettlement', msp.obligor).state).toBe('withdrawn');
    expect(endEarlyOffer(earlyOffer(), 'refuseEarlySettlement', msp.owner).state).toBe('refused');
    expect(codeOf(() => endEarlyOffer(earlyOffer(), 'withdrawEarlySettlement', msp.owner))).toBe('NOT_A_PARTY');
    expect(codeOf(() => endEarlyOffer(earlyOffer({ state: 'accepted' }), 'withdrawEarlySettlement', msp.obligor))).toBe('WRONG_STATE');
  });
});

describe('netting', () => {
  const offer = { id: 'tx', tradeReference: { type: 'order', id: 'PO-1' }, expiresAt: later, at: now } as const;
  const debt = order({ obligor: msp.owner, supplier: msp.obligor });

  test('needs a trade by which the owner owes the obligor, not the other way round', () => {
    expect(offerNetting(active, holding(), offer, debt, msp.owner)).toMatchObject({ state: 'netting offered', owner: msp.owner, proposal: { kind: 'netting', prior: 'free' } });
    for (const none of [undefined, order({ obligor: msp.obligor, supplier: msp.owner }), order({ obligor: msp.owner, supplier: msp.stranger }), order({ ...debt, state: 'expired' }), invoice({ obligor: msp.owner, supplier: msp.obligor, state: 'matched' }), order({ ...debt, state: 'refused' })]) expect(codeOf(() => offerNetting(active, holding(), offer, none, msp.owner))).toBe('TRADE_REFERENCE_REQUIRED');
    expect(codeOf(() => offerNetting(certificate({ state: 'due' }), holding(), offer, debt, msp.owner))).toBe('CERTIFICATE_NOT_ACTIVE');
    expect(codeOf(() => offerNetting(active, holding(), { ...offer, expiresAt: now }, debt, msp.owner))).toBe('EXPIRED');
  });

  test('ends the claim at once, without a payment and without a new owner', () => {
    const standing = holding({ state: 'financed' });
    const offered = offerNetting(active, standing, offer, debt, msp.owner);
    expect(acceptNetting(active, offered, msp.obligor, now)).toEqual({ ...standing, state: 'netted' });
    expect(codeOf(() => acceptNetting(active, offered, msp.obligor, later))).toBe('EXPIRED');
    expect(codeOf(() => acceptNetting(certificate({ state: 'due' }), offered, msp.obligor, now))).toBe('CERTIFICATE_NOT_ACTIVE');
  });

  test('refused, withdrawn or expired leaves the holding exactly as it was', () => {
    for (const state of locking) {
      const standing = holding({ state });
      const offered = offerNetting(active, standing, offer, debt, msp.owner);
      expect(endNetting(offered, 'refuseNetting', msp.obligor, now)).toEqual(standing);
      expect(endNetting(offered, 'withdrawNetting', msp.owner, now)).toEqual(standing);
      expect(endNetting(offered, 'expireNetting', msp.stranger, later)).toEqual(standing);
    }
    expect(codeOf(() => endNetting(netting(), 'expireNetting', msp.stranger, before(later)))).toBe('NOT_YET');
  });
});

describe('replacement', () => {
  const proposed = certificate({ replacement });
  const face = sizeOf(rangeOf(terms));
  const whole = { ...terms, from: '1', to: face.toString() };

  test('one proposal at a time; one that expired gives way', () => {
    expect(proposeReplacement(active, replacement, msp.obligor)).toEqual(proposed);
    expect(codeOf(() => proposeReplacement(proposed, { ...replacement, proposedAt: now }, msp.obligor))).toBe('WRONG_STATE');
    expect(proposeReplacement(proposed, { ...replacement, id: 'tx-10', proposedAt: later, expiresAt: '2026-03-09T08:00:00.000Z' }, msp.obligor).replacement?.id).toBe('tx-10');
    expect(codeOf(() => proposeReplacement(active, { ...replacement, expiresAt: earlier }, msp.obligor))).toBe('EXPIRED');
    expect(withdrawReplacement(proposed, msp.obligor)).toEqual(active);
    expect(codeOf(() => withdrawReplacement(active, msp.obligor))).toBe('WRONG_STATE');
  });

  test('an agreement is to the open proposal and ends with it, the holding exactly as it was', () => {
    for (const state of locking) {
      const standing = holding({ state });
      const locked = agreeToReplacement('tx', proposed, standing, msp.owner, now);
      expect(endReplacementAgreement(proposed, locked, msp.owner, now)).toEqual(standing);
      expect(codeOf(() => endReplacementAgreement(proposed, locked, msp.stranger, before(later)))).toBe('NOT_YET');
      const over = [proposed, active, certificate({ replacement: { ...replacement, id: 'tx-10' } }), certificate({ state: 'due', replacement })];
      for (const [index, each] of over.entries()) expect(endReplacementAgreement(each, locked, msp.stranger, index === 0 ? later : now)).toEqual(standing);
    }
    expect(codeOf(() => agreeToReplacement('tx', active, holding(), msp.owner, now))).toBe('WRONG_STATE');
    expect(codeOf(() => agreeToReplacement('tx', proposed, holding(), msp.owner, later))).toBe('EXPIRED');
  });

  test('takes every live unit, whoever holds it, and what ended before stays as it ended', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 1_000n }), fc.constantFrom('agreed', 'redeemed', 'netted')), { minLength: 1, maxLength: 12 }), fc.nat(), (parts, dropped) => {
        const sum = parts.reduce((total, [size]) => total + size, 0n);
        const holdings = splitRange({ from: 1n, to: sum }, parts.map(([size]) => size)).map(({ from, to }, index) => {
          const state = parts[index]?.[1] as 'agreed' | 'redeemed' | 'netted';
          return { holding: { ...(state === 'agreed' ? agreed() : holding({ state })), id: `H-${index}` }, terms: { ...terms, from: from.toString(), to: to.toString() } };
        });
        const { certificate: after, replaced } = replaceCertificate(proposed, sum, holdings, msp.obligor, now);
        expect(after).toEqual({ ...proposed, state: 'replaced' });
        expect(replaced.map(({ id, state }) => [id, state])).toEqual(holdings.filter((_, index) => parts[index]?.[1] === 'agreed').map(({ holding: { id } }) => [id, 'replaced']));
        expect(replaced.every(({ proposal }) => proposal === undefined)).toBe(true);
        const without = holdings.filter((_, index) => index !== dropped % holdings.length);
        expect(codeOf(() => replaceCertificate(proposed, sum, without, msp.obligor, now))).toBe('AMOUNT_MISMATCH');
      }),
    );
  });

  test('is refused with a holding whose owner did not agree to this proposal', () => {
    const replace = (each: Parameters<typeof replaceCertificate>[2][number]['holding'], of = proposed) => replaceCertificate(of, face, [{ holding: each, terms: whole }], msp.obligor, now);
    expect(codeOf(() => replace(holding()))).toBe('WRONG_STATE');
    expect(codeOf(() => replace(agreed({ replacementId: 'tx-8' })))).toBe('WRONG_STATE');
    expect(codeOf(() => replace(agreed(), active))).toBe('WRONG_STATE');
    expect(codeOf(() => replaceCertificate(proposed, face, [{ holding: agreed(), terms: whole }], msp.obligor, later))).toBe('EXPIRED');
    expect(replace(agreed()).certificate.state).toBe('replaced');
  });
});
