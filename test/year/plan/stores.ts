import { sha256Hex } from '../../../model/src';
import { mspIdOf } from '../../support/organisations';
import { ahead, document, event } from '../../support/deal';
import type { Slug } from '../../support/network';
import type { Random } from '../random';
import type { PlannedPayment, PlannedReceipt } from './book';
import { DAY } from './calendar';
import { SETTLER } from './certificate';
import type { Financier } from './finance';
import { checker, Script } from './step';
import { lotOf, sites } from './trade';

/** What happens to goods in store while a loan stands against them. */
export const storeStories = ['recalled', 'sold after a recall', 'lost value', 'repaid'] as const;
export type StoreStory = (typeof storeStories)[number];

const WAREHOUSE: Slug = 'carrier';
const DEPOSITOR: Slug = 'processor';
const UNIT_VALUE = 10_000n;

/** Goods in a warehouse, a receipt over them, and a loan against the receipt. */
export class Store extends Script {
  readonly lot: string;
  readonly receiptId: string;
  readonly pledgeId: string;
  readonly payments: PlannedPayment[] = [];
  readonly story: StoreStory;
  readonly #financier: Financier;
  readonly #principal: bigint;
  readonly #random: Random;
  #outcome: Pick<PlannedReceipt, 'owner' | 'state' | 'pledge'> = { owner: DEPOSITOR, state: 'active', pledge: 'released' };

  constructor(number: number, week: number, story: StoreStory, random: Random) {
    super(`S${number}`, week);
    this.lot = lotOf(DEPOSITOR, `STORE-${number}`);
    this.receiptId = `WR-${this.name}`;
    this.pledgeId = `PL-${this.name}`;
    this.story = story;
    this.#random = random;
    this.#financier = random.one(['bank', 'factor']);
    this.#principal = BigInt(random.between(300_000, 599_999));
    this.#bring();
    this.#lend();
    this.week += random.between(1, 4);
    if (story === 'recalled') this.#recalled();
    if (story === 'sold after a recall') this.#sold();
    if (story === 'lost value') this.#devalued();
    if (story === 'repaid') this.#repaid(this.#principal);
  }

  get recalls(): number {
    return this.story === 'recalled' || this.story === 'sold after a recall' ? 1 : 0;
  }

  get planned(): PlannedReceipt {
    return { id: this.receiptId, pledgeId: this.pledgeId, ...this.#outcome };
  }

  #bring(): void {
    const { lot, receiptId } = this;
    let eventId = '';
    this.do(WAREHOUSE, 'captureEvents', `received ${lot}`, async (client) => {
      const { captured } = await client.trace.capture(document([event(lot, sites.carrier, 'receiving', 5)]));
      eventId = captured[0]?.eventId ?? '';
    });
    this.do(WAREHOUSE, 'draftReceipt', receiptId, (client) => client.receipts.draftReceipt({ receiptId, lot, eventId, depositor: mspIdOf(DEPOSITOR), quantity: '100', unit: 'KGM' }));
    this.do(checker(WAREHOUSE), 'issueReceipt', receiptId, (client) => client.receipts.issueReceipt({ receiptId }));
    this.do(DEPOSITOR, 'acceptReceipt', receiptId, (client) => client.receipts.acceptReceipt({ receiptId }));
    const attestationId = this.id('AT');
    this.do('regulator', 'attest', attestationId, (client) => client.attestations.attest({ attestationId, subject: { type: 'lot', id: lot }, claim: 'inspected', evidenceHash: sha256Hex(attestationId) }));
  }

  #lend(): void {
    const { receiptId, pledgeId } = this;
    const [financier, principal, rateBps] = [this.#financier, this.#principal, this.#random.between(380, 620)];
    this.do(DEPOSITOR, 'draftReceiptPledge', pledgeId, (client) => client.receiptPledges.draftReceiptPledge({ pledgeId, receiptId, financier: mspIdOf(financier), settler: mspIdOf(SETTLER), expiresAt: ahead(5 * DAY), dueAt: ahead(120 * DAY), cureHours: 48, currency: 'CNY', principal, rateBps, advanceBps: 6_000, unitValue: UNIT_VALUE }));
    this.do(DEPOSITOR, 'proposeReceiptPledge', pledgeId, (client) => client.receiptPledges.proposeReceiptPledge({ pledgeId }));
    this.do(financier, 'acceptReceiptPledge', pledgeId, (client) => client.receiptPledges.acceptReceiptPledge({ pledgeId }));
    this.do(WAREHOUSE, 'confirmReceiptPledge', pledgeId, (client) => client.receiptPledges.confirmReceiptPledge({ pledgeId }));
    const paymentReference = this.#pay('receipt loan', financier, DEPOSITOR, principal);
    this.do(SETTLER, 'payReceiptLoan', pledgeId, (client) => client.receiptPledges.payReceiptLoan({ pledgeId, paymentReference }));
  }

