import { mspIdOf } from '../support/organisations';
import type { Books, BookedPayment, Money } from './books';
import { sizeOf } from './plan/book';
import type { PlannedCertificate, PlannedPayment } from './plan/book';
import type { YearPlan } from './plan/year-plan';

/** Purposes of payments whose money the ledger tells to payer and payee. */
const told: readonly string[] = ['settlement', 'early settlement', 'payout', 'loan', 'escrow', 'escrow release', 'buy-back'];

/** The first thing that stands otherwise on the ledgers than in the plan; undefined: nothing does. */
export function firstDifference(plan: YearPlan, books: Books, committed: ReadonlyMap<string, number>): string | undefined {
  for (const difference of differences(plan, books, committed)) return difference;
  return undefined;
}

function* differences(plan: YearPlan, books: Books, committed: ReadonlyMap<string, number>): Generator<string> {
  yield* transitions(plan, committed);
  if (books.certificates.size !== plan.certificates.length) yield `the ledgers have ${books.certificates.size} certificates, the plan ${plan.certificates.length}`;
  const planned = new Set(plan.certificates.flatMap(({ holdings }) => holdings.map(({ id }) => id)));
  for (const id of books.holdings.keys()) if (!planned.has(id)) yield `the ledgers have a holding ${id}, the plan has none`;
  for (const certificate of plan.certificates) yield* certificateAndHoldings(certificate, books);
  for (const payment of plan.payments) yield* moneyPaid(payment, books.payments.get(payment.reference));
  yield* sums(plan, books);
  for (const [id, state] of plan.invoices) if (books.invoices.get(id) !== state) yield `invoice ${id} is ${books.invoices.get(id) ?? 'not there'}, planned ${state}`;
  for (const { id, state, owner, pledge } of plan.receipts) {
    const found = books.receipts.get(id);
    const [is, should] = [`${found?.state} of ${found?.owner}, its loan ${found?.pledge}`, `${state} of ${mspIdOf(owner)}, its loan ${pledge}`];
    if (is !== should) yield `receipt ${id} is ${is}; planned ${should}`;
  }
  if (books.disputedOrders.size !== plan.disputedDeals) yield `invoices of ${books.disputedOrders.size} orders were disputed, planned ${plan.disputedDeals}`;
  const late = plan.certificates.filter(({ paidLate }) => paidLate).length;
  if (books.paid.late !== late) yield `${books.paid.late} certificates were paid late, planned ${late}`;
}

/** Every verb committed exactly as often as planned. */
function* transitions(plan: YearPlan, committed: ReadonlyMap<string, number>): Generator<string> {
  for (const verb of new Set([...plan.transitions.keys(), ...committed.keys()])) {
    const [is, should] = [committed.get(verb) ?? 0, plan.transitions.get(verb) ?? 0];
    if (is !== should) yield `${verb} was committed ${is} times, planned ${should}`;
  }
}

function* certificateAndHoldings({ id, state, face, holdings }: PlannedCertificate, books: Books): Generator<string> {
  const certificate = books.certificates.get(id);
  if (certificate?.state !== state || certificate.face !== face) yield `certificate ${id} is ${certificate?.state ?? 'not there'} with a face of ${certificate?.face}; planned ${state}, ${face}`;
  let units = 0n;
  for (const holding of holdings) {
    const found = books.holdings.get(holding.id);
    const [is, should] = [found && `${found.state} of ${found.owner}, units ${found.range.from} to ${found.range.to}`, `${holding.state} of ${mspIdOf(holding.owner)}, units ${holding.from} to ${holding.to}`];
    if (is !== should || found?.certificateId !== id) yield `holding ${holding.id} of ${id} is ${is ?? 'not there'}; planned ${should}`;
    else if (found.state !== 'spent') units += found.range.amount;
    const payment = holding.redeemedBy === undefined ? undefined : books.payments.get(holding.redeemedBy);
    if ((found?.redeemedBy === undefined) !== (payment === undefined) || payment?.holdingIds.includes(holding.id) === false) yield `holding ${holding.id} was not redeemed by the payment ${holding.redeemedBy}`;
  }
  if (units !== face) yield `the holdings of ${id} are ${units} units, its face is ${face}`;
}

function* moneyPaid(planned: PlannedPayment, found: BookedPayment | undefined): Generator<string> {
  const { reference, purpose, holdingIds, paidTo } = planned;
  const [is, should] = [found && `${found.purpose} of ${[...found.holdingIds].sort().join(' ')} to ${found.paidTo}`, `${purpose} of ${[...holdingIds].sort().join(' ')} to ${mspIdOf(paidTo)}`];
  if (is !== should) yield `payment ${reference} is ${is ?? 'not there'}; planned ${should}`;
  if (!told.includes(purpose)) return;
  for (const [who, money] of [[planned.paidBy, found?.paidIn], [paidTo, found?.paidOut]] as const) {
    if (money?.amount !== planned.amount || money.lateFee !== planned.lateFee || money.discount !== planned.discount) yield `payment ${reference} (${purpose}) is ${moneyText(money)} at ${who}; planned ${moneyText(planned)}`;
  }
}

/** What every payee got for its ranges, to the minor unit: the redeemed ranges of the ledgers beside the plan. */
function* sums(plan: YearPlan, books: Books): Generator<string> {
  const add = (to: Map<string, bigint>, payee: string, amount: bigint) => to.set(payee, (to.get(payee) ?? 0n) + amount);
  const [is, should] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const byReference = new Map(plan.payments.map((payment) => [payment.reference, payment]));
  for (const { holdings } of plan.certificates) {
    for (const holding of holdings) {
      const payment = byReference.get(holding.redeemedBy ?? '');
      if (payment === undefined) continue;
      add(should, mspIdOf(payment.paidTo), sizeOf(holding));
      const found = books.holdings.get(holding.id);
      if (found?.state === 'redeemed') add(is, books.payments.get(payment.reference)?.paidTo ?? 'nobody', found.range.amount);
    }
  }
  for (const payee of new Set([...is.keys(), ...should.keys()])) if (is.get(payee) !== should.get(payee)) yield `${payee} was paid ${is.get(payee) ?? 0n} for its ranges, planned ${should.get(payee) ?? 0n}`;
}

function moneyText(money: Money | undefined): string {
  return money === undefined ? 'unknown' : `${money.amount} + ${money.lateFee} − ${money.discount}`;
}
