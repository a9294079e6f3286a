import Table from 'cli-table3';
import colours from 'picocolors';
import type { BookedPayment, Money } from './books';
import type { YearPlan } from './plan/year-plan';
import type { PlayedYear } from './year';

const frame = { 'top': '', 'top-mid': '', 'top-left': '', 'top-right': '', 'bottom': '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', 'left': '  ', 'left-mid': '', 'mid': '', 'mid-mid': '', 'right': '', 'right-mid': '', 'middle': '   ' };
/** Verbs beside each other on a line. */
const COLUMNS = 3;

type Cell = string | number | bigint;

function table(head: readonly string[], rows: readonly (readonly Cell[])[], left = 1): string {
  const made = new Table({ head: head.map((each) => colours.dim(each)), chars: frame, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }, colAligns: head.map((_, column) => (column % (head.length / left) === 0 ? 'left' : 'right')) });
  made.push(...rows.map((row) => row.map(text)));
  return made.toString();
}

function text(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.toLocaleString('en-GB');
}

/** Minor units as money. */
function cny(minor: bigint): string {
  return `${(minor / 100n).toLocaleString('en-GB')}.${(minor % 100n).toString().padStart(2, '0')}`;
}

/** What a year was, for people. */
export function yearText(plan: YearPlan, year: PlayedYear, seconds: number): string {
  return [
    heading('Transitions'), transitionsText(year), '',
    heading('Certificates'), certificatesText(plan, year), '',
    heading('Shares, as the ledgers say'), sharesText(plan, year), '',
    heading('Money through Yuzhong Clearing Bank (CNY)'), moneyText(year), '',
    heading('Auditors'), auditorsText(year), '',
    verdict(year, seconds), '',
  ].join('\n');
}

function heading(title: string): string {
  return colours.bold(title);
}

function transitionsText({ committed }: PlayedYear): string {
  const verbs = [...committed].sort(([a], [b]) => a.localeCompare(b));
  const height = Math.ceil(verbs.length / COLUMNS);
  const rows = Array.from({ length: height }, (_, row) => Array.from({ length: COLUMNS }, (_, column) => verbs[column * height + row] ?? ['', '']).flat());
  return table(Array.from({ length: COLUMNS }, () => ['verb', 'committed']).flat(), rows, COLUMNS);
}

function certificatesText(plan: YearPlan, { books }: PlayedYear): string {
  const lives = [...plan.lives].sort(([, a], [, b]) => b - a);
  const certificates = [...tally([...books.certificates.values()].map(({ state }) => state))];
  const holdings = [...tally([...books.holdings.values()].map(({ state }) => state))].sort(([, a], [, b]) => b - a);
  const height = Math.max(lives.length, certificates.length, holdings.length);
  const rows = Array.from({ length: height }, (_, row) => [certificates[row] ?? ['', ''], holdings[row] ?? ['', ''], lives[row] ?? ['', '']].flat());
  return table(['state at the end', 'certificates', 'state at the end', 'holdings', 'what became of it', 'certificates'], rows, 3);
}

function sharesText(plan: YearPlan, { books, committed }: PlayedYear): string {
  const all = plan.certificates.length;
  const percent = (count: number) => `${((100 * count) / all).toFixed(1)} %`;
  const late = plan.certificates.filter(({ paidLate }) => paidLate).length;
  const defaulted = [...books.certificates.values()].filter(({ state }) => state === 'defaulted').length;
  return table(['', 'planned', 'on the ledgers', 'share'], [
    ['deals with a disputed invoice', plan.disputedDeals, books.disputedOrders.size, percent(books.disputedOrders.size)],
    ['certificates paid late', late, books.paid.late, percent(books.paid.late)],
    ['certificates paid in time', '', books.paid.inTime, percent(books.paid.inTime)],
    ['certificates defaulted', plan.certificates.filter(({ state }) => state === 'defaulted').length, defaulted, percent(defaulted)],
    ['recalls', plan.recalls, committed.get('openRecall') ?? 0, ''],
  ]);
}

function moneyText({ books }: PlayedYear): string {
  const groups = new Map<string, BookedPayment[]>();
  for (const payment of books.payments.values()) groups.set(payment.purpose, [...(groups.get(payment.purpose) ?? []), payment]);
  const rows: Cell[][] = [];
  let [paidIn, paidOut] = [0n, 0n];
  for (const [purpose, payments] of [...groups].sort(([, a], [, b]) => b.length - a.length)) {
    // Into escrow money only comes, out of it it only goes.
    const comes = purpose === 'escrow release' ? 0n : sum(payments.map((payment) => payment.paidIn));
    const goes = purpose === 'escrow' ? 0n : sum(payments.map((payment) => payment.paidOut));
    if (comes === undefined || goes === undefined) {
      rows.push([purpose, payments.length, 'not told', 'not told']);
      continue;
    }
    paidIn += comes;
    paidOut += goes;
    rows.push([purpose, payments.length, cny(comes), cny(goes)]);
  }
  rows.push([colours.bold('all'), books.payments.size, colours.bold(cny(paidIn)), colours.bold(cny(paidOut))]);
  return table(['', 'payments', 'paid in, say the payers', 'paid out, say the payees'], rows);
}

function sum(amounts: readonly (Money | undefined)[]): bigint | undefined {
  let all = 0n;
  for (const money of amounts) {
    if (money === undefined) return undefined;
    all += money.amount + money.lateFee - money.discount;
  }
  return all;
}

function auditorsText({ reports }: PlayedYear): string {
  return table(
    ['ledger of', 'blocks', 'transactions', 'facts checked', 'could not see', ''],
    reports.map(({ mspId, height, transactions, verdicts, holds }) => [mspId, height, transactions, verdicts.reduce((all, { checked }) => all + checked, 0), verdicts.reduce((all, { unseen }) => all + unseen, 0), holds ? colours.green('clean') : colours.red(`broken: ${verdicts.filter((verdict) => !verdict.holds).map(({ invariant }) => invariant).join(', ')}`)]),
  );
}

function verdict({ committed, difference, repeated, reports }: PlayedYear, seconds: number): string {
  const transitions = [...committed.values()].reduce((all, count) => all + count, 0);
  const rate = `${transitions.toLocaleString('en-GB')} transitions in ${seconds.toFixed(0)} s (${(transitions / seconds).toFixed(1)} a second, ${repeated} proposals repeated)`;
  if (difference !== undefined) return colours.red(`${rate}. NOT as planned: ${difference}.`);
  return colours.green(`${rate}. Every certificate, holding, payment and invoice stands as planned, and all ${reports.length} ledgers are clean.`);
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
