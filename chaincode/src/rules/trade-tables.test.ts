import { defaultChannelPolicy, invoiceTable, orderTable, shipmentTable, transitionOf } from '@dualchain/model';
import type { ChannelPolicy, ErrorCode, InvoiceState, OrderState, ShipmentState, StateTable } from '@dualchain/model';
import { certifyInvoice, releaseInvoice } from './certificate/backing';
import { earlier, later, msp, now } from './testing/claims';
import { codeOf } from './testing/refusal';
import { delivered, invoiceIn, invoiceTerms, lot, orderIn, orderTerms, shipmentIn, untouched } from './testing/trade';
import { acceptAmendment, acceptCancellation, endOrderChange, proposeAmendment, proposeCancellation } from './trade/amendment';
import { acceptCreditNote, acceptWaiver, endInvoiceChange, proposeCreditNote, proposeWaiver, rematchInvoice } from './trade/correction';
import { acceptResolution, disputePart, disputeWhole, divideTerms, proposeResolution, withdrawInvoice } from './trade/dispute';
import { acceptInvoice, approveInvoice, overrideNearDuplicate, submitInvoice } from './trade/invoice';
import { answerOrder, expireOrder, issueOrder } from './trade/order';
import { arriveShipment, dispatchShipment, receiveShipment } from './trade/shipment';

/** Every organisation tries every verb in every state of order, shipment and invoice: what the table does not allow is refused, and nothing is changed in place. */
const callers = [...new Set(Object.values(msp))];
const policy: ChannelPolicy = { ...defaultChannelPolicy, currencies: ['CNY'], voteThreshold: 4 };
const offer = { id: 'tx-2', expiresAt: later, at: now };

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

type Run<State extends string> = (state: State, caller: string) => { readonly state: string };

function everyRow<State extends string>(table: StateTable<State>, partyIn: (state: State, party: string) => string | undefined, runs: Readonly<Record<string, Run<State>>>): void {
  const states = [...new Set(table.transitions.flatMap(({ from, to, or = [] }) => [...from, to, ...or]))].filter((state) => state !== null);
  const cases = Object.entries(runs).flatMap(([verb, run]) => states.map((state) => [verb, state, run] as const));
  test.each(cases)(`${table.object}: %s, if it is %s`, (verb, state, run) => {
    const row = transitionOf(table, verb);
    const allowed = row.who.flatMap((party) => (party === 'anyone' ? callers : (partyIn(state, party) ?? [])));
    for (const caller of callers) {
      if (!row.from.includes(state) && (allowed.includes(caller) || allowed.length === 0)) expect(codeOf(() => run(state, caller))).toBe('WRONG_STATE');
      else if (!allowed.includes(caller)) expect(codeOf(() => run(state, caller))).toBe('NOT_A_PARTY');
      else expect([row.to, ...(row.or ?? [])]).toContain(run(state, caller).state);
    }
  });
  test(`${table.object}: no row is left out`, () => {
    expect(table.transitions.filter(({ verb, from }) => !(verb in runs) && from.some((state) => state !== null)).map(({ verb }) => verb)).toEqual([]);
  });
}

const parties: Readonly<Record<string, string>> = { obligor: msp.obligor, supplier: msp.supplier, carrier: msp.stranger };

everyRow<OrderState>(orderTable, (state, party) => (party === 'self' ? orderIn(state).proposal?.proposer : party === 'receiver' ? orderIn(state).proposal?.receiver : parties[party]), {
  acceptOrder: (state, caller) => answerOrder(frozen(orderIn(state)), 'acceptOrder', caller, now),
  refuseOrder: (state, caller) => answerOrder(frozen(orderIn(state)), 'refuseOrder', caller, now),
  expireOrder: (state, caller) => expireOrder(frozen(orderIn(state)), caller, later),
  proposeOrderAmendment: (state, caller) => proposeAmendment(frozen(orderIn(state)), orderTerms, delivered, policy, offer, caller),
  acceptOrderAmendment: (state, caller) => acceptAmendment(frozen(orderIn(state)), orderTerms, orderTerms, delivered, caller, now).order,
  proposeOrderCancellation: (state, caller) => proposeCancellation(frozen(orderIn(state)), untouched, offer, caller),
  acceptOrderCancellation: (state, caller) => acceptCancellation(frozen(orderIn(state)), untouched, caller, now),
  refuseOrderChange: (state, caller) => endOrderChange(frozen(orderIn(state)), 'refuseOrderChange', caller, now),
  withdrawOrderChange: (state, caller) => endOrderChange(frozen(orderIn(state)), 'withdrawOrderChange', caller, now),
  expireOrderChange: (state, caller) => endOrderChange(frozen(orderIn(state)), 'expireOrderChange', caller, later),
});

