import type { CertificateSkeleton, HoldingSkeleton } from '@dualchain/model';
import { asking, certificate, earlier, holding, later, locked, msp, now, offered, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { agreeCancellation, cancelDisputed, disputeCertificate, endAgreement, MAX_DISPUTE_DAYS, orderCancellation, requireUndisputed, resolveDispute, suspendCertificate } from './dispute';
import type { Disputed } from './dispute';

const FACE = 5000n;
const opening = { id: 'D-1', reason: 'quality', endsAt: later, at: now } as const;
const claim = { face: FACE, amount: '4321' };
const whole = (change: Partial<HoldingSkeleton> = {}) => [{ holding: holding(change), terms: { ...terms, from: '1', to: '5000' } }];
const flag = (of = certificate(), change: Partial<typeof opening> = {}) => disputeCertificate(of, { ...opening, ...change }, claim, [], msp.obligor);
const suspend = (of = certificate()) => disputeCertificate(of, opening, claim, whole(), msp.obligor);
const others = (mspId: string) => [...new Set(Object.values(msp))].filter((each) => each !== mspId);
const afterwards = new Date(Date.parse(later) + 1).toISOString();

test('with all units still with the first supplier a dispute suspends the certificate', () => {
  const { certificate: disputed, dispute } = suspend();
  expect(dispute).toEqual({ id: 'D-1', certificateId: 'C-1', obligor: msp.obligor, supplier: msp.supplier, author: msp.obligor, state: 'open', effect: 'suspends', reason: 'quality', openedAt: now, endsAt: later });
  expect(disputed).toEqual({ ...certificate(), state: 'disputed', dispute: { id: 'D-1', author: msp.obligor, effect: 'suspends', endsAt: later } });
  for (const each of [offered(), asking()]) expect(disputeCertificate(certificate(), opening, claim, [{ holding: each, terms: { ...terms, from: '1', to: '5000' } }], msp.obligor).certificate.state).toBe('disputed');
});

test('what a third party holds is never reduced: its certificate can be flagged only', () => {
  for (const owner of [msp.receiver, msp.financier]) expect(codeOf(() => disputeCertificate(certificate(), opening, claim, whole({ owner }), msp.obligor))).toBe('WRONG_STATE');
  const money = [{ holding: locked(), terms: { ...terms, from: '1', to: '5000' } }];
  expect(codeOf(() => disputeCertificate(certificate(), opening, claim, money, msp.obligor))).toBe('WRONG_STATE');
  const { certificate: flagged, dispute } = flag();
  expect(dispute.effect).toBe('flags');
  expect(flagged).toEqual({ ...certificate(), dispute: { id: 'D-1', author: msp.obligor, effect: 'flags', endsAt: later } });
});

test('leaving a holding out does not do', () => {
  const part = (from: string, to: string, id: string) => ({ holding: holding({ id }), terms: { ...terms, from, to } });
  for (const parts of [[part('1', '4999', 'A')], [part('2', '5000', 'A')], [part('1', '2000', 'A'), part('2002', '5000', 'B')]]) expect(codeOf(() => disputeCertificate(certificate(), opening, claim, parts, msp.obligor))).toBe('AMOUNT_MISMATCH');
  expect(disputeCertificate(certificate(), opening, claim, [part('2001', '5000', 'B'), part('1', '2000', 'A')], msp.obligor).certificate.state).toBe('disputed');
});

test('the obligor, of an active certificate, for at most 30 days, for at most the face, one dispute at a time', () => {
  for (const caller of others(msp.obligor)) expect(codeOf(() => disputeCertificate(certificate(), opening, claim, [], caller))).toBe('NOT_A_PARTY');
  for (const state of ['issued', 'due', 'settled', 'disputed'] as const) expect(codeOf(() => flag(certificate({ state })))).toBe('WRONG_STATE');
  const limit = Date.parse(now) + MAX_DISPUTE_DAYS * 86_400_000;
  expect(flag(certificate(), { endsAt: new Date(limit).toISOString() as typeof later }).dispute.state).toBe('open');
  expect(codeOf(() => flag(certificate(), { endsAt: new Date(limit + 1).toISOString() as typeof later }))).toBe('TENOR_EXCEEDED');
  expect(codeOf(() => flag(certificate(), { endsAt: earlier as typeof later }))).toBe('EXPIRED');
  const tooMuch = () => disputeCertificate(certificate(), opening, { face: FACE, amount: '5001' }, [], msp.obligor);
  expect(codeOf(tooMuch)).toBe('AMOUNT_MISMATCH');
  expect(shownBy(tooMuch)).not.toMatch(/500\d/);
  expect(codeOf(() => flag(flag().certificate))).toBe('DISPUTED');
  expect(codeOf(() => suspendCertificate(flag().certificate, { ...opening, id: 'O-1' }, msp.authority))).toBe('DISPUTED');
  // An old flag whose end has come does not stand in the way.
  expect(flag(flag().certificate, { id: 'D-2' as 'D-1', at: afterwards as typeof now, endsAt: new Date(limit).toISOString() as typeof later }).certificate.dispute?.id).toBe('D-2');
});

test('the authority suspends by an order, whoever holds it', () => {
  const { certificate: disputed, dispute } = suspendCertificate(certificate(), { ...opening, id: 'O-1' }, msp.authority);
  expect([disputed.state, dispute]).toEqual(['disputed', expect.objectContaining({ id: 'O-1', orderId: 'O-1', author: msp.authority, effect: 'suspends' })]);
  for (const caller of others(msp.authority)) expect(codeOf(() => suspendCertificate(certificate(), { ...opening, id: 'O-1' }, caller))).toBe('NOT_A_PARTY');
});

test('no new finance until the dispute ends', () => {
  for (const { certificate: each } of [flag(), suspend()]) {
    expect(codeOf(() => requireUndisputed(each, now))).toBe('DISPUTED');
    expect(() => requireUndisputed(each, later)).not.toThrow();
  }
  expect(() => requireUndisputed(certificate(), now)).not.toThrow();
});

test('who ends a dispute', () => {
  const end = (of: Disputed, caller: string, at: string = now, orderId?: string) => resolveDispute(of, orderId, caller, at);
  for (const open of [flag(), suspend()]) {
    expect(end(open, msp.obligor)).toEqual({ certificate: certificate(), dispute: { ...open.dispute, state: 'resolved', endedAt: now } });
    expect(end(open, msp.authority, now, 'O-9').dispute).toMatchObject({ state: 'resolved', endedBy: 'O-9' });
    expect(codeOf(() => end(open, msp.authority))).toBe('INVALID_INPUT');
    expect(codeOf(() => end(open, msp.obligor, now, 'O-9'))).toBe('NOT_A_PARTY');
    for (const caller of others(msp.obligor).filter((mspId) => mspId !== msp.authority)) {
      expect(codeOf(() => end(open, caller))).toBe('NOT_YET');
      expect(end(open, caller, later).certificate).toEqual(certificate());
    }
    expect(codeOf(() => end(end(open, msp.obligor), msp.obligor))).toBe('WRONG_STATE');
  }
  const ordered = suspendCertificate(certificate(), { ...opening, id: 'O-1' }, msp.authority);
  expect(codeOf(() => end(ordered, msp.obligor))).toBe('NOT_YET');
});

test('a flag on a certificate that has fallen due meanwhile goes, the state stays', () => {
  const { certificate: flagged, dispute } = flag();
  const due: CertificateSkeleton = { ...flagged, state: 'due' };
  expect(resolveDispute({ certificate: due, dispute }, undefined, msp.obligor, now).certificate).toEqual(certificate({ state: 'due' }));
});

test('taking down a dispute whose end has come leaves the one that took its place', () => {
  const first = flag();
  const second = disputeCertificate(first.certificate, { ...opening, id: 'D-2', at: later, endsAt: afterwards }, claim, whole(), msp.obligor);
  const ended = resolveDispute({ certificate: second.certificate, dispute: first.dispute }, undefined, msp.receiver, later);
  expect(ended.dispute.state).toBe('resolved');
  expect(ended.certificate).toEqual({ ...certificate(), state: 'disputed', dispute: { id: 'D-2', author: msp.obligor, effect: 'suspends', endsAt: afterwards } });
});

test('an owner agrees, and takes it back: the holding is exactly as before', () => {
  const { certificate: disputed } = suspend();
  for (const before of [holding(), holding({ state: 'financed' })]) {
    const agreed = agreeCancellation(disputed, before, 'tx', msp.owner, now);
    expect(agreed).toEqual({ ...before, state: 'cancellation agreed', proposal: { id: 'tx', kind: 'cancellation', disputeId: 'D-1', prior: before.state, expiresAt: later, offeredAt: now } });
    expect(endAgreement(disputed, agreed, msp.owner, now)).toEqual(before);
    for (const caller of others(msp.owner)) {
      expect(codeOf(() => endAgreement(disputed, agreed, caller, now))).toBe('NOT_YET');
      expect(endAgreement(disputed, agreed, caller, later)).toEqual(before);
      expect(endAgreement(certificate(), agreed, caller, now)).toEqual(before);
      expect(codeOf(() => agreeCancellation(disputed, before, 'tx', caller, now))).toBe('NOT_A_PARTY');
    }
  }
  for (const undisputed of [certificate(), flag().certificate]) expect(codeOf(() => agreeCancellation(undisputed, holding(), 'tx', msp.owner, now))).toBe('WRONG_STATE');
  expect(codeOf(() => agreeCancellation(disputed, holding({ certificateId: 'C-2' }), 'tx', msp.owner, now))).toBe('INVALID_INPUT');
});

test('all owners agreed: certificate, dispute and holdings end together', () => {
  const of = suspend();
  const agreed = agreeCancellation(of.certificate, holding(), 'tx', msp.owner, now);
  const proved = [{ holding: agreed, terms: { ...terms, from: '1', to: '5000' } }];
  const cancel = (holdings: typeof proved, caller: string = msp.obligor, at: string = now) => cancelDisputed(of, 'cancelCertificate', FACE, holdings, caller, at);
  expect(cancel(proved)).toEqual({ certificate: { ...of.certificate, state: 'cancelled' }, dispute: { ...of.dispute, state: 'upheld', endedAt: now }, holdings: [holding({ state: 'cancelled' })] });
  expect(codeOf(() => cancel(whole()))).toBe('WRONG_STATE');
  expect(codeOf(() => cancel([{ holding: agreed, terms: { ...terms, from: '1', to: '4999' } }]))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(() => cancel([{ holding: { ...agreed, proposal: { ...agreed.proposal!, disputeId: 'D-0' } }, terms: proved[0]!.terms }]))).toBe('WRONG_STATE');
  expect(codeOf(() => cancel(proved, msp.obligor, later))).toBe('EXPIRED');
  for (const caller of others(msp.obligor)) expect(codeOf(() => cancel(proved, caller))).toBe('NOT_A_PARTY');
});

test('an order of the authority cancels what is still with the first supplier, and nothing of a third party', () => {
  const of = suspend();
  const execute = (by: Disputed, holdings = whole()) => cancelDisputed(by, 'executeCancellation', FACE, holdings, msp.obligor, now);
  expect(codeOf(() => execute(of))).toBe('WRONG_STATE');
  for (const caller of others(msp.authority)) expect(codeOf(() => orderCancellation(of, 'O-1', caller))).toBe('NOT_A_PARTY');
  expect(codeOf(() => orderCancellation(flag(), 'O-1', msp.authority))).toBe('WRONG_STATE');
  const ordered = orderCancellation(of, 'O-1', msp.authority);
  expect(execute(ordered)).toMatchObject({ certificate: { state: 'cancelled' }, dispute: { state: 'upheld', endedBy: 'O-1' }, holdings: [{ state: 'cancelled' }] });
  for (const owner of [msp.receiver, msp.financier]) expect(codeOf(() => execute(ordered, whole({ owner })))).toBe('WRONG_STATE');
  expect(codeOf(() => execute(ordered, whole({ state: 'financed' })))).toBe('WRONG_STATE');
});
