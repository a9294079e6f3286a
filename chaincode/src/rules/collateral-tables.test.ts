import { receiptPledgeTable, receiptTable } from '@dualchain/model';
import type { EventLinks, ReceiptPledgeState, ReceiptState, StateTable } from '@dualchain/model';
import { holdReceipt, releaseHold } from './collateral/hold';
import { acceptSubstitute, agreeToPledge, attestProceeds, callMargin, draftPledge, endMarginCall, endPledgeProposal, endSubstitute, liquidatePledge, offerSubstitute, payLoan, proposePledge, releasePledge, repayLoan } from './collateral/pledge';
import { acceptReceiptOffer, answerReceipt, closeReceipt, deliverReceipt, draftReceipt, endReceiptProposal, issueReceipt, mergeReceipts, offerReceipt, reportLoss, splitReceipt } from './collateral/receipt';
import { arriveReceipt, shipReceipt, takeCustody } from './collateral/transit';
import { earlier, later, now } from './testing/claims';
import { goods, party, pledgeIn, receiptIn } from './testing/collateral';
import { codeOf } from './testing/refusal';

/** Every organisation tries every verb in every state: what the table does not allow is refused, and nothing is changed in place. */
const callers = [...new Set(Object.values(party))];

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

interface Trial<State extends string> {
  readonly run: (state: State, caller: string) => { readonly state: string };
  /** Callers whom the rule refuses although the row names them. */
  readonly but?: (state: State, caller: string) => boolean;
}

function everyRow<State extends string>(table: StateTable<State>, partiesIn: (state: State) => Readonly<Record<string, unknown>>, trials: Readonly<Record<string, Trial<State>>>): void {
  const states = [...new Set(table.transitions.flatMap(({ from, to, or = [] }) => [...from, to, ...or]))].filter((state) => state !== null);
  const cases = Object.entries(trials).flatMap(([verb, trial]) => states.map((state) => [verb, state, trial] as const));
  test.each(cases)(`${table.object}: %s, if it is %s`, (verb, state, { run, but }) => {
    const rows = table.transitions.filter((row) => row.verb === verb && row.from.some((from) => from !== null));
    const fitting = rows.filter(({ from }) => from.includes(state));
    const parties = partiesIn(state);
    const allowed = rows.flatMap(({ who }) => who).flatMap((name) => (name === 'anyone' ? callers : [parties[name]]));
    for (const caller of callers) {
      const may = allowed.includes(caller) && but?.(state, caller) !== true;
      if (fitting.length > 0 && may) expect(fitting.flatMap(({ to, or = [] }) => [to, ...or])).toContain(run(state, caller).state);
      else if (fitting.length > 0 && !allowed.includes(caller)) expect([caller, codeOf(() => run(state, caller))]).toEqual([caller, 'NOT_A_PARTY']);
      else expect(['NOT_A_PARTY', 'WRONG_STATE', 'PLEDGED']).toContain(codeOf(() => run(state, caller)));
    }
  });
  test(`${table.object}: no row is left out`, () => {
    expect(table.transitions.filter(({ verb, from }) => !(verb in trials) && from.some((state) => state !== null)).map(({ verb }) => verb)).toEqual([]);
  });
}

const receipt = (state: ReceiptState) => frozen(receiptIn(state));
const pledge = (state: ReceiptPledgeState) => frozen(pledgeIn(state));
const event = { type: 'ObjectEvent', time: now, bizStep: 'loading', subjects: ['lot-1'] } as unknown as EventLinks;
const substitute = receiptIn('active', { id: 'WR-2', root: 's' });

