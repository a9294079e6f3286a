import { receiptPledgeTable } from '../../../model/src';
import type { Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { hasRole, slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import { eligible } from '../stored-goods';
import type { ModelReceipt, ModelReceiptPledge } from '../stored-goods';
import { DAY } from '../world';
import { payment } from './payments';
import { receiptRuling, soundGoods } from './receipts';
import { momentOf } from './time';

/** Who plays which part in a loan against a receipt. */
export function pledgeParties({ owner, financier }: ModelReceiptPledge) {
  return { warehouse: 'carrier', owner, financier, settler: 'clearing', authority: 'regulator' } as const;
}

/** The row of the pledge's table. */
export function pledgeRuling(verb: string, pledge: ModelReceiptPledge, slug: Slug): Verdict {
  return { refusals: ruling(receiptPledgeTable, verb, pledge.state, pledgeParties(pledge), slug) };
}

/** Within what the goods are worth, now and then above it. */
const draftReceiptPledge: Kind = {
  name: 'draftReceiptPledge',
  weight: 5,
  propose: (world, pick) => {
    const receipt = pick.mostly(world.receipts, ({ state }) => state === 'active');
    if (receipt === undefined) return undefined;
    const by = users(pick, [receipt.owner]);
    const financier = pick.oddly(10) ? (pick.one(slugs) ?? 'bank') : (pick.one<Slug>(['bank', 'factor']) ?? 'bank');
    const [unitValue, advanceBps] = [10_007n, 6_000];
    const worth = eligible(receipt.quantity, unitValue, { advanceBps });
    const wrong = pick.oddly(10);
    const principal = wrong ? worth + 1n : worth - pick.amount(worth) + 1n;
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    const pledge: ModelReceiptPledge = { id: world.id('PL'), owner: receipt.owner, financier, expiresAt, dueAt: expiresAt + (pick.rarely(2) ? 1_000 : 30 * DAY), cureHours: pick.rarely(2) ? 24 : 0, unitValue, advanceBps, receipt, sealed: receipt.sealed, outstanding: principal, state: 'draft' };
    return {
      verb: 'draftReceiptPledge',
      by,
      what: `${pledge.id} of ${financier} over ${principal} against ${receipt.id}`,
      ...all(
        ruling(receiptPledgeTable, 'draftReceiptPledge', null, { owner: receipt.owner }, by.slug),
        unless(receipt.state === 'active', 'WRONG_STATE', 'OPENING_REQUIRED'),
        unless(financier !== receipt.owner && financier !== 'carrier' && financier !== 'clearing' && receipt.owner !== 'clearing', 'INVALID_INPUT'),
        unless(hasRole(financier, 'financier'), 'WRONG_ROLE'),
        unless(!wrong, 'COLLATERAL_INSUFFICIENT'),
        soundGoods(world, receipt),
        deadline('EXPIRED', 'late', expiresAt),
      ),
      call: (client) =>
        client.receiptPledges.draftReceiptPledge({ pledgeId: pledge.id, receiptId: receipt.id, financier: mspIdOf(financier), settler: mspIdOf('clearing'), expiresAt: new Date(expiresAt), dueAt: new Date(pledge.dueAt), cureHours: pledge.cureHours, currency: 'CNY', principal, rateBps: 480, advanceBps, unitValue }),
      apply: () => world.receiptPledges.push(pledge),
    };
  },
};

/** Whether the receipt is as it was when the loan was drafted. */
function asDrafted({ receipt, sealed, owner }: ModelReceiptPledge): boolean {
  return receipt.sealed === sealed && receipt.owner === owner;
}

const proposeReceiptPledge: Kind = {
  name: 'proposeReceiptPledge',
  weight: 8,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, (each) => each.state === 'draft' && each.receipt.state === 'active' && asDrafted(each) && each.expiresAt > Date.now());
    if (pledge === undefined) return undefined;
    const { receipt } = pledge;
    const by = users(pick, [pledge.owner]);
    return {
      verb: 'proposeReceiptPledge',
      by,
      what: `${pledge.id} of ${receipt.id}`,
      ...all(
        pledgeRuling('proposeReceiptPledge', pledge, by.slug),
        receiptRuling('proposeReceiptPledge', receipt, by.slug),
        unless(asDrafted(pledge), 'WRONG_STATE'),
        soundGoods(world, receipt),
        deadline('EXPIRED', 'late', pledge.expiresAt),
      ),
      call: (client) => client.receiptPledges.proposeReceiptPledge({ pledgeId: pledge.id }),
      apply: () => {
        receipt.proposal = { prior: receipt.state, expiresAt: pledge.expiresAt, pledge };
        receipt.state = 'pledge proposed';
        pledge.state = 'proposed';
      },
    };
  },
};

