import { DualchainError } from '@dualchain/model';
import type { Stage } from './stage';

/** What became of a range of units, in minor units. */
export interface BalanceLine {
  readonly holdingId: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly amount: bigint;
  readonly owner: string;
  readonly state: string;
}

/** What an organisation paid and got, in minor units. */
export interface CashLine {
  readonly mspId: string;
  readonly paid: bigint;
  readonly received: bigint;
}

/** Every unit of a certificate, and every payment that it caused. */
export interface Balance {
  readonly face: bigint;
  readonly currency: string;
  /** Unspent and redeemed holdings in the order of their units. */
  readonly lines: readonly BalanceLine[];
  readonly cash: readonly CashLine[];
  readonly paidIn: bigint;
  readonly paidOut: bigint;
  /** Whether the ranges cover 1 to the face without gap or overlap, and what was paid in was paid out. */
  readonly balanced: boolean;
}

/**
 * Draws up the balance of the story's certificate from what its parties can read: ranges at the obligor, prices at
 * seller and financier. Throws what the queries throw.
 */
export async function balanceOf(stage: Stage): Promise<Balance> {
  const { certificate, financing } = stage.story;
  const obligor = await stage.as(certificate.obligor);
  const { terms } = await obligor.certificates.openCertificate(certificate.id);
  if (terms === undefined) throw new DualchainError('OPENING_REQUIRED', `The obligor holds no terms of ${certificate.id}.`);
  const lines: BalanceLine[] = [];
  for await (const { id, state } of obligor.holdings.holdingsOf({ certificateId: certificate.id })) {
    if (state === 'spent' || state === 'cancelled') continue;
    const { range, owner } = await obligor.holdings.openHolding(id);
    if (range !== undefined) lines.push({ holdingId: id, ...range, owner, state });
  }
  lines.sort((a, b) => (a.from < b.from ? -1 : 1));
  const payments = lines.filter(({ state }) => state === 'redeemed').map(({ owner, amount }) => ({ from: stage.mspId(certificate.obligor), to: owner, amount }));
  const quote = await (await stage.as(financing.owner)).quotes.openQuote({ holdingId: financing.holding, quoteId: financing.accepted });
  if (quote.terms !== undefined && quote.state === 'paid out') payments.push({ from: quote.financier, to: quote.owner, amount: quote.terms.payout });
  const cash = cashOf(payments);
  const paidIn = sum(cash.map(({ paid }) => paid));
  const paidOut = sum(cash.map(({ received }) => received));
  return { face: terms.face, currency: terms.currency, lines, cash, paidIn, paidOut, balanced: covers(lines, terms.face) && paidIn === paidOut };
}

/** Whether ranges cover 1 to the face, each unit once. */
export function covers(lines: readonly Pick<BalanceLine, 'from' | 'to'>[], face: bigint): boolean {
  let next = 1n;
  for (const { from, to } of [...lines].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (from !== next || to < from) return false;
    next = to + 1n;
  }
  return next === face + 1n;
}

function cashOf(payments: readonly { readonly from: string; readonly to: string; readonly amount: bigint }[]): CashLine[] {
  const parties = [...new Set(payments.flatMap(({ from, to }) => [from, to]))];
  return parties.map((mspId) => ({
    mspId,
    paid: sum(payments.filter(({ from }) => from === mspId).map(({ amount }) => amount)),
    received: sum(payments.filter(({ to }) => to === mspId).map(({ amount }) => amount)),
  }));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
