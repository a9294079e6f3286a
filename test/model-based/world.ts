import type { CertificateState, HoldingState, InvoiceState, OrderState, QuoteState } from '../../model/src';
import type { Slug } from '../support/network';

/** What the plain model knows of an order. It is between two parties and needs no goods: it is matched two-way. */
export interface ModelOrder {
  readonly id: string;
  readonly obligor: Slug;
  readonly supplier: Slug;
  readonly quantity: bigint;
  readonly unitPrice: bigint;
  readonly expiresAt: number;
  state: OrderState;
  invoiced: bigint;
}

export interface ModelInvoice {
  readonly id: string;
  readonly order: ModelOrder;
  /** Minor units. */
  readonly total: bigint;
  state: InvoiceState;
  /** `slug/user` of the maker. */
  approvedBy?: string;
  certificateId?: string;
}

export interface ModelCertificate {
  readonly id: string;
  readonly obligor: Slug;
  readonly supplier: Slug;
  readonly settler: Slug;
  readonly invoices: readonly ModelInvoice[];
  readonly face: bigint;
  readonly dueAt: number;
  readonly firstHoldingId: string;
  readonly proposedBy: string;
  state: CertificateState;
}

export interface ModelProposal {
  /** Tells one proposal from an earlier one on the same holding. */
  readonly serial: number;
  readonly kind: 'transfer' | 'quotes' | 'finance';
  readonly prior: HoldingState;
  readonly expiresAt: number;
  readonly receiver?: Slug;
  readonly financiers?: readonly Slug[];
  readonly recourse?: 'with' | 'without';
  readonly quoteId?: string;
  readonly financier?: Slug;
  /** Whether the settler was shown the deal. */
  opened?: boolean;
}

export interface ModelHolding {
  readonly id: string;
  readonly certificate: ModelCertificate;
  readonly from: bigint;
  readonly to: bigint;
  owner: Slug;
  state: HoldingState;
  proposal?: ModelProposal | undefined;
  /** Changes of owner, those of the holdings that it was made of included. */
  tier: number;
  /** Whether the settler was shown its terms. */
  presented?: boolean;
}

export interface ModelQuote {
  readonly id: string;
  readonly holding: ModelHolding;
  readonly financier: Slug;
  readonly request: number;
  readonly expiresAt: number;
  state: QuoteState;
}

/** A payment reference that was used, with what for: again for the same is no change, for something else refused. */
export interface ModelPayment {
  readonly reference: string;
  readonly settler: Slug;
  readonly what: string;
}

/** The inspector's word on a certificate. */
export interface ModelInspection {
  readonly id: string;
  readonly certificate: ModelCertificate;
  revoked: boolean;
}

/** An order of the authority over one certificate or one holding. */
export interface ModelFreeze {
  readonly orderId: string;
  readonly certificate: ModelCertificate;
  /** Undefined: the whole certificate. */
  readonly holding: ModelHolding | undefined;
  readonly endsAt: number;
  lifted: boolean;
}

/** Everything that one random sequence made, in plain objects: what the ledger must say is read off here. */
export class World {
  readonly orders: ModelOrder[] = [];
  readonly invoices: ModelInvoice[] = [];
  readonly certificates: ModelCertificate[] = [];
  readonly holdings: ModelHolding[] = [];
  readonly quotes: ModelQuote[] = [];
  readonly payments: ModelPayment[] = [];
  readonly inspections: ModelInspection[] = [];
  readonly freezes: ModelFreeze[] = [];
  /** Distinguishes the ids of this sequence from those of all others on the same ledger. */
  readonly prefix: string;
  /** Number of the sequence; prices differ by it, so that no invoice looks like one of another sequence. */
  readonly number: number;
  /** Whether the first certificate falls due within the sequence. */
  readonly dueSoon: boolean;
  readonly #began = Date.now();
  #serial = 0;
  #steps = 0;

  constructor(prefix: string, number: number, dueSoon: boolean) {
    this.prefix = prefix;
    this.number = number;
    this.dueSoon = dueSoon;
  }

  /** Told before each step. */
  step(): void {
    this.#steps += 1;
  }

  /** Milliseconds that are a few steps of this sequence, however fast the machine is: what is to end within it ends then. */
  soon(): number {
    return 6_000 + (8 * (Date.now() - this.#began)) / Math.max(1, this.#steps);
  }

  /** A new number, unique in this sequence. */
  serial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** A new id of this kind: `C-a7-12`. */
  id(kind: string): string {
    return `${kind}-${this.prefix}-${this.serial()}`;
  }

  holdingsOf(certificate: ModelCertificate): ModelHolding[] {
    return this.holdings.filter((holding) => holding.certificate === certificate);
  }
}

/** Minor units of a holding. */
export function sizeOf({ from, to }: Pick<ModelHolding, 'from' | 'to'>): bigint {
  return to - from + 1n;
}
