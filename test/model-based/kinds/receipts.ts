import { receiptTable } from '../../../model/src';
import type { ErrorCode } from '../../../model/src';
import type { Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import type { ModelReceipt } from '../stored-goods';
import { DAY } from '../world';
import type { World } from '../world';
import { anyone, endOfProposal, receiver } from './proposals';
import type { Ending } from './proposals';

/** Live receipts of one sequence, at which it goes on with those that it has. */
const MAX_RECEIPTS = 6;

/** Who plays which part in a receipt. */
function receiptParties({ depositor, owner, proposal, pledge }: ModelReceipt) {
  return { warehouse: 'carrier', depositor, owner, authority: 'regulator', receiver: proposal?.receiver, financier: (proposal?.pledge ?? pledge)?.financier, settler: 'clearing' } as const;
}

/** The row of the receipt's table; `financier`: if not the one to whom it is pledged. */
export function receiptRuling(verb: string, receipt: ModelReceipt, slug: Slug, financier?: Slug): ErrorCode[] {
  return ruling(receiptTable, verb, receipt.state, { ...receiptParties(receipt), ...(financier !== undefined && { financier }) }, slug);
}

/** What the orders of the authority add while they freeze one of these receipts. */
export function frozenReceipts(world: World, receipts: readonly ModelReceipt[]): Verdict {
  return all(...world.receiptFreezes.filter(({ lifted, receipt }) => !lifted && receipts.includes(receipt)).map(({ endsAt }) => deadline('FROZEN', 'early', endsAt)));
}

/** What the causes of a hold add: a recall, an event that tells of a breach, the end of the goods' life. */
export function heldGoods({ lot, goodsExpireAt, breached }: ModelReceipt): Verdict {
  return all(unless(lot.recalls.size === 0, 'RECALLED'), unless(breached !== true, 'HELD'), goodsExpireAt === undefined ? fine : deadline('HELD', 'late', goodsExpireAt));
}

/** What every step asks that relies on the goods: no order freezes the receipt, and no cause holds it. */
export function soundGoods(world: World, receipt: ModelReceipt): Verdict {
  return all(frozenReceipts(world, [receipt]), heldGoods(receipt));
}

/** Over what is left of a delivery, now and then over more. */
const draftReceipt: Kind = {
  name: 'draftReceipt',
  weight: 4,
  propose: (world, pick) => {
    if (world.receipts.filter(({ state }) => !['spent', 'cancelled', 'closed', 'lost'].includes(state)).length >= MAX_RECEIPTS) return undefined;
    const lot = pick.mostly(world.lots, ({ brought, receipted }) => receipted < brought);
    if (lot === undefined) return undefined;
    const by = users(pick, ['carrier']);
    const depositor = pick.oddly(8) ? 'farm' : (lot.depositor ?? 'processor');
    const left = lot.brought - lot.receipted;
    const over = pick.oddly(10) || left < 1n;
    const quantity = over ? left + 1n : left - pick.amount(left) + 1n;
    const goodsExpireAt = pick.rarely(4) ? Date.now() + 2 * world.soon() : undefined;
    const receipt: ModelReceipt = { id: world.id('WR'), lot, depositor, owner: depositor, quantity, goodsExpireAt, state: 'draft', sealed: 0 };
    return {
      verb: 'draftReceipt',
      by,
      what: `${receipt.id} over ${quantity} of ${lot.id} for ${depositor}`,
      ...all(
        unless(by.slug === 'carrier' && by.user === 'maker', 'WRONG_ROLE', 'NOT_A_PARTY', 'EVIDENCE_MISSING'),
        unless(lot.depositor === undefined || lot.depositor === depositor, 'NOT_A_PARTY', 'OPENING_REQUIRED'),
        unless(!over, 'QUANTITY_EXCEEDED'),
        goodsExpireAt === undefined ? fine : deadline('EXPIRED', 'late', goodsExpireAt),
      ),
      call: (client) => client.receipts.draftReceipt({ receiptId: receipt.id, lot: lot.id, eventId: lot.eventId, depositor: mspIdOf(depositor), quantity: quantity.toString(), unit: 'KGM', ...(goodsExpireAt === undefined ? {} : { goodsExpireAt: new Date(goodsExpireAt) }) }),
      apply: () => {
        lot.depositor = depositor;
        lot.receipted += quantity;
        world.receipts.push(receipt);
      },
    };
  },
};

const issueReceipt: Kind = {
  name: 'issueReceipt',
  weight: 7,
  propose: (world, pick) => {
    const receipt = pick.mostly(world.receipts, ({ state }) => state === 'draft');
    if (receipt === undefined) return undefined;
    const by = users(pick, ['carrier'], 'checker');
    return {
      verb: 'issueReceipt',
      by,
      what: receipt.id,
      ...all(receiptRuling('issueReceipt', receipt, by.slug), unless(by.user === 'checker', 'WRONG_ROLE'), soundGoods(world, receipt)),
      call: (client) => client.receipts.issueReceipt({ receiptId: receipt.id }),
      apply: () => {
        receipt.state = 'issued';
      },
    };
  },
};

function answer(verb: 'acceptReceipt' | 'refuseReceipt' | 'withdrawReceipt', weight: number): Kind {
  const states: readonly string[] = verb === 'withdrawReceipt' ? ['draft', 'issued'] : ['issued'];
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const receipt = pick.mostly(world.receipts, ({ state }) => states.includes(state));
      if (receipt === undefined) return undefined;
      const by = users(pick, [verb === 'withdrawReceipt' ? 'carrier' : receipt.depositor]);
      return {
        verb,
        by,
        what: receipt.id,
        refusals: receiptRuling(verb, receipt, by.slug),
        call: (client) => client.receipts[verb]({ receiptId: receipt.id }),
        apply: () => {
          receipt.state = verb === 'acceptReceipt' ? 'active' : 'cancelled';
          if (receipt.state === 'cancelled') receipt.lot.receipted -= receipt.quantity;
        },
      };
    },
  };
}

