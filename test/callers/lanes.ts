import type { Dualchain } from '../../client/src';
import { ahead } from '../support/deal';
import type { Slug, TestNetwork, User } from '../support/network';
import { newTrade, termsOf, invoiceOf } from '../trade/goods';
import type { Trade } from '../trade/goods';
import type { Stage } from './stage';

export const HOUR = 3_600_000;

/** What a lane plays with. Lanes run at the same time, each with objects of its own. */
export interface Cast {
  readonly network: TestNetwork;
  readonly as: (slug: Slug, user?: User) => Promise<Dualchain>;
  readonly msp: (slug: Slug) => string;
  /** Played to the end; afterwards every organisation has it. */
  readonly done: <Result>(played: Promise<Result>) => Promise<Result>;
  /** Endorsed, tried by all wrong callers, and not sent. */
  readonly tried: (...calls: readonly (() => Promise<unknown>)[]) => Promise<void>;
  /** An expiry that comes soon, and not before so many steps are played on this machine. */
  readonly soon: (steps?: number) => Date;
}

export function castOf(network: TestNetwork, stage: Stage): Cast {
  const steps: number[] = [];
  return {
    network,
    soon: (count = 2) => {
      const recent = steps.slice(-30);
      return ahead(1_500 + 2 * count * Math.max(200, recent.reduce((sum, step) => sum + step, 0) / Math.max(1, recent.length)));
    },
    as: (slug, user) => network.as(slug, user),
    msp: (slug) => network.mspId(slug),
    done: async (played) => {
      const began = Date.now();
      const result = await played;
      await network.inStep();
      steps.push(Date.now() - began);
      return result;
    },
    tried: async (...calls) => void (await Promise.all(calls.map((call) => stage.tried(call)))),
  };
}

/** An accepted two-way order of 100 kg from the processor. */
export async function order({ network, as, msp, done }: Cast): Promise<Trade> {
  const trade = newTrade(network, 'two-way');
  const { orderId } = trade;
  await done((await as('brand')).orders.issueOrder({ orderId, supplier: msp('processor'), expiresAt: ahead(HOUR), ...termsOf(trade) }));
  await done((await as('processor')).orders.acceptOrder({ orderId }));
  return trade;
}

/** An accepted invoice over 100 kg, and the ids of a certificate over it. */
export interface Due {
  readonly invoiceId: string;
  readonly certificateId: string;
  readonly holdingId: string;
  readonly face: bigint;
  readonly part: (name: string) => string;
}

export async function owed(cast: Cast): Promise<Due> {
  const { network, as, done } = cast;
  const trade = await order(cast);
  const input = invoiceOf(network, trade, []);
  const { invoiceId, total } = input;
  await done((await as('processor')).invoices.submitInvoice(input));
  await done((await as('brand')).invoices.approveInvoice({ invoiceId }));
  await done((await as('brand', 'checker')).invoices.acceptInvoice({ invoiceId }));
  const holdingId = `H-${trade.name}`;
  return { invoiceId, certificateId: `C-${trade.name}`, holdingId, face: total, part: (name) => `${holdingId}-${name}` };
}

export function certificateOf({ msp }: Cast, { certificateId, invoiceId, holdingId }: Due, dueDate = ahead(30 * 24 * HOUR)) {
  return { certificateId, supplier: msp('processor'), settler: msp('clearing'), invoiceIds: [invoiceId], dueDate, firstHoldingId: holdingId };
}

/** An active certificate; its first holding is cut into the parts that are named. */
export async function claim(cast: Cast, names: readonly string[] = [], dueDate?: () => Date): Promise<Due> {
  const { as, done } = cast;
  const due = await owed(cast);
  const { certificateId, holdingId, face, part } = due;
  await done((await as('brand')).certificates.issueCertificate(certificateOf(cast, due, dueDate?.())));
  await done((await as('brand', 'checker')).certificates.confirmCertificate({ certificateId }));
  await done((await as('processor')).certificates.acceptCertificate({ certificateId }));
  if (names.length === 0) return due;
  const each = face / BigInt(names.length);
  await done((await as('processor')).holdings.splitHolding({ holdingId, parts: names.map((name, index) => ({ holdingId: part(name), amount: index === 0 ? face - each * BigInt(names.length - 1) : each })) }));
  return due;
}

/** One sale of a holding to a financier, from the request to the pay-out. */
export async function sell(cast: Cast, holdingId: string, from: Slug, to: Slug, recourse: 'with' | 'without' = 'with', upTo: 'requested' | 'locked' | 'paid' = 'paid'): Promise<string> {
  const { as, msp, done } = cast;
  const [owner, financier, clearing] = [await as(from), await as(to), await as('clearing')];
  const quoteId = `Q-${holdingId}-${to}`;
  await done(owner.holdings.requestQuotes({ holdingId, financiers: [msp(to)], recourse, expiresAt: ahead(HOUR) }));
  if (upTo === 'requested') return quoteId;
  const { range } = await financier.holdings.openHolding(holdingId);
  await done(financier.quotes.submitQuote({ holdingId, quoteId, expiresAt: ahead(HOUR), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: range!.amount - 10n }));
  await done(owner.quotes.acceptQuote({ holdingId, quoteId }));
  if (upTo === 'locked') return quoteId;
  await done(owner.holdings.openPayout({ holdingId, quoteId }));
  await done(clearing.holdings.confirmPayout({ holdingId, quoteId, paymentReference: `PAY-${quoteId}`, registrationReference: `REG-${quoteId}` }));
  return quoteId;
}

/** A loan of the bank against a holding of the processor. */
export async function pledge(cast: Cast, holdingId: string, upTo: 'drafted' | 'offered' | 'locked' | 'paid' = 'paid', times: { readonly expiresAt?: Date; readonly loanDueAt?: Date; readonly name?: string } = {}): Promise<string> {
  const { as, msp, done } = cast;
  const [owner, bank, clearing] = [await as('processor'), await as('bank'), await as('clearing')];
  const loanId = `L-${holdingId}${times.name ?? ''}`;
  await done(owner.holdings.draftLoan({ loanId, holdingId, financier: msp('bank'), loanDueAt: times.loanDueAt ?? ahead(2 * HOUR), principal: 1_017n, rateBps: 500 }));
  if (upTo === 'drafted') return loanId;
  await done(owner.holdings.offerPledge({ holdingId, loanId, expiresAt: times.expiresAt ?? ahead(HOUR) }));
  if (upTo === 'offered') return loanId;
  await done(bank.holdings.acceptPledge({ holdingId }));
  if (upTo === 'locked') return loanId;
  await done(clearing.holdings.confirmLoan({ holdingId, loanId, paymentReference: `PAY-${loanId}`, registrationReference: `REG-${loanId}` }));
  return loanId;
}

/** An order by one organisation from another: the reason for passing a claim on, or for netting it. */
export async function bought({ as, msp, done }: Cast, from: Slug, by: Slug, orderId: string): Promise<{ readonly type: 'order'; readonly id: string }> {
  await done((await as(by)).orders.issueOrder({ orderId, supplier: msp(from), expiresAt: ahead(HOUR), currency: 'CNY', matchPolicy: 'two-way', lines: [{ line: 1, gtin: '09524001200012', quantity: '10', unit: 'KGM', unitPrice: 10_000n }] }));
  return { type: 'order', id: orderId };
}
