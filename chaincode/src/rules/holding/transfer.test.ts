import type { HoldingSkeleton } from '@dualchain/model';
import * as fc from 'fast-check';
import { certificate, earlier, holding, invoice, later, msp, now, offered, order } from '../testing/claims';
import { codeOf, refusalOf } from '../testing/refusal';
import { acceptTransfer, endTransfer, offerTransfer } from './transfer';
import type { TransferOffer } from './transfer';

const offer: TransferOffer = { id: 'tx-2', receiver: msp.receiver, tradeReference: { type: 'order', id: 'PO-1' }, expiresAt: later, at: now };
const make = (change: Partial<TransferOffer> = {}, reference: Parameters<typeof offerTransfer>[2] = order()) => offerTransfer(holding(), { ...offer, ...change }, reference, certificate(), msp.owner);

/** Any moment around the expiry, in milliseconds from it. */
const offset = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const at = (milliseconds: number) => new Date(Date.parse(later) + milliseconds).toISOString();
/** Holdings with all that a proposal must leave alone. */
const holdings = fc.record({ id: fc.constantFrom('H-1', 'H-2'), parents: fc.array(fc.constantFrom('A', 'B'), { maxLength: 2 }), assignments: fc.array(fc.record({ from: fc.constant('X'), to: fc.constant('Y'), assignedAt: fc.constant(earlier), notifiedAt: fc.constant(earlier) }), { maxLength: 2 }) }).map((change): HoldingSkeleton => holding(change));

test('an offer locks the holding and remembers what it was', () => {
  expect(make()).toEqual({ ...holding(), state: 'transfer offered', proposal: { id: 'tx-2', kind: 'transfer', prior: 'free', receiver: msp.receiver, tradeReference: offer.tradeReference, expiresAt: later, offeredAt: now } });
});

test('refuse, withdraw and expire restore exactly what was before, at every moment that allows them', () => {
  fc.assert(
    fc.property(holdings, offset, (before, milliseconds) => {
      const after = offerTransfer(before, offer, order(), certificate(), msp.owner);
      const moment = at(milliseconds);
      expect(endTransfer(after, 'refuseTransfer', msp.receiver, moment)).toEqual(before);
      expect(endTransfer(after, 'withdrawTransfer', msp.owner, moment)).toEqual(before);
      if (milliseconds >= 0) expect(endTransfer(after, 'expireTransfer', msp.stranger, moment)).toEqual(before);
      else expect(codeOf(() => endTransfer(after, 'expireTransfer', msp.stranger, moment))).toBe('NOT_YET');
    }),
  );
});

test('at every moment an offer can be accepted or expired by anyone, never both', () => {
  fc.assert(
    fc.property(offset, (milliseconds) => {
      const accepted = () => acceptTransfer(offered(), certificate(), msp.receiver, at(milliseconds));
      const expired = () => endTransfer(offered(), 'expireTransfer', msp.stranger, at(milliseconds));
      if (milliseconds < 0) {
        expect(accepted().owner).toBe(msp.receiver);
        expect(codeOf(expired)).toBe('NOT_YET');
      } else {
        expect(codeOf(accepted)).toBe('EXPIRED');
        expect(expired().owner).toBe(msp.owner);
      }
    }),
  );
});

test('the receiver becomes the owner, and the three times are kept', () => {
  const { proposal: _ended, ...rest } = offered();
  expect(acceptTransfer(offered(), certificate(), msp.receiver, now)).toEqual({ ...rest, state: 'free', owner: msp.receiver, tier: 1, assignments: [{ from: msp.owner, to: msp.receiver, assignedAt: now, notifiedAt: now }] });
  expect(codeOf(() => acceptTransfer(offered(), certificate({ state: 'due' }), msp.receiver, now))).toBe('CERTIFICATE_NOT_ACTIVE');
});

test('a transfer rests on a trade between the two, in either direction', () => {
  make({}, order({ obligor: msp.receiver, supplier: msp.owner }));
  make({ tradeReference: { type: 'invoice', id: 'INV-9' } }, invoice({ obligor: msp.owner, supplier: msp.receiver }));
  for (const reference of [order({ state: 'refused' }), order({ supplier: msp.stranger }), order({ obligor: msp.stranger })]) {
    const refusal = refusalOf(() => make({}, reference));
    expect(refusal.code).toBe('TRADE_REFERENCE_REQUIRED');
    expect(refusal.details).toEqual({ type: 'order', id: 'PO-1', giver: msp.owner, receiver: msp.receiver });
  }
  expect(codeOf(() => offerTransfer(holding(), offer, undefined, certificate(), msp.owner))).toBe('TRADE_REFERENCE_REQUIRED');
});

test('an offer is refused by what is wrong with it', () => {
  for (const receiver of [msp.owner, msp.obligor, msp.settler]) expect(codeOf(() => make({ receiver }))).toBe('INVALID_INPUT');
  for (const expiresAt of [earlier, now]) expect(codeOf(() => make({ expiresAt }))).toBe('EXPIRED');
  expect(codeOf(() => offerTransfer(holding(), offer, order(), certificate({ state: 'due' }), msp.owner))).toBe('CERTIFICATE_NOT_ACTIVE');
});