const splitReceipt: Kind = {
  name: 'splitReceipt',
  weight: 3,
  propose: (world, pick) => {
    if (world.receipts.length > 12) return undefined;
    const receipt = pick.mostly(world.receipts, ({ state, quantity }) => state === 'active' && quantity > 1n);
    if (receipt === undefined || receipt.quantity < 2n) return undefined;
    const by = users(pick, [receipt.owner]);
    const first = pick.amount(receipt.quantity - 1n);
    const wrong = pick.oddly(10);
    const second = receipt.quantity - first + (wrong ? 1n : 0n);
    const [one, two] = [world.id('WR'), world.id('WR')];
    return {
      verb: 'splitReceipt',
      by,
      what: `${receipt.id} into ${first} and ${second}`,
      ...all(receiptRuling('splitReceipt', receipt, by.slug), unless(receipt.state === 'active', 'WRONG_STATE'), unless(!wrong, 'AMOUNT_MISMATCH'), frozenReceipts(world, [receipt])),
      call: (client) => client.receipts.splitReceipt({ receiptId: receipt.id, parts: [{ receiptId: one, quantity: first.toString() }, { receiptId: two, quantity: second.toString() }] }),
      apply: () => {
        receipt.state = 'spent';
        const { lot, depositor, owner, goodsExpireAt } = receipt;
        const part = { lot, depositor, owner, goodsExpireAt, state: 'active', sealed: 0 } as const;
        world.receipts.push({ ...part, id: one, quantity: first }, { ...part, id: two, quantity: second });
      },
    };
  },
};