function agree(verb: 'acceptReceiptPledge' | 'confirmReceiptPledge'): Kind {
  const accepts = verb === 'acceptReceiptPledge';
  return {
    name: verb,
    weight: 10,
    propose: (world, pick) => {
      const pledge = pick.mostly(world.receiptPledges, ({ state }) => state === (accepts ? 'proposed' : 'accepted'));
      if (pledge === undefined) return undefined;
      const by = users(pick, [accepts ? pledge.financier : 'carrier']);
      return {
        verb,
        by,
        what: pledge.id,
        ...all(
          pledgeRuling(verb, pledge, by.slug),
          deadline('EXPIRED', 'late', pledge.expiresAt),
          soundGoods(world, pledge.receipt),
          unless(!accepts || pledge.receipt.lot.inspected, 'EVIDENCE_MISSING'),
        ),
        call: (client) => client.receiptPledges[verb]({ pledgeId: pledge.id }),
        apply: () => {
          pledge.state = accepts ? 'accepted' : 'secured';
        },
      };
    },
  };
}

const payReceiptLoan: Kind = {
  name: 'payReceiptLoan',
  weight: 12,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state }) => state === 'secured');
    if (pledge === undefined) return undefined;
    const { receipt } = pledge;
    const by = users(pick, ['clearing']);
    const paid = payment(world, pick, by, `receipt loan ${pledge.id}`);
    return {
      verb: 'payReceiptLoan',
      by,
      what: `${pledge.id} by ${paid.reference}`,
      ...paid.verdict(pledgeRuling('payReceiptLoan', pledge, by.slug), soundGoods(world, receipt)),
      call: (client) => client.receiptPledges.payReceiptLoan({ pledgeId: pledge.id, paymentReference: paid.reference }),
      apply: () => {
        if (paid.again) return;
        Object.assign(receipt, { state: 'pledged', proposal: undefined, pledge } satisfies Partial<ModelReceipt>);
        pledge.state = 'live';
        paid.book();
      },
    };
  },
};

const endings = { refuseReceiptPledge: { weight: 1, to: 'refused' }, withdrawReceiptPledge: { weight: 1, to: 'withdrawn' }, expireReceiptPledge: { weight: 4, to: 'expired' } } as const;

/** A proposal that was not paid ends: the receipt is as before. */
function end(verb: keyof typeof endings): Kind {
  const { weight, to } = endings[verb];
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const now = momentOf(pick);
      const pledge = pick.mostly(world.receiptPledges, ({ state, expiresAt }) => ['proposed', 'accepted', 'secured'].includes(state) && (verb !== 'expireReceiptPledge' || expiresAt <= now));
      if (pledge === undefined) return undefined;
      const { receipt } = pledge;
      const by = users(pick, verb === 'expireReceiptPledge' ? [pick.one(slugs)] : verb === 'withdrawReceiptPledge' ? [pledge.owner] : [pledge.financier, 'carrier']);
      return {
        verb,
        by,
        what: pledge.id,
        ...all(
          pledgeRuling(verb, pledge, by.slug),
          unless(verb !== 'refuseReceiptPledge' || pledge.state !== 'secured' || by.slug === pledge.financier, 'WRONG_STATE'),
          verb === 'expireReceiptPledge' ? deadline('NOT_YET', 'early', pledge.expiresAt) : fine,
        ),
        call: (client) => client.receiptPledges[verb]({ pledgeId: pledge.id }),
        apply: () => {
          // A draft has locked nothing.
          if (receipt.proposal?.pledge === pledge) Object.assign(receipt, { state: receipt.proposal.prior, proposal: undefined } satisfies Partial<ModelReceipt>);
          pledge.state = to;
        },
      };
    },
  };
}

export const receiptPledgingKinds: readonly Kind[] = [draftReceiptPledge, proposeReceiptPledge, agree('acceptReceiptPledge'), agree('confirmReceiptPledge'), payReceiptLoan, end('refuseReceiptPledge'), end('withdrawReceiptPledge'), end('expireReceiptPledge')];