everyRow<ReceiptState>(receiptTable, (state) => ({ ...receiptIn(state).proposal, ...receiptIn(state), ...(state === 'active' ? { financier: party.financier } : {}) }), {
  issueReceipt: { run: (state, caller) => issueReceipt(receipt(state), caller, 'checker') },
  acceptReceipt: { run: (state, caller) => answerReceipt(receipt(state), 'acceptReceipt', caller) },
  refuseReceipt: { run: (state, caller) => answerReceipt(receipt(state), 'refuseReceipt', caller) },
  withdrawReceipt: { run: (state, caller) => answerReceipt(receipt(state), 'withdrawReceipt', caller) },
  splitReceipt: { run: (state, caller) => splitReceipt(receipt(state), goods, ['A', 'B'], ['100', '0.5'], caller, now).parent },
  mergeReceipts: { run: (state, caller) => mergeReceipts([{ receipt: receipt(state), goods }, { receipt: frozen(receiptIn(state, { id: 'WR-2' })), goods }], 'C', caller, now).parents[0]! },
  offerReceipt: { run: (state, caller) => offerReceipt(receipt(state), { id: 'tx', receiver: party.receiver, expiresAt: later, at: now }, caller) },
  acceptReceiptOffer: { run: (state, caller) => acceptReceiptOffer(receipt(state), caller, now) },
  refuseReceiptOffer: { run: (state, caller) => endReceiptProposal(receipt(state), 'refuseReceiptOffer', caller, now) },
  withdrawReceiptOffer: { run: (state, caller) => endReceiptProposal(receipt(state), 'withdrawReceiptOffer', caller, now) },
  expireReceiptOffer: { run: (state, caller) => endReceiptProposal(receipt(state), 'expireReceiptOffer', caller, later) },
  proposeReceiptPledge: { run: (state, caller) => proposePledge(pledge('draft'), receipt(state), 'tx', caller, now).receipt },
  refuseReceiptPledge: { run: (state, caller) => endReceiptProposal(receipt(state), 'refuseReceiptPledge', caller, now) },
  withdrawReceiptPledge: { run: (state, caller) => endReceiptProposal(receipt(state), 'withdrawReceiptPledge', caller, now) },
  expireReceiptPledge: { run: (state, caller) => endReceiptProposal(receipt(state), 'expireReceiptPledge', caller, later) },
  payReceiptLoan: { run: (state, caller) => payLoan(pledge('secured'), receipt(state), 'digest', caller, now).receipt },
  releaseReceiptPledge: { run: (state, caller) => releasePledge(pledge('repaid'), receipt(state), caller, now).receipt },
  acceptSubstitute: {
    run: (state, caller) => {
      const offered = frozen(pledgeIn('live', { substitute: { receiptId: 'WR-2', receiptRoot: 's', expiresAt: later } }));
      return state === 'active' ? acceptSubstitute(offered, receipt('pledged'), substitute, caller, now).other : acceptSubstitute(offered, receipt(state), substitute, caller, now).first;
    },
  },
  holdReceipt: { run: (state, caller) => holdReceipt(receipt(state), [{ kind: 'expiry', at: now }], caller, now) },
  releaseHold: { run: (state, caller) => releaseHold(receipt(state), [], caller) },
  liquidateReceiptPledge: { run: (state, caller) => liquidatePledge(pledge('live'), receipt(state), caller, later).receipt },
  attestProceeds: { run: (state, caller) => attestProceeds(pledge('liquidating'), receipt(state), party.outsider, caller, now).receipt },
  shipReceipt: { run: (state, caller) => shipReceipt(receipt(state), { carrier: party.carrier, destination: party.destination, eventIds: ['e-1'], shippedAt: earlier, dueAt: later, at: now }, caller) },
  takeCustody: { run: (state, caller) => takeCustody(receipt(state), ['e-2'], [event], new Set(['lot-1']), caller) },
  arriveReceipt: { run: (state, caller) => arriveReceipt(receipt(state), 'D-2', caller) },
  deliverReceipt: { run: (state, caller) => deliverReceipt(receipt(state), ['e-1'], caller), but: (state) => state === 'held' },
  closeReceipt: { run: (state, caller) => closeReceipt(receipt(state), caller) },
  reportLoss: { run: (state, caller) => reportLoss(receipt(state), 'hash', caller, now) },
});

const early = (state: ReceiptPledgeState, caller: string) => state !== 'repaid' && caller !== party.financier;

