import * as fc from 'fast-check';
import { certificate, earlier, holding, later, msp, now } from '../testing/claims';
import { codeOf, refusalOf } from '../testing/refusal';
import { answerCertificate, confirmCertificate, declareDefault, declareDue, declareOverdue, issueCertificate, issuedContent } from './certificate';
import type { Issue } from './certificate';

const DAY = 86_400_000;
const wanted: Issue = { id: 'C-1', obligor: msp.obligor, supplier: msp.supplier, settler: msp.settler, authority: msp.authority, dueDate: later, invoiceIds: ['INV-1', 'INV-2'], shipmentIds: ['DA-1'], lots: ['lot-1'], firstHoldingId: 'H-1', maker: 'maker', at: now };
const issue = (change: Partial<Issue> = {}) => issueCertificate({ ...wanted, ...change }, { tenorLimitDays: 180, graceDays: 5, defaultAfterDays: 30, lateFeeBps: 1_800 });
const after = (milliseconds: number) => new Date(Date.parse(now) + milliseconds).toISOString();

test('the maker proposes', () => {
  const { root: _sealedLater, ...skeleton } = certificate({ state: 'proposed', issuedAt: now });
  expect(issue()).toEqual(skeleton);
  expect(issue({ authority: undefined })).not.toHaveProperty('authority');
  expect(issuedContent(certificate())).toEqual(issuedContent({ ...wanted }));
  expect(issue({ expiresAt: after(1) }).expiresAt).toBe(after(1));
  for (const expiresAt of [now, earlier, after(DAY + 1)]) expect(codeOf(() => issue({ expiresAt }))).toBe('INVALID_INPUT');
});

test('the due date is ahead and within the tenor limit, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400 * DAY, max: 400 * DAY }), (milliseconds) => {
      const dueDate = after(milliseconds);
      if (milliseconds > 0 && milliseconds <= 180 * DAY) expect(issue({ dueDate }).dueDate).toBe(dueDate);
      else expect(codeOf(() => issue({ dueDate }))).toBe('TENOR_EXCEEDED');
    }),
  );
  expect(issue({ dueDate: after(180 * DAY) }).state).toBe('proposed');
  expect(refusalOf(() => issue({ dueDate: after(180 * DAY + 1) })).details).toMatchObject({ tenorLimitDays: 180, latest: after(180 * DAY) });
  expect(codeOf(() => issue({ dueDate: now }))).toBe('TENOR_EXCEEDED');
});

test('the parties differ, the settler is none, no invoice is named twice', () => {
  expect(codeOf(() => issue({ supplier: msp.obligor }))).toBe('INVALID_INPUT');
  for (const settler of [msp.obligor, msp.supplier]) expect(codeOf(() => issue({ settler }))).toBe('INVALID_INPUT');
  expect(codeOf(() => issue({ invoiceIds: ['INV-1', 'INV-1'] }))).toBe('INVALID_INPUT');
});

test('another person of the obligor confirms', () => {
  const proposed = certificate({ state: 'proposed' });
  expect(confirmCertificate(proposed, msp.obligor, 'checker')).toEqual({ ...proposed, state: 'issued' });
  expect(codeOf(() => confirmCertificate(proposed, msp.obligor, 'maker'))).toBe('SAME_IDENTITY');
});

test('the supplier consents before the answer deadline; refusing and withdrawing have no time limit', () => {
  const issued = certificate({ state: 'issued' });
  expect(answerCertificate(issued, 'acceptCertificate', msp.supplier, now)).toEqual({ ...issued, state: 'active' });
  expect(codeOf(() => answerCertificate(issued, 'acceptCertificate', msp.supplier, later))).toBe('EXPIRED');
  expect(codeOf(() => answerCertificate({ ...issued, expiresAt: now }, 'acceptCertificate', msp.supplier, now))).toBe('EXPIRED');
  expect(answerCertificate(issued, 'refuseCertificate', msp.supplier, later).state).toBe('cancelled');
  for (const state of ['proposed', 'issued'] as const) expect(answerCertificate(certificate({ state }), 'withdrawCertificate', msp.obligor, later).state).toBe('cancelled');
});

test('due from the due date on, not before', () => {
  const moment = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((milliseconds) => new Date(Date.parse(later) + milliseconds).toISOString());
  fc.assert(fc.property(moment, (at) => (at < later ? expect(codeOf(() => declareDue(certificate(), msp.stranger, at))).toBe('NOT_YET') : expect(declareDue(certificate(), msp.stranger, at).state).toBe('due'))));
  expect(codeOf(() => declareDue(certificate(), msp.stranger, earlier))).toBe('NOT_YET');
  expect(declareDue(certificate(), msp.stranger, later).state).toBe('due');
});

test('unanswered, a certificate ends by anyone from the deadline on, not before', () => {
  for (const state of ['proposed', 'issued'] as const) {
    const open = certificate({ state, expiresAt: after(1_000) });
    expect(refusalOf(() => answerCertificate(open, 'expireCertificate', msp.stranger, after(999)))).toMatchObject({ code: 'NOT_YET', retryable: true });
    expect(answerCertificate(open, 'expireCertificate', msp.stranger, after(1_000))).toEqual({ ...open, state: 'cancelled' });
  }
});

describe('paid late', () => {
  const due = certificate({ state: 'due' });
  const overdue = certificate({ state: 'overdue', overdueAt: after(6 * DAY) });
  const [graceEnds, defaults] = [after(6 * DAY), after(36 * DAY)];
  const before = (time: string) => new Date(Date.parse(time) - 1).toISOString();

  test('overdue when the grace days of its issue are over, to the millisecond', () => {
    expect(codeOf(() => declareOverdue(due, msp.stranger, before(graceEnds)))).toBe('NOT_YET');
    expect(declareOverdue(due, msp.stranger, graceEnds)).toEqual({ ...due, state: 'overdue', overdueAt: graceEnds });
  });

  test('a holder declares the default once the days are over, by a live holding of its own', () => {
    expect(codeOf(() => declareDefault(overdue, { holding: holding() }, msp.owner, before(defaults)))).toBe('NOT_YET');
    expect(declareDefault(overdue, { holding: holding() }, msp.owner, defaults)).toEqual({ ...overdue, state: 'defaulted', defaultedAt: defaults });
    for (const none of [undefined, holding({ certificateId: 'C-2' }), holding({ state: 'redeemed' }), holding({ owner: msp.receiver })]) expect(codeOf(() => declareDefault(overdue, { holding: none }, msp.owner, defaults))).toBe('NOT_A_PARTY');
    // An order is the authority's; a holder gains nothing by naming one.
    expect(codeOf(() => declareDefault(overdue, { holding: holding(), orderId: 'O-1' }, msp.owner, before(defaults)))).toBe('NOT_YET');
  });

  test('the authority declares it by an order at any time, without one like a holder', () => {
    expect(declareDefault(overdue, { orderId: 'O-1' }, msp.authority, graceEnds)).toEqual({ ...overdue, state: 'defaulted', defaultedAt: graceEnds, defaultOrderId: 'O-1' });
    expect(codeOf(() => declareDefault(overdue, {}, msp.authority, before(defaults)))).toBe('NOT_YET');
    expect(declareDefault(overdue, {}, msp.authority, defaults)).not.toHaveProperty('defaultOrderId');
    expect(codeOf(() => declareDefault(due, { orderId: 'O-1' }, msp.authority, defaults))).toBe('WRONG_STATE');
    expect(codeOf(() => declareDefault(overdue, { orderId: 'O-1' }, msp.obligor, defaults))).toBe('NOT_A_PARTY');
  });
});