test('an order comes from its buyer, and goods and invoices only on an accepted one, from its supplier', () => {
  expect(issueOrder({ id: 'PO-1', obligor: msp.obligor, supplier: msp.supplier, expiresAt: later, at: now }, orderTerms, policy)).toMatchObject({ state: 'issued', version: 1 });
  expect(codeOf(() => issueOrder({ id: 'PO-1', obligor: msp.obligor, supplier: msp.obligor, expiresAt: later, at: now }, orderTerms, policy))).toBe('INVALID_INPUT');
  expect(codeOf(() => issueOrder({ id: 'PO-1', obligor: msp.obligor, supplier: msp.supplier, expiresAt: now, at: now }, orderTerms, policy))).toBe('EXPIRED');
  expect(codeOf(() => issueOrder({ id: 'PO-1', obligor: msp.obligor, supplier: msp.supplier, expiresAt: later, at: now }, { ...orderTerms, currency: 'USD' }, policy))).toBe('INVALID_INPUT');
  const lines = { lines: [{ line: 1, lot, quantity: '10', unit: 'KGM' }] };
  for (const state of ['issued', 'accepted', 'refused', 'expired', 'amendment proposed', 'cancellation proposed', 'cancelled'] as const) {
    for (const caller of callers) {
      const dispatch = () => dispatchShipment({ id: 'DA-1', carrier: msp.stranger, lots: [lot], shippingEvents: ['E-1'], shippedAt: earlier, at: now }, orderIn(state), untouched, lines, caller).shipment.state;
      const submit = (verb: 'submitInvoice' | 'selfBillInvoice') => () => submitInvoice({ verb, id: 'INV-1', order: orderIn(state), shipments: [], exceptions: [], fingerprints: [], taken: [], acceptanceDeadlineDays: 10, caller, at: now }).state;
      for (const [run, party, to] of [[dispatch, msp.supplier, 'dispatched'], [submit('submitInvoice'), msp.supplier, 'matched'], [submit('selfBillInvoice'), msp.obligor, 'matched']] as const) {
        if (caller !== party) expect(codeOf(run)).toBe('NOT_A_PARTY');
        else if (state !== 'accepted') expect(codeOf(run)).toBe('WRONG_STATE');
        else expect(run()).toBe(to);
      }
    }
  }
});

everyRow<ShipmentState>(shipmentTable, (_, party) => parties[party], {
  arriveShipment: (state, caller) => arriveShipment(frozen(shipmentIn(state)), ['E-2'], caller),
  receiveShipment: (state, caller) => receiveShipment(frozen(shipmentIn(state)), ['E-3'], { lines: [{ line: 1, lot, quantity: '100', unit: 'KGM' }] }, { lines: [{ line: 1, lot, unit: 'KGM', accepted: '100', rejected: '0' }] }, delivered, 0, caller).shipment,
});

const divided = divideTerms(invoiceTerms, [{ line: 1, quantity: '20', amount: '5000' }]);
const note = { number: 'CN-1', issueDate: '2026-03-01', amount: '5000', lines: [{ line: 1, quantity: '80', unit: 'KGM', unitPrice: '250', amount: '20000' }] };

