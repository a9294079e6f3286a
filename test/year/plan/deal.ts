import type { CertificateState, HoldingState } from '../../../model/src';
import { liveHoldingStates } from '../../../model/src';
import type { Slug } from '../../support/network';
import type { Random } from '../random';
import type { PlannedHolding, PlannedInvoice, PlannedPayment } from './book';
import { sizeOf } from './book';
import type { Calendar } from './calendar';
import { Script } from './step';

/** What is settled about a deal before its steps are planned. */
export interface DealShape {
  readonly number: number;
  readonly obligor: Slug;
  readonly supplier: Slug;
  /** Week of the order. */
  readonly start: number;
  /** Weeks from the issue of the certificate to its due date. */
  readonly tenor: number;
}

/** One deal from order to the end of its certificate: its steps, and what the ledger must say when they are done. */
export class Deal extends Script {
  readonly calendar: Calendar;
  readonly random: Random;
  readonly obligor: Slug;
  readonly supplier: Slug;
  readonly tenor: number;
  readonly certificateId: string;
  readonly orderId: string;
  readonly firstHoldingId: string;
  /** Goods behind the invoices, if they are shipped under the eyes of the ledger. */
  readonly lot: string | undefined;
  readonly invoices: PlannedInvoice[] = [];
  readonly holdings: PlannedHolding[] = [];
  readonly payments: PlannedPayment[] = [];
  /** Minor units a kilogram. */
  readonly unitPrice: bigint;
  disputed = false;
  face = 0n;
  due = 0;
  issued = 0;
  state: CertificateState = 'proposed';
  paidLate = false;
  inspected = false;

  constructor({ number, obligor, supplier, start, tenor }: DealShape, { calendar, random, unitPrice, lot }: { readonly calendar: Calendar; readonly random: Random; readonly unitPrice: bigint; readonly lot: string | undefined }) {
    super(`D${number}`, start);
    this.calendar = calendar;
    this.random = random;
    this.obligor = obligor;
    this.supplier = supplier;
    this.tenor = tenor;
    this.unitPrice = unitPrice;
    this.lot = lot;
    this.certificateId = `C-${this.name}`;
    this.orderId = `PO-${this.name}`;
    this.firstHoldingId = `H-${this.name}`;
  }

  /** Some weeks pass, as long as the certificate stays before its due date. */
  pass(weeks: number): void {
    this.week = Math.max(this.week, Math.min(this.week + weeks, this.due - 1));
  }

  holding(id: string): PlannedHolding {
    const found = this.holdings.find((holding) => holding.id === id);
    if (found === undefined) throw new RangeError(`The plan of ${this.name} has no holding ${id}.`);
    return found;
  }

  live(): PlannedHolding[] {
    return this.holdings.filter(({ state }) => liveHoldingStates.includes(state));
  }

  /** A new holding of these units. */
  add(from: bigint, to: bigint, owner: Slug, state: HoldingState, id = this.id('H')): PlannedHolding {
    const holding: PlannedHolding = { id, from, to, owner, state };
    this.holdings.push(holding);
    return holding;
  }

  /** A payment by the settler, under a reference of its own. */
  pay(purpose: PlannedPayment['purpose'], paidBy: Slug, paidTo: Slug, holdings: readonly PlannedHolding[], more: Partial<Pick<PlannedPayment, 'amount' | 'lateFee' | 'discount' | 'quoteId'>> = {}): string {
    const reference = this.id('PAY');
    this.payments.push({ reference, purpose, paidBy, paidTo, holdingIds: holdings.map(({ id }) => id), amount: holdings.reduce((sum, each) => sum + sizeOf(each), 0n), lateFee: 0n, discount: 0n, ...more });
    return reference;
  }

  /** The other organisation that buys and sells here: neither the owner nor the obligor. */
  partnerOf(owner: Slug): Slug {
    const traders: readonly Slug[] = ['processor', 'farm', 'brand'];
    return traders.find((slug) => slug !== owner && slug !== this.obligor) ?? 'farm';
  }
}
