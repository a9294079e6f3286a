import type { ErrorCode } from '@dualchain/model';
import { DualchainError } from '@dualchain/model';
import type { Actor } from '../story/index';
import type { Stage } from './stage';
import { daysAhead, invoiceParameters } from './trade';

/** Something that must not work. It is really tried on the network. */
export interface Attempt {
  readonly name: string;
  /** Who tries; several where they collude. */
  readonly actors: readonly Actor[];
  readonly user?: string | undefined;
  readonly title: string;
  /** The refusals that the rules foresee. */
  readonly expected: readonly ErrorCode[];
  run(stage: Stage): Promise<unknown>;
}

/** How an attempt was refused. */
export interface Refusal extends Omit<Attempt, 'run' | 'expected'> {
  readonly code: ErrorCode;
  readonly message: string;
  /** Of attempts that got as far as a block: where they stand, and what the peers said. */
  readonly transactionId?: string | undefined;
  readonly blockNumber?: bigint | undefined;
  readonly validationCode?: string | undefined;
}

/** Makes an attempt. Throws RangeError if it is not refused, and whatever else stopped it if that is no foreseen refusal. */
export async function attempt(stage: Stage, { run, expected, ...what }: Attempt): Promise<Refusal> {
  stage.signal?.throwIfAborted();
  try {
    await run(stage);
  } catch (error) {
    if (!(error instanceof DualchainError) || !expected.includes(error.code)) throw error;
    const { code, message, transactionId, details } = error;
    const { validationCode, blockNumber } = details;
    return { ...what, code, message, transactionId, ...(typeof validationCode === 'string' && { validationCode }), ...(typeof blockNumber === 'string' && { blockNumber: BigInt(blockNumber) }) };
  }
  throw new RangeError(`"${what.title}" was not refused, although it must be (${expected.join(' or ')}).`);
}

/** After the chapter `invoice`. */
export const invoiceAttempts: readonly Attempt[] = [
  {
    name: 'second acceptance',
    actors: ['brand'],
    user: 'checker',
    title: 'accepts the same invoice a second time',
    expected: ['INVOICE_ALREADY_ACCEPTED'],
    run: async (stage) => (await stage.as('brand', 'checker')).invoices.acceptInvoice({ invoiceId: stage.story.invoice.id }),
  },
  {
    name: 'same invoice again',
    actors: ['processor'],
    title: 'submits the same invoice under another id',
    expected: ['DUPLICATE_INVOICE'],
    run: async (stage) => (await stage.as('processor')).invoices.submitInvoice(invoiceParameters(stage, `${stage.story.invoice.id}-B`)),
  },
];

/** After the chapter `certificate`. */
export const certificateAttempts: readonly Attempt[] = [
  {
    name: 'invoice financed twice',
    actors: ['brand'],
    title: 'issues a second certificate over the same invoice',
    expected: ['INVOICE_ALREADY_USED'],
    run: async (stage) => {
      const { id, supplier, settler } = stage.story.certificate;
      const client = await stage.as('brand');
      return client.certificates.issueCertificate({ certificateId: `${id}-B`, supplier: stage.mspId(supplier), settler: stage.mspId(settler), invoiceIds: [stage.story.invoice.id], dueDate: daysAhead(30), firstHoldingId: 'H-B' });
    },
  },
  {
    name: 'amount too small',
    actors: ['processor'],
    title: 'splits its holding into everything and nothing',
    expected: ['AMOUNT_TOO_SMALL'],
    run: async (stage) => {
      const { holding } = stage.story.split;
      const client = await stage.as('processor');
      return client.holdings.splitHolding({ holdingId: holding, parts: [{ holdingId: 'H-all', amount: stage.story.certificate.face }, { holdingId: 'H-nothing', amount: 0n }] });
    },
  },
  {
    name: 'wrong role',
    actors: ['bank'],
    title: 'attests a payment, which only the clearing bank may',
    expected: ['WRONG_ROLE'],
    run: async (stage) => (await stage.as('bank')).holdings.settleHoldings({ certificateId: stage.story.certificate.id, holdingIds: [stage.story.certificate.firstHolding], paymentReference: 'CNAPS-INVENTED' }),
  },
];

/** After the chapter `quotes`. */
export const quoteAttempts: readonly Attempt[] = [
  {
    name: 'holding financed twice',
    actors: ['farm'],
    title: 'accepts the other quote for the same holding too',
    expected: ['HOLDING_NOT_FREE', 'WRONG_STATE'],
    run: async (stage) => {
      const { owner, holding, quotes, accepted } = stage.story.financing;
      const other = quotes.find(({ id }) => id !== accepted);
      return (await stage.as(owner)).quotes.acceptQuote({ holdingId: holding, quoteId: other?.id ?? '' });
    },
  },
];

/** After the chapter `payout`. */
export const payoutAttempts: readonly Attempt[] = [
  {
    name: 'sold holding offered again',
    actors: ['farm'],
    title: 'asks for quotes on the holding that it sold',
    expected: ['NOT_A_PARTY', 'HOLDING_NOT_FREE'],
    run: async (stage) => {
      const { owner, holding, quotes, recourse } = stage.story.financing;
      return (await stage.as(owner)).holdings.requestQuotes({ holdingId: holding, financiers: quotes.map(({ financier }) => stage.mspId(financier)), recourse, expiresAt: daysAhead(7) });
    },
  },
];

/** After the chapter `recall`. */
export const recallAttempts: readonly Attempt[] = [
  {
    name: 'finance after recall',
    actors: ['processor'],
    title: 'asks for quotes on the holding that it kept',
    expected: ['RECALLED'],
    run: async (stage) => {
      const { quotes, recourse } = stage.story.financing;
      const { transfer, split } = stage.story;
      const kept = split.parts.find(({ id }) => id !== transfer.holding);
      return (await stage.as(transfer.from)).holdings.requestQuotes({ holdingId: kept?.id ?? '', financiers: quotes.map(({ financier }) => stage.mspId(financier)), recourse, expiresAt: daysAhead(7) });
    },
  },
];