everyRow<InvoiceState>(invoiceTable, (state, party) => (party === 'self' ? invoiceIn(state).proposal?.proposer : party === 'receiver' ? invoiceIn(state).proposal?.receiver : parties[party]), {
  rematchInvoice: (state, caller) => rematchInvoice(frozen(invoiceIn(state)), [], caller),
  proposeCreditNote: (state, caller) => proposeCreditNote(frozen(invoiceIn(state)), invoiceTerms, note, 'CN-1', offer, caller),
  acceptCreditNote: (state, caller) => acceptCreditNote(frozen(invoiceIn(state)), [], caller, now),
  proposeWaiver: (state, caller) => proposeWaiver(frozen(invoiceIn(state)), offer, caller),
  acceptWaiver: (state, caller) => acceptWaiver(frozen(invoiceIn(state)), caller, now),
  disputeInvoice: (state, caller) => {
    const { rest, part } = disputePart(frozen(invoiceIn(state)), { partId: 'INV-1-a', disputeId: 'tx-3', divided, exceptions: [] }, caller, now);
    expect(part).toMatchObject({ state: 'disputed', partOf: 'INV-1', dispute: { by: caller, at: now } });
    expect(disputeWhole(frozen(invoiceIn(state)), 'tx-3', caller, now).state).toBe('disputed');
    return rest;
  },
  proposeResolution: (state, caller) => proposeResolution(frozen(invoiceIn(state)), 'matched', offer, caller),
  acceptResolution: (state, caller) => acceptResolution(frozen(invoiceIn(state)), caller, now),
  refuseInvoiceChange: (state, caller) => endInvoiceChange(frozen(invoiceIn(state)), 'refuseInvoiceChange', caller, now),
  withdrawInvoiceChange: (state, caller) => endInvoiceChange(frozen(invoiceIn(state)), 'withdrawInvoiceChange', caller, now),
  expireInvoiceChange: (state, caller) => endInvoiceChange(frozen(invoiceIn(state)), 'expireInvoiceChange', caller, later),
  withdrawInvoice: (state, caller) => withdrawInvoice(frozen(invoiceIn(state)), caller),
  releaseInvoice: (state, caller) => releaseInvoice(frozen(invoiceIn(state)), 'C-1', caller),
  overrideNearDuplicate: (state, caller) => withCode(() => overrideNearDuplicate(frozen(invoiceIn(state)), 'a new delivery', caller)),
  approveInvoice: (state, caller) => withCode(() => approveInvoice(frozen(invoiceIn(state)), caller, 'maker')),
  acceptInvoice: (state, caller) => withCode(() => acceptInvoice(frozen(invoiceIn(state)), caller, 'checker', now)),
  issueCertificate: (state, caller) => withCode(() => certifyInvoice(frozen(invoiceIn(state)), 'C-2', msp.supplier, caller)),
});

test('maker and checker are two people, unless the organisation says that one may do both', () => {
  const approved = approveInvoice(invoiceIn('matched'), msp.obligor, 'maker');
  expect(codeOf(() => acceptInvoice(approved, msp.obligor, 'maker', now))).toBe('SAME_IDENTITY');
  for (const [identity, twoPeople] of [['checker', true], ['maker', false]] as const) expect(acceptInvoice(approved, msp.obligor, identity, now, twoPeople)).toMatchObject({ state: 'accepted', approvedBy: 'maker', acceptedAt: now });
});

test('what is wrong with the state of an invoice is said as closely as the catalogue can', () => {
  expect(codeOf(() => approveInvoice(invoiceIn('blocked'), msp.obligor, 'maker'))).toBe('NEAR_DUPLICATE');
  for (const state of ['accepted', 'certified'] as const) expect(codeOf(() => acceptInvoice(invoiceIn(state), msp.obligor, 'checker', now))).toBe('INVOICE_ALREADY_ACCEPTED');
  expect(codeOf(() => certifyInvoice(invoiceIn('certified'), 'C-2', msp.supplier, msp.obligor))).toBe('INVOICE_ALREADY_USED');
});

/** Acceptance says more closely why the state is wrong; what it says is tested beside its rules. */
function withCode<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { code } = error as { code: ErrorCode };
    if (['INVOICE_ALREADY_ACCEPTED', 'INVOICE_ALREADY_USED', 'NEAR_DUPLICATE'].includes(code)) Object.assign(error as object, { code: 'WRONG_STATE' });
    throw error;
  }
}
