import type { QuoteTerms } from '@dualchain/model';
import * as fc from 'fast-check';
import { asking, earlier, holding, later, locked, msp, now, quote, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { quoteStateNow, requireQuoteTerms, submitQuote } from './quote';

const offer = { quoteId: 'Q-1', expiresAt: later, at: now };

test('a financier that was asked quotes', () => {
  const { root: _sealedLater, ...skeleton } = quote({ quotedAt: now });
  expect(submitQuote(asking(), offer, msp.financier)).toEqual(skeleton);
});

test('a quote is refused by what is wrong with it', () => {
  for (const caller of [msp.owner, msp.obligor, msp.stranger]) expect(codeOf(() => submitQuote(asking(), offer, caller))).toBe('NOT_A_PARTY');
  for (const other of [holding(), locked()]) expect(codeOf(() => submitQuote(other, offer, msp.financier))).toBe('WRONG_STATE');
  expect(codeOf(() => submitQuote(asking(), { ...offer, expiresAt: now }, msp.financier))).toBe('EXPIRED');
  expect(codeOf(() => submitQuote(asking({ expiresAt: earlier }), offer, msp.financier))).toBe('EXPIRED');
});

test('pay-out and fee fit into the advance on the holding, to the minor unit, and no refusal shows a figure', () => {
  const part = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(part, fc.bigInt({ min: 0n, max: 5000n }), (advanceBps, fee) => {
      const most = (5000n * BigInt(advanceBps)) / 10_000n - fee;
      fc.pre(most >= 1n);
      const of = (payout: bigint): QuoteTerms => ({ rateBps: 420, advanceBps, fee: fee.toString(), payout: payout.toString() });
      requireQuoteTerms(of(most), terms);
      const refused = () => requireQuoteTerms(of(most + 1n), terms);
      expect(codeOf(refused)).toBe('AMOUNT_MISMATCH');
      expect(shownBy(refused)).not.toMatch(/\d/);
    }),
  );
});

test.each([
  ['open while its request is', quote(), asking(), now, 'open'],
  ['lapsed when it expires', quote(), asking(), later, 'lapsed'],
  ['lapsed when the request was withdrawn', quote(), holding(), now, 'lapsed'],
  ['lapsed under a later request', quote(), asking({ id: 'tx-9' }), now, 'lapsed'],
  ['lapsed when another is accepted', quote({ id: 'Q-2' }), locked(), now, 'lapsed'],
  ['accepted while the holding is locked for it', quote({ state: 'accepted' }), locked(), later, 'accepted'],
  ['lapsed when that finance was cancelled', quote({ state: 'accepted' }), holding(), now, 'lapsed'],
  ['lapsed when another was accepted after that', quote({ state: 'accepted' }), locked({ quoteId: 'Q-2' }), now, 'lapsed'],
  ['paid out for good', quote({ state: 'paid out' }), holding({ state: 'financed' }), later, 'paid out'],
] as const)('a quote is %s', (_, of, on, at, state) => expect(quoteStateNow(of, on, at)).toBe(state));
