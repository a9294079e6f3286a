import { mspIdOf } from '../../support/organisations';
import { slugs, users } from '../actors';
import { all, deadline, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelReceipt, ModelReceiptPledge } from '../stored-goods';
import { payment } from './payments';
import { pledgeRuling } from './receipt-pledging';
import { frozenReceipts, receiptRuling } from './receipts';
import { momentOf } from './time';

/** When the financier may turn to the goods. */
function from({ dueAt, call }: ModelReceiptPledge): number {
  return Math.min(dueAt, call?.cureEndsAt ?? dueAt);
}

const liquidateReceiptPledge: Kind = {
  name: 'liquidateReceiptPledge',
  weight: 8,
  propose: (world, pick) => {
    const now = momentOf(pick);
    const pledge = pick.mostly(world.receiptPledges, (each) => (each.state === 'live' || each.state === 'margin call') && each.receipt.state !== 'lost' && from(each) <= now);
    if (pledge === undefined) return undefined;
    const { receipt } = pledge;
    const by = users(pick, [pledge.financier]);
    return {
      verb: 'liquidateReceiptPledge',
      by,
      what: `${pledge.id} of ${receipt.id}`,
      ...all(
        pledgeRuling('liquidateReceiptPledge', pledge, by.slug),
        unless(receipt.pledge === pledge, 'WRONG_STATE'),
        receiptRuling('liquidateReceiptPledge', receipt, by.slug, pledge.financier),
        deadline('NOT_YET', 'early', from(pledge)),
        frozenReceipts(world, [receipt]),
      ),
      call: (client) => client.receiptPledges.liquidateReceiptPledge({ pledgeId: pledge.id }),
      apply: () => {
        Object.assign(receipt, { state: 'liquidating', hold: undefined } satisfies Partial<ModelReceipt>);
        Object.assign(pledge, { state: 'liquidating', substitute: undefined } satisfies Partial<ModelReceiptPledge>);
      },
    };
  },
};

const attestProceeds: Kind = {
  name: 'attestProceeds',
  weight: 10,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state, receipt }) => state === 'liquidating' && receipt.state === 'liquidating');
    if (pledge === undefined) return undefined;
    const { receipt } = pledge;
    const buyer = pick.oddly(8) ? (pick.one(slugs) ?? 'brand') : 'brand';
    const by = users(pick, ['clearing']);
    const paid = payment(world, pick, by, `sale ${pledge.id}`);
    return {
      verb: 'attestProceeds',
      by,
      what: `${pledge.id} to ${buyer} by ${paid.reference}`,
      ...paid.verdict(
        pledgeRuling('attestProceeds', pledge, by.slug),
        unless(receipt.pledge === pledge, 'WRONG_STATE'),
        receiptRuling('attestProceeds', receipt, by.slug),
        unless(![pledge.owner, 'carrier', 'clearing'].includes(buyer), 'INVALID_INPUT'),
        frozenReceipts(world, [receipt]),
      ),
      call: (client) => client.receiptPledges.attestProceeds({ pledgeId: pledge.id, buyer: mspIdOf(buyer), paymentReference: paid.reference }),
      apply: () => {
        if (paid.again) return;
        Object.assign(receipt, { owner: buyer, state: 'active', pledge: undefined, sealed: receipt.sealed + 1 } satisfies Partial<ModelReceipt>);
        pledge.state = 'liquidated';
        paid.book();
      },
    };
  },
};

/** The account of a sale, once. */
const sealProceeds: Kind = {
  name: 'sealProceeds',
  weight: 6,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state, proceeds }) => state === 'liquidated' && proceeds === undefined);
    if (pledge === undefined) return undefined;
    const by = users(pick, ['clearing']);
    const proceeds = pick.amount(2n * pledge.outstanding + 1n);
    return {
      verb: 'sealProceeds',
      by,
      what: `${proceeds} of ${pledge.id}`,
      refusals: [
        ...unless(by.slug === 'clearing', 'NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'),
        ...unless(pledge.state === 'liquidated', 'WRONG_STATE'),
        ...unless(pledge.proceeds === undefined || pledge.proceeds === proceeds, 'ALREADY_EXISTS'),
      ],
      call: (client) => client.receiptPledges.sealProceeds({ pledgeId: pledge.id, proceeds }),
      apply: () => {
        pledge.proceeds = proceeds;
      },
    };
  },
};

/** The financier shows the owner the valuation behind a call, or the account of a sale. */
const showToPledgor: Kind = {
  name: 'showToPledgor',
  weight: 3,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ call, proceeds }) => (call?.unitValue !== undefined && call.shown !== true) || proceeds !== undefined);
    if (pledge === undefined) return undefined;
    const by = users(pick, [pledge.financier]);
    return {
      verb: 'showToPledgor',
      by,
      what: pledge.id,
      refusals: [...unless(by.slug === pledge.financier, 'NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'), ...unless(pledge.call?.unitValue !== undefined || pledge.proceeds !== undefined, 'OPENING_REQUIRED')],
      call: (client) => client.receiptPledges.showToPledgor({ pledgeId: pledge.id }),
      apply: () => {
        if (pledge.call !== undefined) pledge.call.shown = true;
      },
    };
  },
};

export const saleKinds: readonly Kind[] = [liquidateReceiptPledge, attestProceeds, sealProceeds, showToPledgor];
