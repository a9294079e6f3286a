import type { BenchNetwork } from './network/bench-network';

const DAY = 86_400_000;
/** Price and quantity give a face large enough for any number of holdings. */
const UNIT_PRICE = 1_000_000n;
const QUANTITY = 1_000n;
/** Parts that one split may make. */
const MOST_PARTS = 20;
/** Preparing calls at once. */
const PREPARING = 32;

/** A time so many milliseconds ahead of now. */
export const ahead = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** An active certificate of the brand for the processor, and the free holding that the processor has not divided yet. */
export class Claims {
  /** The processor's order from the farm: the reason for passing a claim on. */
  readonly upstreamOrderId = 'PO-BENCH-F';
  readonly #network: BenchNetwork;
  #rest = { holdingId: 'H-BENCH', amount: UNIT_PRICE * QUANTITY };
  #holdings = 0;

  private constructor(network: BenchNetwork) {
    this.#network = network;
  }

  /** Trades from order to certificate; for a network that was just founded. */
  static async create(network: BenchNetwork): Promise<Claims> {
    const claims = new Claims(network);
    const [brand, checker, processor] = [await network.as('brand'), await network.as('brand', 'checker'), await network.as('processor')];
    const [orderId, invoiceId, certificateId] = ['PO-BENCH', 'INV-BENCH', 'C-BENCH'];
    const line = { line: 1, quantity: QUANTITY.toString(), unit: 'KGM', unitPrice: UNIT_PRICE };
    const order = { expiresAt: ahead(30 * DAY), currency: 'CNY', matchPolicy: 'two-way' as const };
    await brand.orders.issueOrder({ ...order, orderId, supplier: network.mspId('processor'), lines: [{ ...line, gtin: '09524002500012' }] });
    await processor.orders.acceptOrder({ orderId });
    await processor.orders.issueOrder({ ...order, orderId: claims.upstreamOrderId, supplier: network.mspId('farm'), lines: [{ ...line, gtin: '09524001200012' }] });
    const total = UNIT_PRICE * QUANTITY;
    await processor.invoices.submitInvoice({ invoiceId, orderId, shipmentIds: [], number: 'BENCH-1', issueDate: new Date().toISOString().slice(0, 10), currency: 'CNY', lines: [{ ...line, amount: total }], total });
    await brand.invoices.approveInvoice({ invoiceId });
    await checker.invoices.acceptInvoice({ invoiceId });
    await brand.certificates.issueCertificate({ certificateId, supplier: network.mspId('processor'), settler: network.mspId('clearing'), invoiceIds: [invoiceId], dueDate: ahead(30 * DAY), firstHoldingId: claims.#rest.holdingId });
    await checker.certificates.confirmCertificate({ certificateId });
    await processor.certificates.acceptCertificate({ certificateId });
    return claims;
  }

  /** So many new free holdings of the processor, each of the same amount. */
  async divide(count: number): Promise<{ readonly holdingId: string; readonly amount: bigint }[]> {
    const each = 1_000n;
    const [share, rest] = await this.#split(this.#rest, [each * BigInt(count)]);
    if (share === undefined || rest === undefined) throw new Error('The certificate of the bench is used up; take fewer seconds.');
    this.#rest = rest;
    return this.#parts(share, count, each);
  }

  /** The same, each offered by the processor to the farm. */
  async offer(count: number): Promise<string[]> {
    const processor = await this.#network.as('processor');
    const holdings = await this.divide(count);
    await inParallel(holdings, async ({ holdingId }) => {
      await processor.holdings.offerTransfer({ holdingId, receiver: this.#network.mspId('farm'), tradeReference: { type: 'order', id: this.upstreamOrderId }, expiresAt: ahead(DAY) });
    });
    await this.#network.inStep();
    return holdings.map(({ holdingId }) => holdingId);
  }

  /** Halving by twenty until every part is one holding, so that no step waits for a long row of others. */
  async #parts(share: { holdingId: string; amount: bigint }, count: number, each: bigint): Promise<{ holdingId: string; amount: bigint }[]> {
    if (count === 1) return [share];
    const groups = Math.min(MOST_PARTS, count);
    const sizes = Array.from({ length: groups }, (_, index) => Math.floor(count / groups) + (index < count % groups ? 1 : 0));
    const amounts = sizes.map((size) => each * BigInt(size));
    const parts = await this.#split(share, amounts.slice(0, -1));
    const divided: { holdingId: string; amount: bigint }[][] = [];
    await inParallel(parts, async (part, index) => {
      divided[index] = await this.#parts(part, sizes[index] ?? 1, each);
    });
    return divided.flat();
  }

  /** Splits off these amounts; the rest is the last part. */
  async #split({ holdingId, amount }: { holdingId: string; amount: bigint }, amounts: readonly bigint[]): Promise<{ holdingId: string; amount: bigint }[]> {
    const rest = amounts.reduce((left, each) => left - each, amount);
    const parts = [...amounts, rest].map((each) => ({ holdingId: `H-BENCH-${++this.#holdings}`, amount: each }));
    await (await this.#network.as('processor')).holdings.splitHolding({ holdingId, parts });
    return parts;
  }
}

/** Does something to each, with a bounded number under way. */
export async function inParallel<T>(items: readonly T[], task: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await task(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(PREPARING, items.length) }, worker));
}
