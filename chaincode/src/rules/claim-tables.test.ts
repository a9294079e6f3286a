import { certificateTable, holdingTable, quoteTable, transitionOf } from '@dualchain/model';
import type { CertificateState, ErrorCode, HoldingSkeleton, HoldingState, QuoteState, StateTable } from '@dualchain/model';
import { answerCertificate, confirmCertificate, declareDefault, declareDue, declareOverdue, rowOf as certificateRow } from './certificate/certificate';
import { acceptEarlySettlement, cancelEarlySettlement, confirmEarlySettlement } from './certificate/early-settlement';
import { acceptNetting, endNetting, offerNetting } from './certificate/netting';
import { agreeToReplacement, endReplacementAgreement, proposeReplacement, replaceCertificate, withdrawReplacement } from './certificate/replacement';
import { closeCertificate, requirePresentable, settleHoldings, settlePart, tallyCertificate } from './certificate/settlement';
import { cancelFinance, confirmPayout, lockForFinance, requestQuotes, requirePayoutOpenable, withdrawQuotes } from './finance/finance';
import { declineQuote, submitQuote, withdrawQuote } from './finance/quote';
import { acceptPledge, confirmLoan, endPledge, enforcePledge, offerPledge } from './finance/pledge';
import { answerFirstHolding, mergeHoldings, splitHolding } from './holding/holding';
import { expireProposal } from './holding/proposal';
import { buyBack, claimRecourse, withdrawRecourse } from './holding/recourse';
import { registerAssignment } from './holding/registration';
import { acceptTransfer, endTransfer, offerTransfer } from './holding/transfer';
import { agreeCancellation, cancelDisputed, disputeCertificate, endAgreement, suspendCertificate } from './protection/dispute';
import { directEscrow, payIntoEscrow, releaseEscrow } from './protection/escrow';
import { agreed, asking, certificate, claimed, earlier, earlyOffer, holding, later, loan, locked, msp, netting, now, offered, order, pledging, quote, replacement, settlingEarly, terms } from './testing/claims';
import { codeOf } from './testing/refusal';
import { requireTransition } from './transition';

/** Every organisation tries every verb in every state: what the table does not allow is refused, and nothing is changed in place. */
const callers = [...new Set(Object.values(msp))];

interface Trial<State extends string> {
  /** Runs the rule of a verb; undefined where it answers nothing but that it may go on. */
  readonly run: (state: State, caller: string) => { readonly state: string } | undefined | void;
  readonly partyIn: (state: State, party: string) => readonly string[];
  readonly wrongState: ErrorCode;
}