const mergeReceipts: Kind = {
  name: 'mergeReceipts',
  weight: 3,
  propose: (world, pick) => {
    const one = pick.mostly(world.receipts, ({ state }) => state === 'active');
    if (one === undefined) return undefined;
    const fits = (other: ModelReceipt) => other !== one && other.state === 'active' && other.owner === one.owner && other.lot === one.lot;
    const two = pick.oddly(12) ? pick.one(world.receipts.filter((other) => other !== one)) : world.receipts.find(fits);
    if (two === undefined) return undefined;
    const by = users(pick, [one.owner]);
    const into = world.id('WR');
    const may = (receipt: ModelReceipt) => all(receiptRuling('mergeReceipts', receipt, by.slug), unless(receipt.state === 'active', 'WRONG_STATE', 'NOT_GENUINE'));
    return {
      verb: 'mergeReceipts',
      by,
      what: `${one.id} and ${two.id} into ${into}`,
      ...all(may(one), may(two), unless(two.lot === one.lot, 'INVALID_INPUT'), frozenReceipts(world, [one, two])),
      call: (client) => client.receipts.mergeReceipts({ receiptIds: [one.id, two.id], into }),
      apply: () => {
        one.state = 'spent';
        two.state = 'spent';
        const { lot, depositor, owner, goodsExpireAt } = one;
        world.receipts.push({ id: into, lot, depositor, owner, goodsExpireAt, quantity: one.quantity + two.quantity, state: 'active', sealed: 0 });
      },
    };
  },
};

const offerReceipt: Kind = {
  name: 'offerReceipt',
  weight: 3,
  propose: (world, pick) => {
    const receipt = pick.mostly(world.receipts, ({ state }) => state === 'active');
    if (receipt === undefined) return undefined;
    const by = users(pick, [receipt.owner]);
    const receiver = pick.oddly(6) ? (pick.one(slugs) ?? 'brand') : (pick.one<Slug>((['brand', 'farm', 'processor'] as const).filter((slug) => slug !== receipt.owner)) ?? 'brand');
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    return {
      verb: 'offerReceipt',
      by,
      what: `${receipt.id} to ${receiver}`,
      ...all(receiptRuling('offerReceipt', receipt, by.slug), unless(receiver !== receipt.owner && receiver !== 'carrier', 'INVALID_INPUT'), soundGoods(world, receipt), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) => client.receipts.offerReceipt({ receiptId: receipt.id, receiver: mspIdOf(receiver), expiresAt: new Date(expiresAt) }),
      apply: () => {
        receipt.proposal = { prior: receipt.state, expiresAt, receiver };
        receipt.state = 'transfer offered';
      },
    };
  },
};

const offerEndings = {
  acceptReceiptOffer: { weight: 5, who: receiver, expiry: 'before' },
  refuseReceiptOffer: { weight: 1, who: receiver },
  withdrawReceiptOffer: { weight: 1, who: ({ owner }) => owner },
  expireReceiptOffer: { weight: 4, who: anyone, expiry: 'after' },
} as const satisfies Readonly<Record<string, Pick<Ending<ModelReceipt>, 'weight' | 'who' | 'expiry'>>>;

function endOffer(verb: keyof typeof offerEndings): Kind {
  const accepts = verb === 'acceptReceiptOffer';
  return endOfProposal<ModelReceipt>({
    verb,
    ...offerEndings[verb],
    from: ['transfer offered'],
    among: ({ receipts }) => receipts,
    verdict: (receipt, slug, world) => all(receiptRuling(verb, receipt, slug), accepts ? soundGoods(world, receipt) : fine),
    call: (client, receiptId) => client.receipts[verb]({ receiptId }),
    apply: (receipt, slug) => {
      Object.assign(receipt, { state: receipt.proposal?.prior ?? 'active', proposal: undefined } satisfies Partial<ModelReceipt>);
      if (accepts) Object.assign(receipt, { owner: slug, sealed: receipt.sealed + 1 });
    },
  });
}

export const receiptKinds: readonly Kind[] = [
  draftReceipt, issueReceipt, answer('acceptReceipt', 7), answer('refuseReceipt', 1), answer('withdrawReceipt', 1), splitReceipt, mergeReceipts, offerReceipt,
  endOffer('acceptReceiptOffer'), endOffer('refuseReceiptOffer'), endOffer('withdrawReceiptOffer'), endOffer('expireReceiptOffer'),
];
