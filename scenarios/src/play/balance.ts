import type { AuditedLedger } from '@dualchain/client';
import type { LedgerObjects, SealedRecord } from '@dualchain/model';
import { DualchainError, recordKey } from '@dualchain/model';
import type { Stage } from './stage';

/** Units of a certificate and who holds them, or was paid for them. Minor units. */
export interface BalanceLine {
  readonly holdingId: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly amount: bigint;
  readonly owner: string;
  readonly state: string;
  /** To whom the settler paid it; undefined as long as nobody was. */
  readonly paidTo?: string | undefined;
}

/** A payment that the settler attested, in minor units. */
export interface PaymentLine {
  readonly purpose: 'payout' | 'settlement';
  readonly from: string;
  readonly to: string;
  readonly holdingIds: readonly string[];
  readonly amount: bigint;
}

/** What an organisation paid and got because of the certificate. Minor units. */
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
  readonly payments: readonly PaymentLine[];
  readonly cash: readonly CashLine[];
  /** What the obligor owed and paid: the face of a settled certificate. */
  readonly paidIn: bigint;
  /** What holders got of it, by the settler's payments. */
  readonly paidOut: bigint;
  /** Ranges cover 1 to the face once, each redeemed holding was paid once and to its owner, and paid in is paid out. */
  readonly balanced: boolean;
}

type Payment = LedgerObjects['payment'];

/**
 * Draws up the balance of the story's certificate from two ledgers that do not know of each other's sealed data: the
 * obligor's, which has face and ranges, and the settler's, which has the payments. Throws what reading them throws.
 */
export async function balanceOf(stage: Stage): Promise<Balance> {
  const { certificate } = stage.story;
  const [obligor, settler] = await Promise.all([stage.as(certificate.obligor), stage.as(certificate.settler)]);
  const { terms, state } = await obligor.certificates.openCertificate(certificate.id);
  if (terms === undefined) throw new DualchainError('OPENING_REQUIRED', `The obligor holds no terms of ${certificate.id}.`);
  const settled = await settler.audit.readOwnLedger();
  const attested = paymentsOf(settled).filter(({ certificateId }) => certificateId === certificate.id);
  const lines: BalanceLine[] = [];
  for await (const { id, state: holdingState, owner } of obligor.holdings.holdingsOf({ certificateId: certificate.id })) {
    if (holdingState === 'spent' || holdingState === 'cancelled') continue;
    const { range } = await obligor.holdings.openHolding(id);
    const paidTo = attested.find(({ purpose, holdingIds }) => purpose === 'settlement' && holdingIds.includes(id))?.paidTo;
    if (range !== undefined) lines.push({ holdingId: id, ...range, owner, state: holdingState, paidTo });
  }
  lines.sort((a, b) => (a.from < b.from ? -1 : 1));
  const payments = attested.map((payment) => toLine(payment, settled, stage.mspId(certificate.obligor)));
  const paidIn = state === 'settled' ? terms.face : 0n;
  const paidOut = sum(payments.filter(({ purpose }) => purpose === 'settlement').map(({ amount }) => amount));
  const paidHoldings = attested.filter(({ purpose }) => purpose === 'settlement').flatMap(({ holdingIds }) => holdingIds);
  const paidOnce = new Set(paidHoldings).size === paidHoldings.length && lines.every((line) => (line.state === 'redeemed' ? line.paidTo === line.owner : line.paidTo === undefined));
  return { face: terms.face, currency: terms.currency, lines, payments, cash: cashOf(payments), paidIn, paidOut, balanced: covers(lines, terms.face) && paidOnce && paidIn === paidOut };
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

/** What each organisation paid and got, in the order in which they first appear. */
export function cashOf(payments: readonly Pick<PaymentLine, 'from' | 'to' | 'amount'>[]): CashLine[] {
  const parties = [...new Set(payments.flatMap(({ from, to }) => [from, to]))];
  return parties.map((mspId) => ({
    mspId,
    paid: sum(payments.filter(({ from }) => from === mspId).map(({ amount }) => amount)),
    received: sum(payments.filter(({ to }) => to === mspId).map(({ amount }) => amount)),
  }));
}

function paymentsOf({ steps }: AuditedLedger): Payment[] {
  return steps.flatMap(({ changes }) => changes.flatMap((change) => (change.type === 'payment' && change.before === undefined && change.after !== undefined ? [change.after] : [])));
}

/** Amounts stand in the sealed records that were opened to the settler for this payment. */
function toLine({ purpose, holdingIds, paidTo, quoteId }: Payment, ledger: AuditedLedger, obligor: string): PaymentLine {
  if (purpose === 'settlement') return { purpose, from: obligor, to: paidTo, holdingIds, amount: sum(holdingIds.map((id) => rangeSize(recordOf(ledger, recordKey('holding', id))))) };
  if (purpose !== 'payout') throw new RangeError(`The story makes no payment with the purpose "${purpose}".`);
  const quote = quoteRecord(ledger, holdingIds[0] ?? '', quoteId ?? '');
  return { purpose, from: String(quote['financier']), to: paidTo, holdingIds, amount: BigInt(String(quote['payout'])) };
}

function quoteRecord({ steps }: AuditedLedger, holdingId: string, quoteId: string): SealedRecord {
  const found = steps.flatMap(({ records }) => records).findLast(({ after }) => after?.type === 'quote' && after['holdingId'] === holdingId && after.id.endsWith(quoteId))?.after;
  if (found === undefined) throw new DualchainError('OPENING_REQUIRED', `The settler was not shown the quote ${quoteId}.`);
  return found;
}

function recordOf({ steps }: AuditedLedger, key: string): SealedRecord {
  const found = steps.flatMap(({ records }) => records).findLast((record) => record.key === key && record.after !== undefined)?.after;
  if (found === undefined) throw new DualchainError('OPENING_REQUIRED', `The settler was not shown ${key}.`);
  return found;
}

function rangeSize(record: SealedRecord): bigint {
  return BigInt(String(record['to'])) - BigInt(String(record['from'])) + 1n;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