function everyRow<State extends string>(table: StateTable<State>, states: readonly State[], trials: Readonly<Record<string, Trial<State>>>): void {
  const cases = Object.entries(trials).flatMap(([verb, trial]) => states.map((state) => [verb, state, trial] as const));
  test.each(cases)(`${table.object}: %s, if it is %s`, (verb, state, { run, partyIn, wrongState }) => {
    const row = transitionOf(table, verb);
    const allowed = row.who.flatMap((party) => (party === 'anyone' ? callers : partyIn(state, party)));
    for (const caller of callers) {
      if (!row.from.includes(state) && (allowed.includes(caller) || allowed.length === 0)) expect(codeOf(() => run(state, caller))).toBe(wrongState);
      else if (!allowed.includes(caller)) expect(codeOf(() => run(state, caller))).toBe('NOT_A_PARTY');
      else expect([row.to, ...(row.or ?? [])]).toContain((run(state, caller) ?? { state: row.to }).state);
    }
  });
  test(`${table.object}: no row is left out`, () => {
    const untried = table.transitions.filter(({ verb, from }) => !(verb in trials) && !from.includes(null));
    expect(untried).toEqual([]);
  });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const certificateStates: readonly CertificateState[] = ['proposed', 'issued', 'active', 'due', 'settled', 'cancelled', 'disputed', 'partly settled', 'overdue', 'defaulted', 'replaced'];
const certificateIn = (state: CertificateState) => frozen(certificate({ state }));
const certificateTrial = (run: Trial<CertificateState>['run']): Trial<CertificateState> => ({ run, wrongState: 'WRONG_STATE', partyIn: (_, party) => (party === 'obligor' ? [msp.obligor] : party === 'supplier' ? [msp.supplier] : party === 'settler' ? [msp.settler] : party === 'authority' ? [msp.authority] : party === 'owner' ? [msp.owner] : []) });
const redeemed = frozen([{ holding: holding({ state: 'redeemed' }), terms: { ...terms, from: '1', to: '5000' } }]);

const part = { paidId: 'P-1', restId: 'P-2', amount: 1n, digest: 'digest', at: now } as const;
const opening = { id: 'D-1', reason: 'quality', endsAt: later, at: now } as const;
const wholeFace = { ...terms, from: '1', to: '5000' };
/** A dispute that suspends the certificate, which the authority ordered to be cancelled. */
function disputedIn(state: CertificateState) {
  const { certificate: of, dispute } = disputeCertificate(certificate(), opening, { face: 5000n, amount: '1' }, [{ holding: holding(), terms: wholeFace }], msp.obligor);
  return frozen({ certificate: { ...of, state, dispute: { ...of.dispute, cancellationOrder: 'O-1' } as NonNullable<typeof of.dispute> }, dispute });
}
const suspended = disputedIn('disputed');
const agreedHolding = agreeCancellation(suspended.certificate, holding(), 'tx-1', msp.owner, now);
const cancelAll = (verb: 'cancelCertificate' | 'executeCancellation', of: typeof suspended, each: HoldingSkeleton, caller: string) => cancelDisputed(of, verb, 5000n, [{ holding: each, terms: wholeFace }], caller, now);

everyRow(certificateTable, certificateStates, {
  disputeCertificate: certificateTrial((state, caller) => disputeCertificate(certificateIn(state), opening, { face: 5000n, amount: '1' }, [], caller).certificate),
  suspendCertificate: certificateTrial((state, caller) => suspendCertificate(certificateIn(state), opening, caller).certificate),
  resolveDispute: certificateTrial((state, caller) => ({ state: certificateRow(certificateIn(state), 'resolveDispute', caller).to })),
  cancelCertificate: certificateTrial((state, caller) => cancelAll('cancelCertificate', disputedIn(state), agreedHolding, caller).certificate),
  executeCancellation: certificateTrial((state, caller) => cancelAll('executeCancellation', disputedIn(state), holding(), caller).certificate),
  confirmCertificate: certificateTrial((state, caller) => confirmCertificate(certificateIn(state), caller, 'checker')),
  acceptCertificate: certificateTrial((state, caller) => answerCertificate(certificateIn(state), 'acceptCertificate', caller, now)),
  refuseCertificate: certificateTrial((state, caller) => answerCertificate(certificateIn(state), 'refuseCertificate', caller, now)),
  withdrawCertificate: certificateTrial((state, caller) => answerCertificate(certificateIn(state), 'withdrawCertificate', caller, now)),
  expireCertificate: certificateTrial((state, caller) => answerCertificate(certificateIn(state), 'expireCertificate', caller, later)),
  declareOverdue: certificateTrial((state, caller) => declareOverdue(certificateIn(state), caller, '2026-03-07T08:00:00.000Z')),
  declareDefault: certificateTrial((state, caller) => declareDefault(certificateIn(state), { holding: holding(), orderId: 'O-1' }, caller, '2026-04-06T08:00:00.000Z')),
  settleHoldings: certificateTrial((state, caller) => void settleHoldings(certificateIn(state), [holding()], 'digest', caller)),
  settlePart: certificateTrial((state, caller) => void settlePart(certificateIn(state), holding(), terms, part, caller)),
  proposeReplacement: certificateTrial((state, caller) => proposeReplacement(certificateIn(state), replacement, caller)),
  withdrawReplacement: certificateTrial((state, caller) => withdrawReplacement(frozen({ ...certificateIn(state), replacement }), caller)),
  replaceCertificate: certificateTrial((state, caller) => replaceCertificate(frozen({ ...certificateIn(state), replacement }), 5000n, [{ holding: agreed(), terms: wholeFace }], caller, now).certificate),
  declareDue: certificateTrial((state, caller) => declareDue(certificateIn(state), caller, later)),
  presentForSettlement: certificateTrial((state, caller) => requirePresentable(certificateIn(state), [holding()], caller)),
  tallyCertificate: certificateTrial((state, caller) => void tallyCertificate(certificateIn(state), 0n, redeemed, caller)),
  closeCertificate: certificateTrial((state, caller) => closeCertificate(certificateIn(state), 5000n, redeemed, caller)),
});

test('a certificate comes into being by its obligor only', () => {
  for (const caller of callers) expect(codeOf(() => certificateRow(certificate(), 'issueCertificate', caller))).toBe(caller === msp.obligor ? 'WRONG_STATE' : 'NOT_A_PARTY');
});

const holdingStates: readonly HoldingState[] = ['locked', 'free', 'spent', 'transfer offered', 'quotes open', 'finance locked', 'financed', 'cancellation agreed', 'escrowed', 'redeemed', 'cancelled', 'pledge offered', 'pledge locked', 'pledged', 'recourse claimed', 'bought back', 'settling early', 'netting offered', 'replacement agreed', 'netted', 'replaced'];
const proposed: { readonly [state in HoldingState]?: HoldingSkeleton } = { 'settling early': settlingEarly(), 'netting offered': netting(), 'replacement agreed': agreed(), 'cancellation agreed': agreedHolding, escrowed: holding({ state: 'escrowed', escrow: { deposit: 'digest' } }), 'transfer offered': offered(), 'quotes open': asking(), 'finance locked': locked(), 'pledge offered': pledging('pledge offered'), 'pledge locked': pledging('pledge locked'), pledged: pledging(), 'recourse claimed': claimed({ owner: msp.owner }) };
function holdingIn(state: HoldingState, id = 'H-1'): HoldingSkeleton {
  return frozen({ ...(proposed[state] ?? holding({ state })), id });
}
function holdingParty(state: HoldingState, party: string): readonly string[] {
  if (party === 'receiver') return state === 'transfer offered' ? [msp.receiver] : [];
  if (party === 'financier') return ['finance locked', 'pledge offered', 'pledge locked', 'pledged'].includes(state) ? [msp.financier] : [];
  const others: Readonly<Record<string, string>> = { owner: msp.owner, obligor: msp.obligor, supplier: msp.supplier, settler: msp.settler, authority: msp.authority };
  return [others[party] ?? ''];
}
const holdingTrial = (run: Trial<HoldingState>['run'], wrongState: ErrorCode = 'WRONG_STATE'): Trial<HoldingState> => ({ run, wrongState, partyIn: holdingParty });
const active = frozen(certificate());
const replaceable = frozen(certificate({ replacement }));
/** Holdings that ended before stay as they are; they need no agreement. */
function replaceOne(state: HoldingState, caller: string): { readonly state: string } | undefined {
  const row = transitionOf(holdingTable, 'replaceCertificate');
  if (state === 'redeemed' || state === 'netted') requireTransition(holdingTable, 'replaceCertificate', { id: 'H-1', state, parties: { obligor: msp.obligor } }, caller);
  return replaceCertificate(replaceable, 5000n, [{ holding: holdingIn(state), terms: wholeFace }], caller, now).replaced[0] ?? { state: row.to };
}
const accepted = frozen(quote({ state: 'accepted' }));
const defaulted = frozen(certificate({ state: 'defaulted', defaultedAt: now }));
const parts = (state: HoldingState) => [
  { holding: holdingIn(state, 'A'), terms: { ...terms, to: '3000' } },
  { holding: holdingIn(state, 'B'), terms: { ...terms, from: '3001' } },
];

everyRow(holdingTable, holdingStates, {
  payIntoEscrow: holdingTrial((state, caller) => payIntoEscrow(certificateIn('due'), [holdingIn(state)], [true], 'digest', caller)[0]),
  directEscrow: holdingTrial((state, caller) => directEscrow(holdingIn(state), 'O-1', msp.stranger, caller)),
  releaseEscrow: holdingTrial((state, caller) => releaseEscrow(holdingIn(state), certificateIn('due'), caller).holding),
  agreeCancellation: holdingTrial((state, caller) => agreeCancellation(suspended.certificate, holdingIn(state), 'tx', caller, now)),
  endAgreement: holdingTrial((state, caller) => endAgreement(active, holdingIn(state), caller, now)),
  cancelCertificate: holdingTrial((state, caller) => cancelAll('cancelCertificate', suspended, holdingIn(state), caller).holdings[0]),
  executeCancellation: holdingTrial((state, caller) => cancelAll('executeCancellation', suspended, holdingIn(state), caller).holdings[0]),
  acceptCertificate: holdingTrial((state, caller) => answerFirstHolding(holdingIn(state), 'acceptCertificate', msp.supplier, caller)),
  refuseCertificate: holdingTrial((state, caller) => answerFirstHolding(holdingIn(state), 'refuseCertificate', msp.supplier, caller)),
  withdrawCertificate: holdingTrial((state, caller) => answerFirstHolding(holdingIn(state), 'withdrawCertificate', msp.supplier, caller)),
  splitHolding: holdingTrial((state, caller) => splitHolding(holdingIn(state), terms, ['A', 'B'], [1n, 4999n], active, caller, now).parent, 'HOLDING_NOT_FREE'),
  mergeHoldings: holdingTrial((state, caller) => mergeHoldings(parts(state), 'M', active, caller, now).parents[0], 'HOLDING_NOT_FREE'),
  offerTransfer: holdingTrial((state, caller) => offerTransfer(holdingIn(state), { id: 'tx', receiver: msp.receiver, tradeReference: { type: 'order', id: 'PO-1' }, expiresAt: later, at: now }, order(), active, caller), 'HOLDING_NOT_FREE'),
  acceptTransfer: holdingTrial((state, caller) => acceptTransfer(holdingIn(state), active, caller, now)),
  refuseTransfer: holdingTrial((state, caller) => endTransfer(holdingIn(state), 'refuseTransfer', caller, now)),
  withdrawTransfer: holdingTrial((state, caller) => endTransfer(holdingIn(state), 'withdrawTransfer', caller, now)),
  expireTransfer: holdingTrial((state, caller) => endTransfer(holdingIn(state), 'expireTransfer', caller, later)),
  requestQuotes: holdingTrial((state, caller) => requestQuotes(holdingIn(state), { id: 'tx', financiers: [msp.financier], recourse: 'with', expiresAt: later, at: now }, active, caller), 'HOLDING_NOT_FREE'),
  withdrawQuotes: holdingTrial((state, caller) => withdrawQuotes(holdingIn(state), caller)),
  acceptQuote: holdingTrial((state, caller) => lockForFinance('tx', holdingIn(state), quote(), active, caller, now).holding),
  openPayout: holdingTrial((state, caller) => requirePayoutOpenable(holdingIn(state), accepted, caller, now)),
  confirmPayout: holdingTrial((state, caller) => confirmPayout(holdingIn(state), accepted, active, 'REG', caller, now).holding),
  cancelFinance: holdingTrial((state, caller) => cancelFinance(holdingIn(state), false, caller, now)),
  expireQuotes: holdingTrial((state, caller) => expireProposal(holdingIn(state), 'expireQuotes', caller, later)),
  expireFinance: holdingTrial((state, caller) => expireProposal(holdingIn(state), 'expireFinance', caller, later)),
  offerPledge: holdingTrial((state, caller) => offerPledge('tx', holdingIn(state), loan(), active, later, caller, now), 'HOLDING_NOT_FREE'),
  acceptPledge: holdingTrial((state, caller) => acceptPledge(holdingIn(state), active, caller, now)),
  refusePledge: holdingTrial((state, caller) => endPledge(holdingIn(state), 'refusePledge', caller)),
  withdrawPledge: holdingTrial((state, caller) => endPledge(holdingIn(state), 'withdrawPledge', caller)),
  expirePledge: holdingTrial((state, caller) => expireProposal(holdingIn(state), 'expirePledge', caller, later)),
  confirmLoan: holdingTrial((state, caller) => confirmLoan(holdingIn(state), loan(), active, 'REG', caller, now).holding),
  releasePledge: holdingTrial((state, caller) => endPledge(holdingIn(state), 'releasePledge', caller)),
  enforcePledge: holdingTrial((state, caller) => enforcePledge(holdingIn(state), active, caller, later)),
  registerAssignment: holdingTrial((state, caller) => registerAssignment(frozen({ ...holdingIn(state), assignments: [{ from: msp.stranger, to: msp.owner, assignedAt: earlier, notifiedAt: earlier }] }), 'REG', msp.settler, caller, now)),
  claimRecourse: holdingTrial((state, caller) => claimRecourse('tx', frozen({ ...holdingIn(state), recourse: [{ from: msp.owner, to: msp.receiver }] }), defaulted, { recourseDays: 1 }, caller, now)),
  withdrawRecourse: holdingTrial((state, caller) => withdrawRecourse(holdingIn(state), caller)),
  buyBack: holdingTrial((state, caller) => buyBack(holdingIn(state), defaulted, msp.authority, caller, now)),
  expireCertificate: holdingTrial((state, caller) => answerFirstHolding(holdingIn(state), 'expireCertificate', msp.supplier, caller)),
  settlePart: holdingTrial((state, caller) => settlePart(certificateIn('due'), holdingIn(state), terms, part, caller).parent),
  acceptEarlySettlement: holdingTrial((state, caller) => acceptEarlySettlement('tx', active, holdingIn(state), frozen(earlyOffer()), caller, now).holding, 'HOLDING_NOT_FREE'),
  confirmEarlySettlement: holdingTrial((state, caller) => confirmEarlySettlement(holdingIn(state), frozen(earlyOffer({ state: 'accepted' })), 'digest', caller).holding),
  cancelEarlySettlement: holdingTrial((state, caller) => cancelEarlySettlement(holdingIn(state), frozen(earlyOffer({ state: 'accepted' })), caller, later).holding),
  offerNetting: holdingTrial((state, caller) => offerNetting(active, holdingIn(state), { id: 'tx', tradeReference: { type: 'order', id: 'PO-1' }, expiresAt: later, at: now }, order({ obligor: msp.owner, supplier: msp.obligor }), caller), 'HOLDING_NOT_FREE'),
  acceptNetting: holdingTrial((state, caller) => acceptNetting(active, holdingIn(state), caller, now)),
  refuseNetting: holdingTrial((state, caller) => endNetting(holdingIn(state), 'refuseNetting', caller, now)),
  withdrawNetting: holdingTrial((state, caller) => endNetting(holdingIn(state), 'withdrawNetting', caller, now)),
  expireNetting: holdingTrial((state, caller) => endNetting(holdingIn(state), 'expireNetting', caller, later)),
  agreeToReplacement: holdingTrial((state, caller) => agreeToReplacement('tx', replaceable, holdingIn(state), caller, now), 'HOLDING_NOT_FREE'),
  endReplacementAgreement: holdingTrial((state, caller) => endReplacementAgreement(replaceable, holdingIn(state), caller, later)),
  replaceCertificate: holdingTrial((state, caller) => replaceOne(state, caller)),
  settleHoldings: holdingTrial((state, caller) => settleHoldings(certificateIn('due'), [holdingIn(state)], 'digest', caller)[0]),
});

const quoteStates: readonly QuoteState[] = ['open', 'accepted', 'paid out', 'lapsed'];
/** The quote as it was written, and the holding that gives it this state. */
function quoteIn(state: QuoteState) {
  const on = state === 'open' ? asking() : state === 'accepted' ? locked() : state === 'lapsed' ? asking({ id: 'tx-9' }) : locked();
  return { on: frozen(on), of: frozen(quote({ state: state === 'lapsed' ? 'open' : state, quotedAt: earlier })) };
}

test.each(quoteStates)('quote: accepted by its owner, paid out by the settler, only in turn, if it is %s', (state) => {
  const { on, of } = quoteIn(state);
  for (const caller of callers) {
    const accept = () => lockForFinance('tx', on, of, active, caller, now).quote.state;
    const pay = () => confirmPayout(on, of, active, 'REG', caller, now).quote.state;
    if (state === 'open' && caller === msp.owner) expect(accept()).toBe('accepted');
    else expect(codeOf(accept)).toBe(caller === msp.owner ? 'WRONG_STATE' : 'NOT_A_PARTY');
    if (state === 'accepted' && caller === msp.settler) expect(pay()).toBe('paid out');
    else expect(codeOf(pay)).toBe(caller === msp.settler ? 'WRONG_STATE' : 'NOT_A_PARTY');
  }
});

test('quote: only a financier that was asked quotes', () => {
  for (const caller of callers) {
    const decline = () => declineQuote(asking(), 'Q-9', caller, now).state;
    if (caller === msp.financier || caller === msp.rival) expect(decline()).toBe('declined');
    else expect(codeOf(decline)).toBe('NOT_A_PARTY');
    for (const [state, code] of [['open', undefined], ['accepted', 'WRONG_STATE'], ['paid out', 'WRONG_STATE'], ['lapsed', 'WRONG_STATE']] as const) {
      const { on, of } = quoteIn(state);
      const takeBack = () => withdrawQuote(of, on, caller, now).state;
      if (caller !== msp.financier) expect(codeOf(takeBack)).toBe('NOT_A_PARTY');
      else if (code === undefined) expect(takeBack()).toBe('withdrawn');
      else expect(codeOf(takeBack)).toBe(code);
    }
    const submit = () => submitQuote(asking(), { quoteId: 'Q-1', expiresAt: later, at: now }, caller).state;
    if (caller === msp.financier || caller === msp.rival) expect(submit()).toBe('open');
    else expect(codeOf(submit)).toBe('NOT_A_PARTY');
  }
  expect(quoteTable.transitions.map(({ verb }) => verb)).toEqual(['submitQuote', 'declineQuote', 'withdrawQuote', 'acceptQuote', 'confirmPayout', 'cancelFinance']);
});