  /** The recall is cleared: what it alone caused is gone, and the loan goes on until it is repaid. */
  #recalled(): void {
    const { receiptId } = this;
    const recallId = this.#recall();
    this.week += 1;
    this.do('regulator', 'closeRecall', recallId, (client) => client.recalls.closeRecall({ recallId }));
    this.do('brand', 'releaseHold', receiptId, (client) => client.receipts.releaseHold({ receiptId }));
    this.#repaid(this.#principal);
  }

  /** Not cured in time: the goods are sold without their owner. */
  #sold(): void {
    const { pledgeId } = this;
    const recallId = this.#recall();
    this.week += 1;
    this.do(this.#financier, 'liquidateReceiptPledge', pledgeId, (client) => client.receiptPledges.liquidateReceiptPledge({ pledgeId }));
    const proceeds = this.#principal + 77n;
    const paymentReference = this.#pay('sale of goods', 'farm', this.#financier, proceeds);
    this.do(SETTLER, 'attestProceeds', pledgeId, (client) => client.receiptPledges.attestProceeds({ pledgeId, buyer: mspIdOf('farm'), paymentReference }));
    this.do(SETTLER, 'sealProceeds', pledgeId, (client) => client.receiptPledges.sealProceeds({ pledgeId, proceeds }));
    this.do(this.#financier, 'showToPledgor', pledgeId, (client) => client.receiptPledges.showToPledgor({ pledgeId }));
    this.do('regulator', 'closeRecall', recallId, (client) => client.recalls.closeRecall({ recallId }));
    this.#outcome = { owner: 'farm', state: 'active', pledge: 'liquidated' };
  }

  /** The goods are worth less; a repayment cures the call. */
  #devalued(): void {
    const { pledgeId } = this;
    const valuationId = this.id('V');
    this.do(this.#financier, 'callMargin', pledgeId, (client) => client.receiptPledges.callMargin({ pledgeId, valuationId, unitValue: UNIT_VALUE / 4n }));
    this.do(this.#financier, 'showToPledgor', pledgeId, (client) => client.receiptPledges.showToPledgor({ pledgeId }));
    this.#repay(this.#principal - 100_000n);
    this.week += 1;
    this.#repaid(100_000n);
  }

  /** The rest of the loan is repaid and the receipt is free. */
  #repaid(amount: bigint): void {
    const { pledgeId } = this;
    this.#repay(amount);
    this.do(DEPOSITOR, 'releaseReceiptPledge', pledgeId, (client) => client.receiptPledges.releaseReceiptPledge({ pledgeId }));
  }

  #repay(amount: bigint): void {
    const { pledgeId } = this;
    const paymentReference = this.#pay('receipt repayment', DEPOSITOR, this.#financier, amount);
    this.do(SETTLER, 'repayReceiptLoan', pledgeId, (client) => client.receiptPledges.repayReceiptLoan({ pledgeId, paymentReference, amount }));
  }

  /** A recall of the lot holds the receipt and calls for margin. */
  #recall(): string {
    const { lot, receiptId } = this;
    const recallId = this.id('R');
    this.do('regulator', 'openRecall', recallId, (client) => client.recalls.openRecall({ recallId, lot, reasonClass: 'contamination', reason: 'Salmonella in a sample.' }));
    this.do('brand', 'holdReceipt', receiptId, (client) => client.receipts.holdReceipt({ receiptId }));
    return recallId;
  }

  #pay(purpose: PlannedPayment['purpose'], paidBy: Slug, paidTo: Slug, amount: bigint): string {
    const reference = this.id('PAY');
    this.payments.push({ reference, purpose, paidBy, paidTo, holdingIds: [], amount, lateFee: 0n, discount: 0n });
    return reference;
  }
}
