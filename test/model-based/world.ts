import type { ModelCertificate, ModelCreditLine, ModelDispute, ModelEarlyOffer, ModelFreeze, ModelHolding, ModelInspection, ModelInvoice, ModelLoan, ModelMotion, ModelOrder, ModelPayment, ModelQuote, ModelReceiptFreeze, ModelReservation } from './objects';
import type { ModelLot, ModelReceipt, ModelReceiptPledge } from './stored-goods';

/** Milliseconds after which the end of something is out of sight of a sequence. */
export const DAY = 86_400_000;

/** Everything that one random sequence made, in plain objects: what the ledger must say is read off here. */
export class World {
  readonly orders: ModelOrder[] = [];
  readonly invoices: ModelInvoice[] = [];
  readonly certificates: ModelCertificate[] = [];
  readonly holdings: ModelHolding[] = [];
  readonly quotes: ModelQuote[] = [];
  readonly loans: ModelLoan[] = [];
  readonly earlyOffers: ModelEarlyOffer[] = [];
  readonly disputes: ModelDispute[] = [];
  readonly creditLines: ModelCreditLine[] = [];
  readonly reservations: ModelReservation[] = [];
  readonly payments: ModelPayment[] = [];
  readonly inspections: ModelInspection[] = [];
  readonly freezes: ModelFreeze[] = [];
  readonly receiptFreezes: ModelReceiptFreeze[] = [];
  readonly motions: ModelMotion[] = [];
  readonly lots: ModelLot[] = [];
  readonly receipts: ModelReceipt[] = [];
  readonly receiptPledges: ModelReceiptPledge[] = [];
  /** Number of the sequence on its network. Ids, prices and dates of invoices contain it, so that no two sequences meet. */
  readonly number: number;
  /** Whether the first certificate falls due within the sequence. */
  readonly dueSoon: boolean;
  readonly #began = Date.now();
  #serial = 0;
  #steps = 0;

  constructor(number: number, dueSoon: boolean) {
    this.number = number;
    this.dueSoon = dueSoon;
  }

  /** Told before each step. */
  step(): void {
    this.#steps += 1;
  }

  /** Milliseconds that are a few steps of this sequence, however fast the machine is: what is to end within it ends then. */
  soon(): number {
    return 2_000 + (8 * (Date.now() - this.#began)) / Math.max(1, this.#steps);
  }

  /** A new number, unique in this sequence. */
  serial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** A new id of this kind: the 12th of the 7th sequence is `C-7-12`. */
  id(kind: string): string {
    return `${kind}-${this.number}-${this.serial()}`;
  }

  holdingsOf(certificate: ModelCertificate): ModelHolding[] {
    return this.holdings.filter((holding) => holding.certificate === certificate);
  }
}
