import type { Dualchain, HoldingRange } from '../../client/src';
import type { AuditedNetwork } from '../support/audited-network';
import type { Actor, Slug } from '../support/network';
import { mspIdOf } from '../support/organisations';
import type { PlannedPayment } from './plan/book';
import { digestOf, SETTLER } from './plan/certificate';
import { maker } from './plan/step';
import type { YearPlan } from './plan/year-plan';

/** Questions under way at once. */
const QUESTIONS = 16;

export interface BookedHolding {
  readonly certificateId: string;
  readonly owner: string;
  readonly state: string;
  readonly redeemedBy: string | undefined;
  readonly range: HoldingRange;
}

/** What an organisation's own peer says of the money of one payment: units or price, fee on top, discount off. */
export interface Money {
  readonly amount: bigint;
  readonly lateFee: bigint;
  readonly discount: bigint;
}

export interface BookedPayment {
  readonly purpose: string;
  readonly paidTo: string;
  readonly holdingIds: readonly string[];
  /** By the one who paid, and by the one who was paid; undefined where the ledger does not say it to them. */
  readonly paidIn: Money | undefined;
  readonly paidOut: Money | undefined;
}

/** What the ledgers say when the year is over, each fact by the organisation that may read it. */
export interface Books {
  readonly certificates: ReadonlyMap<string, { readonly state: string; readonly face: bigint | undefined }>;
  readonly holdings: ReadonlyMap<string, BookedHolding>;
  /** By reference. */
  readonly payments: ReadonlyMap<string, BookedPayment>;
  readonly invoices: ReadonlyMap<string, string>;
  /** Orders of which an invoice is or was disputed. */
  readonly disputedOrders: ReadonlySet<string>;
  readonly receipts: ReadonlyMap<string, { readonly state: string; readonly owner: string; readonly pledge: string }>;
  /** Certificates by how they were paid, as the fairness reports of the obligors say. */
  readonly paid: { readonly inTime: number; readonly late: number };
}

const obligors: readonly Slug[] = ['brand', 'processor'];

/** Asks the SDK for all of it. */
export async function readBooks(network: AuditedNetwork, plan: YearPlan): Promise<Books> {
  await network.inStep();
  const as = (by: Slug | Actor) => network.as(typeof by === 'string' ? maker(by) : by);
  const certificates = new Map<string, { state: string; face: bigint | undefined }>();
  const holdings = new Map<string, BookedHolding>();
  const invoices = new Map<string, string>();
  const disputedOrders = new Set<string>();
  const paid = { inTime: 0, late: 0 };
  for (const slug of obligors) {
    const client = await as(slug);
    for await (const { id, state, terms } of client.certificates.certificates({ pageSize: 500 })) certificates.set(id, { state, face: terms?.face });
    for await (const { id, orderId, state, dispute, parts = [] } of client.invoices.invoices({ pageSize: 500 })) {
      invoices.set(id, state);
      if (dispute !== undefined || parts.length > 0) disputedOrders.add(orderId);
    }
    const report = await client.invoices.fairnessReport({ obligor: mspIdOf(slug) });
    paid.inTime += report.paid.inTime;
    paid.late += report.paid.late;
  }
  // Since a default the authority keeps the records in the obligor's place.
  for (const slug of [...obligors, 'regulator'] as const) {
    for await (const { id, certificateId, owner, state, redeemedBy, range } of (await as(slug)).holdings.myHoldings({ pageSize: 500 })) if (range !== undefined) holdings.set(id, { certificateId, owner, state, redeemedBy, range });
  }
  const clients = new Map<Slug, Dualchain>(await Promise.all((['brand', 'processor', 'farm', 'bank', 'factor', 'clearing', 'regulator'] as const).map(async (slug) => [slug, await as(slug)] as const)));
  const payments = new Map(await ask(plan.payments, async (payment) => [payment.reference, await bookOf(payment, (slug) => clients.get(slug), holdings)] as const));
  const regulator = await as('regulator');
  const receipts = new Map(
    await ask(plan.receipts, async ({ id, pledgeId }) => {
      const [{ state, owner }, { state: pledge }] = await Promise.all([regulator.receipts.requireReceipt(id), regulator.receiptPledges.requireReceiptPledge(pledgeId)]);
      return [id, { state, owner, pledge }] as const;
    }),
  );
  return { certificates, holdings, payments, invoices, disputedOrders, receipts, paid };
}

/** One payment as settler, payer and payee each have it. */
async function bookOf(planned: PlannedPayment, clientOf: (slug: Slug) => Dualchain | undefined, holdings: ReadonlyMap<string, BookedHolding>): Promise<BookedPayment> {
  const digest = digestOf(planned.reference);
  const [settler, payer, payee] = [clientOf(SETTLER), clientOf(planned.paidBy), clientOf(planned.paidTo)];
  if (settler === undefined) throw new RangeError('The year needs its settler.');
  const { purpose, paidTo, holdingIds, quoteId, loanId } = await settler.settlements.openPayment(digest);
  const money = (client: Dualchain | undefined): Promise<Money | undefined> => moneyOf(client, { digest, holdingId: holdingIds[0] ?? '', quoteId, loanId });
  if (purpose !== 'escrow release' && purpose !== 'buy-back') return { purpose, paidTo, holdingIds, paidIn: await money(payer), paidOut: await money(payee) };
  // No amount is told with these: they are for the units of the holdings.
  const amount = holdingIds.reduce((sum, id) => sum + (holdings.get(id)?.range.amount ?? 0n), 0n);
  const units = { amount, lateFee: 0n, discount: 0n };
  return { purpose, paidTo, holdingIds, paidIn: units, paidOut: units };
}

/** What one organisation knows of the money: from the payment itself, the quote or the loan that it paid. */
async function moneyOf(client: Dualchain | undefined, { digest, holdingId, quoteId, loanId }: { readonly digest: string; readonly holdingId: string; readonly quoteId: string | undefined; readonly loanId: string | undefined }): Promise<Money | undefined> {
  if (client === undefined) return undefined;
  if (quoteId !== undefined) {
    const { terms } = await client.quotes.openQuote({ holdingId, quoteId });
    return terms && { amount: terms.payout, lateFee: 0n, discount: 0n };
  }
  if (loanId !== undefined) {
    const { terms } = await client.holdings.openLoan(loanId);
    return terms && { amount: terms.principal, lateFee: 0n, discount: 0n };
  }
  const { terms } = await client.settlements.openPayment(digest);
  return terms && { amount: terms.amount, lateFee: terms.lateFee, discount: terms.discount };
}

/** Asks about each, a bounded number at once. */
async function ask<Item, Answer>(items: readonly Item[], question: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  const queue = items.entries();
  const asker = async () => {
    for (const [index, item] of queue) answers[index] = await question(item);
  };
  await Promise.all(Array.from({ length: QUESTIONS }, asker));
  return answers;
}
