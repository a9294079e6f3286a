import { slugs, users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelReceipt, ModelReceiptPledge } from '../stored-goods';
import { eventOver } from './goods';
import { frozenReceipts, heldGoods, receiptRuling } from './receipts';

const HOUR = 3_600_000;

/** A call that stands keeps its time to cure. */
export function callFor(pledge: ModelReceiptPledge, call: Omit<NonNullable<ModelReceiptPledge['call']>, 'cureEndsAt'>): void {
  pledge.call = { ...call, cureEndsAt: pledge.call?.cureEndsAt ?? Date.now() + pledge.cureHours * HOUR };
  pledge.state = 'margin call';
}

/** By a recall or an expiry that stands, by an event that tells of a breach, or for nothing. */
const holdReceipt: Kind = {
  name: 'holdReceipt',
  weight: 6,
  propose: (world, pick) => {
    const caused = ({ lot, goodsExpireAt }: ModelReceipt) => lot.recalls.size > 0 || (goodsExpireAt !== undefined && goodsExpireAt <= Date.now());
    const breach = pick.rarely(5);
    const receipt = pick.mostly(world.receipts, (each) => ['active', 'pledged', 'held'].includes(each.state) && (breach ? each.breached !== true : each.state !== 'held' && caused(each)));
    if (receipt === undefined) return undefined;
    const by = users(pick, [breach ? 'carrier' : pick.one(slugs)]);
    const { lot, goodsExpireAt, breached } = receipt;
    return {
      verb: 'holdReceipt',
      by,
      what: `${receipt.id}${breach ? ' for an event' : ''}`,
      ...all(
        receiptRuling('holdReceipt', receipt, by.slug),
        // An event of the place where the goods are is its keeper's to report; the authority observes everywhere.
        breach ? unless(by.slug === 'carrier' || by.slug === 'regulator', 'INVALID_EPCIS') : lot.recalls.size > 0 || breached === true ? fine : goodsExpireAt === undefined ? ['EVIDENCE_MISSING'] : deadline('EVIDENCE_MISSING', 'early', goodsExpireAt),
      ),
      call: async (client) => {
        const { captured } = breach ? await client.trace.capture(eventOver(lot.id, 'storing', 1, { disposition: 'damaged' })) : { captured: [] };
        return client.receipts.holdReceipt({ receiptId: receipt.id, ...(captured[0] === undefined ? {} : { eventId: captured[0].eventId }) });
      },
      apply: () => {
        receipt.hold ??= receipt.state;
        receipt.state = 'held';
        if (breach) receipt.breached = true;
        if (receipt.pledge?.state === 'live') callFor(receipt.pledge, { reason: 'held' });
      },
    };
  },
};

const releaseHold: Kind = {
  name: 'releaseHold',
  weight: 6,
  propose: (world, pick) => {
    const over = ({ lot, goodsExpireAt, breached }: ModelReceipt) => lot.recalls.size === 0 && breached !== true && (goodsExpireAt === undefined || goodsExpireAt > Date.now());
    const receipt = pick.mostly(world.receipts, (each) => each.state === 'held' && over(each));
    if (receipt === undefined) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    return {
      verb: 'releaseHold',
      by,
      what: receipt.id,
      ...all(receiptRuling('releaseHold', receipt, by.slug), heldGoods(receipt)),
      call: (client) => client.receipts.releaseHold({ receiptId: receipt.id }),
      apply: () => {
        receipt.state = receipt.hold ?? 'active';
        receipt.hold = undefined;
        const { pledge } = receipt;
        if (pledge?.state === 'margin call' && pledge.call?.reason === 'held') Object.assign(pledge, { state: 'live', call: undefined } satisfies Partial<ModelReceiptPledge>);
      },
    };
  },
};

const reportLoss: Kind = {
  name: 'reportLoss',
  weight: 1,
  propose: (world, pick) => {
    const receipt = pick.rarely(3) ? pick.mostly(world.receipts, ({ state }) => ['active', 'transfer offered', 'pledged', 'held', 'liquidating'].includes(state)) : undefined;
    if (receipt === undefined) return undefined;
    const by = users(pick, ['carrier']);
    return {
      verb: 'reportLoss',
      by,
      what: receipt.id,
      refusals: receiptRuling('reportLoss', receipt, by.slug),
      call: (client) => client.receipts.reportLoss({ receiptId: receipt.id, evidenceHash: '12'.repeat(32) }),
      apply: () => {
        Object.assign(receipt, { state: 'lost', proposal: undefined, hold: undefined } satisfies Partial<ModelReceipt>);
        const { pledge } = receipt;
        if (pledge?.state === 'live' || pledge?.state === 'margin call') callFor(pledge, { reason: 'lost' });
      },
    };
  },
};

/** The warehouse gives the goods out and shows it by a shipping event. */
const deliverReceipt: Kind = {
  name: 'deliverReceipt',
  weight: 2,
  propose: (world, pick) => {
    const receipt = pick.mostly(world.receipts, ({ state, pledge }) => (state === 'active' || state === 'held') && pledge === undefined);
    if (receipt === undefined) return undefined;
    const by = users(pick, ['carrier']);
    return {
      verb: 'deliverReceipt',
      by,
      what: receipt.id,
      ...all(receiptRuling('deliverReceipt', receipt, by.slug), unless(by.slug === 'carrier', 'EVIDENCE_MISSING', 'INVALID_EPCIS'), unless(receipt.pledge === undefined, 'PLEDGED', 'WRONG_STATE'), frozenReceipts(world, [receipt])),
      call: async (client) => {
        const { captured } = await client.trace.capture(eventOver(receipt.lot.id, 'shipping', 1));
        return client.receipts.deliverReceipt({ receiptId: receipt.id, eventIds: captured.map(({ eventId }) => eventId) });
      },
      apply: () => {
        Object.assign(receipt, { state: 'delivered', hold: undefined } satisfies Partial<ModelReceipt>);
      },
    };
  },
};

const closeReceipt: Kind = {
  name: 'closeReceipt',
  weight: 3,
  propose: (world, pick) => {
    const receipt = pick.mostly(world.receipts, ({ state }) => state === 'delivered');
    if (receipt === undefined) return undefined;
    const by = users(pick, [receipt.owner]);
    return {
      verb: 'closeReceipt',
      by,
      what: receipt.id,
      refusals: receiptRuling('closeReceipt', receipt, by.slug),
      call: (client) => client.receipts.closeReceipt({ receiptId: receipt.id }),
      apply: () => {
        receipt.state = 'closed';
      },
    };
  },
};

export const holdKinds: readonly Kind[] = [holdReceipt, releaseHold, reportLoss, deliverReceipt, closeReceipt];