everyRow<ReceiptPledgeState>(receiptPledgeTable, (state) => ({ ...pledgeIn(state), carrier: party.carrier }), {
  proposeReceiptPledge: { run: (state, caller) => proposePledge(pledge(state), receipt('active'), 'tx', caller, now).pledge },
  acceptReceiptPledge: { run: (state, caller) => agreeToPledge(pledge(state), receipt('pledge proposed'), 'acceptReceiptPledge', caller, now) },
  confirmReceiptPledge: { run: (state, caller) => agreeToPledge(pledge(state), receipt('pledge proposed'), 'confirmReceiptPledge', caller, now) },
  payReceiptLoan: { run: (state, caller) => payLoan(pledge(state), receipt('pledge proposed'), 'digest', caller, now).pledge },
  refuseReceiptPledge: { run: (state, caller) => endPledgeProposal(pledge(state), 'refuseReceiptPledge', caller, now), but: (state, caller) => state === 'secured' && caller === party.warehouse },
  withdrawReceiptPledge: { run: (state, caller) => endPledgeProposal(pledge(state), 'withdrawReceiptPledge', caller, now) },
  expireReceiptPledge: { run: (state, caller) => endPledgeProposal(pledge(state), 'expireReceiptPledge', caller, later) },
  callMargin: { run: (state, caller) => callMargin(pledge(state), 'callMargin', { reason: 'value', valuationId: 'V-1' }, caller, now) },
  holdReceipt: { run: (state, caller) => callMargin(pledge(state), 'holdReceipt', { reason: 'held' }, caller, now) },
  releaseHold: { run: (state, caller) => endMarginCall(pledge(state), 'releaseHold', caller) },
  cureMarginCall: { run: (state, caller) => endMarginCall(pledge(state), 'cureMarginCall', caller) },
  repayReceiptLoan: { run: (state, caller) => repayLoan(pledge(state), 0n, false, caller) },
  releaseReceiptPledge: { run: (state, caller) => releasePledge(pledge(state), receipt('pledged'), caller, now).pledge, but: early },
  offerSubstitute: { run: (state, caller) => offerSubstitute(pledge(state), substitute, later, caller, now) },
  endSubstitute: { run: (state, caller) => endSubstitute(frozen(pledgeIn(state, { substitute: { receiptId: 'WR-2', receiptRoot: 's', expiresAt: now } })), caller, later) },
  acceptSubstitute: { run: (state, caller) => acceptSubstitute(frozen(pledgeIn(state, { substitute: { receiptId: 'WR-2', receiptRoot: 's', expiresAt: later } })), receipt('pledged'), substitute, caller, now).pledge },
  liquidateReceiptPledge: { run: (state, caller) => liquidatePledge(pledge(state), receipt('pledged'), caller, later).pledge },
  attestProceeds: { run: (state, caller) => attestProceeds(pledge(state), receipt('liquidating'), party.outsider, caller, now).pledge },
  // Who reports a loss is checked on the receipt: a carrier has no part in the loan.
  reportLoss: { run: (state, caller) => ([party.warehouse, party.carrier] as string[]).includes(caller) ? callMargin(pledge(state), 'reportLoss', { reason: 'lost' }, caller, now) : reportLossBy(caller, state) },
});

function reportLossBy(caller: string, state: ReceiptPledgeState) {
  return { ...pledgeIn(state), state: reportLoss(receiptIn('pledged'), 'hash', caller, now).state };
}

test('receipts and loans come into being by warehouse and owner only', () => {
  for (const caller of callers.filter((each) => each !== party.depositor)) expect(draftReceipt({ id: 'WR-9', lot: 'lot-1', depositId: 'D-1', depositor: party.depositor, draftedBy: 'maker', at: now }, caller)).toMatchObject({ state: 'draft', warehouse: caller, owner: party.depositor });
  expect(codeOf(() => draftReceipt({ id: 'WR-9', lot: 'lot-1', depositId: 'D-1', depositor: party.depositor, draftedBy: 'maker', at: now }, party.depositor))).toBe('INVALID_INPUT');
  const loan = { pledgeId: 'PL-9', receiptId: 'WR-1', financier: party.financier, settler: party.settler, expiresAt: later, dueAt: '2027-01-01T00:00:00.000Z', cureHours: 1 };
  for (const caller of callers) {
    if (caller === party.owner) expect(draftPledge(loan, receiptIn('active'), caller, now).state).toBe('draft');
    else expect(codeOf(() => draftPledge(loan, receiptIn('active'), caller, now))).toBe('NOT_A_PARTY');
  }
  for (const state of ['draft', 'pledged', 'held', 'lost'] as const) expect(codeOf(() => draftPledge(loan, receiptIn(state), party.owner, now))).toBe('WRONG_STATE');
  for (const wrong of [{ financier: party.owner }, { financier: party.warehouse }, { settler: party.financier }, { settler: party.owner }, { dueAt: later }]) expect(codeOf(() => draftPledge({ ...loan, ...wrong }, receiptIn('active'), party.owner, now))).toBe('INVALID_INPUT');
});
