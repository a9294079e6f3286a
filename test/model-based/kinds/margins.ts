import { slugs, users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import { eligible, freed, unitValueNow } from '../stored-goods';
import type { ModelReceiptPledge } from '../stored-goods';
import { DAY } from '../world';
import { callFor } from './holds';
import { payment } from './payments';
import { pledgeRuling } from './receipt-pledging';
import { receiptRuling, soundGoods } from './receipts';

/** States in which a pledge holds its receipt and something is owed. */
const owing: readonly ModelReceiptPledge['state'][] = ['live', 'margin call'];

/** By a value that does not cover what is owed, now and then by one that does. */
const callMargin: Kind = {
  name: 'callMargin',
  weight: 4,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state }) => state === 'live');
    if (pledge === undefined) return undefined;
    const { receipt } = pledge;
    const by = users(pick, [pledge.financier]);
    const unitValue = pick.oddly(6) ? pledge.unitValue * 2n : (pledge.unitValue * BigInt(1 + pick.below(40))) / 100n;
    const covers = eligible(receipt.quantity, unitValue, pledge) >= pledge.outstanding;
    const id = world.id('V');
    return {
      verb: 'callMargin',
      by,
      what: `${pledge.id} at ${unitValue}`,
      ...all(pledgeRuling('callMargin', pledge, by.slug), unless(receipt.pledge === pledge, 'WRONG_STATE'), unless(!covers, 'EVIDENCE_MISSING')),
      call: (client) => client.receiptPledges.callMargin({ pledgeId: pledge.id, valuationId: id, unitValue }),
      apply: () => callFor(pledge, { reason: 'value', unitValue }),
    };
  },
};

const cureMarginCall: Kind = {
  name: 'cureMarginCall',
  weight: 2,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state }) => state === 'margin call');
    if (pledge === undefined) return undefined;
    const by = users(pick, [pledge.financier]);
    return {
      verb: 'cureMarginCall',
      by,
      what: pledge.id,
      ...pledgeRuling('cureMarginCall', pledge, by.slug),
      call: (client) => client.receiptPledges.cureMarginCall({ pledgeId: pledge.id }),
      apply: () => {
        Object.assign(pledge, { state: 'live', call: undefined } satisfies Partial<ModelReceiptPledge>);
      },
    };
  },
};

/** A part or all of what is owed, now and then more. */
const repayReceiptLoan: Kind = {
  name: 'repayReceiptLoan',
  weight: 5,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state }) => owing.includes(state) || state === 'liquidating');
    if (pledge === undefined || pledge.outstanding < 1n) return undefined;
    const { receipt, call } = pledge;
    const by = users(pick, ['clearing']);
    const wrong = pick.oddly(10);
    const amount = wrong ? pledge.outstanding + 1n : pick.rarely(2) ? pledge.outstanding : pick.amount(pledge.outstanding);
    const owed = pledge.outstanding - amount;
    // Whether goods that expire in these moments cover the rest cannot be known.
    if (call?.reason === 'value' && owed > 0n && receipt.goodsExpireAt !== undefined && receipt.goodsExpireAt > Date.now()) return undefined;
    const sound = receipt.lot.recalls.size === 0 && receipt.breached !== true && receipt.goodsExpireAt === undefined;
    const covered = sound && eligible(receipt.quantity, unitValueNow(pledge), pledge) >= owed;
    const paid = payment(world, pick, by, `receipt repayment ${pledge.id}`);
    return {
      verb: 'repayReceiptLoan',
      by,
      what: `${amount} of ${pledge.id} by ${paid.reference}`,
      ...paid.verdict(pledgeRuling('repayReceiptLoan', pledge, by.slug), unless(receipt.pledge === pledge, 'WRONG_STATE'), unless(!wrong, 'AMOUNT_MISMATCH')),
      call: (client) => client.receiptPledges.repayReceiptLoan({ pledgeId: pledge.id, paymentReference: paid.reference, amount }),
      apply: () => {
        if (paid.again) return;
        pledge.outstanding = owed;
        if (owed === 0n) Object.assign(pledge, { state: 'repaid', call: undefined } satisfies Partial<ModelReceiptPledge>);
        else if (pledge.state === 'margin call' && call?.reason === 'value' && covered) Object.assign(pledge, { state: 'live', call: undefined } satisfies Partial<ModelReceiptPledge>);
        paid.book();
      },
    };
  },
};

/** By the financier, or by anyone of the three once the loan is repaid. */
const releaseReceiptPledge: Kind = {
  name: 'releaseReceiptPledge',
  weight: 4,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ state }) => state === 'repaid' || (owing.includes(state) && pick.rarely(4)));
    if (pledge === undefined) return undefined;
    const { receipt } = pledge;
    const by = users(pick, pledge.state === 'repaid' ? [pledge.financier, pledge.owner, 'carrier'] : [pledge.financier]);
    return {
      verb: 'releaseReceiptPledge',
      by,
      what: pledge.id,
      ...all(pledgeRuling('releaseReceiptPledge', pledge, by.slug), unless(pledge.state === 'repaid' || by.slug === pledge.financier, 'NOT_A_PARTY'), unless(receipt.pledge === pledge, 'WRONG_STATE')),
      call: (client) => client.receiptPledges.releaseReceiptPledge({ pledgeId: pledge.id }),
      apply: () => {
        freed(receipt);
        Object.assign(pledge, { state: 'released', call: undefined, substitute: undefined } satisfies Partial<ModelReceiptPledge>);
      },
    };
  },
};

const offerSubstitute: Kind = {
  name: 'offerSubstitute',
  weight: 5,
  propose: (world, pick) => {
    const others = (each: ModelReceiptPledge) => world.receipts.filter((receipt) => receipt !== each.receipt && receipt.owner === each.owner && receipt.state === 'active');
    const pledge = pick.mostly(world.receiptPledges, (each) => owing.includes(each.state) && others(each).length > 0);
    if (pledge === undefined) return undefined;
    const other = pick.oddly(8) ? pick.one(world.receipts) : pick.one(others(pledge));
    if (other === undefined) return undefined;
    const by = users(pick, [pledge.owner]);
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    const valued = pledge.call?.unitValue !== undefined;
    return {
      verb: 'offerSubstitute',
      by,
      what: `${other.id} for ${pledge.id}`,
      ...all(
        pledgeRuling('offerSubstitute', pledge, by.slug),
        pledge.substitute === undefined ? fine : deadline('WRONG_STATE', 'early', pledge.substitute.expiresAt),
        unless(other !== pledge.receipt && other.owner === pledge.owner && other.state === 'active', 'WRONG_STATE', 'OPENING_REQUIRED'),
        // By a valuation that the financier did not show, the owner cannot tell what its goods are worth.
        unless(!valued || pledge.call?.shown === true, 'OPENING_REQUIRED'),
        unless(eligible(other.quantity, unitValueNow(pledge), pledge) >= pledge.outstanding, 'COLLATERAL_INSUFFICIENT'),
        soundGoods(world, other),
        deadline('EXPIRED', 'late', expiresAt),
      ),
      call: (client) => client.receiptPledges.offerSubstitute({ pledgeId: pledge.id, receiptId: other.id, expiresAt: new Date(expiresAt) }),
      apply: () => {
        pledge.substitute = { receipt: other, sealed: other.sealed, expiresAt };
      },
    };
  },
};

const endSubstitute: Kind = {
  name: 'endSubstitute',
  weight: 2,
  propose: (world, pick) => {
    const over = pick.rarely(2);
    const pledge = pick.mostly(world.receiptPledges, ({ substitute, state }) => owing.includes(state) && substitute !== undefined && (!over || substitute.expiresAt <= Date.now()));
    if (pledge === undefined) return undefined;
    const { substitute } = pledge;
    const by = users(pick, over ? [pick.one(slugs)] : [pledge.owner, pledge.financier]);
    return {
      verb: 'endSubstitute',
      by,
      what: pledge.id,
      ...all(
        pledgeRuling('endSubstitute', pledge, by.slug),
        substitute === undefined ? ['WRONG_STATE'] : by.slug === pledge.owner || by.slug === pledge.financier ? fine : deadline('NOT_A_PARTY', 'early', substitute.expiresAt),
      ),
      call: (client) => client.receiptPledges.endSubstitute({ pledgeId: pledge.id }),
      apply: () => {
        pledge.substitute = undefined;
      },
    };
  },
};

const acceptSubstitute: Kind = {
  name: 'acceptSubstitute',
  weight: 8,
  propose: (world, pick) => {
    const pledge = pick.mostly(world.receiptPledges, ({ substitute, state }) => owing.includes(state) && substitute !== undefined && substitute.expiresAt > Date.now());
    if (pledge === undefined) return undefined;
    const { substitute, receipt: first } = pledge;
    const other = substitute?.receipt;
    const by = users(pick, [pledge.financier]);
    return {
      verb: 'acceptSubstitute',
      by,
      what: `${other?.id ?? 'nothing'} for ${pledge.id}`,
      ...all(
        pledgeRuling('acceptSubstitute', pledge, by.slug),
        unless(other !== undefined && other.sealed === substitute?.sealed && other.state === 'active' && other.owner === pledge.owner && first.pledge === pledge, 'WRONG_STATE'),
        first.state === 'lost' ? fine : receiptRuling('acceptSubstitute', first, by.slug, pledge.financier),
        substitute === undefined ? fine : deadline('EXPIRED', 'late', substitute.expiresAt),
        other === undefined ? fine : soundGoods(world, other),
      ),
      call: (client) => client.receiptPledges.acceptSubstitute({ pledgeId: pledge.id }),
      apply: () => {
        if (other === undefined) return;
        freed(first);
        Object.assign(other, { state: 'pledged', pledge });
        Object.assign(pledge, { receipt: other, sealed: other.sealed, state: 'live', call: undefined, substitute: undefined } satisfies Partial<ModelReceiptPledge>);
      },
    };
  },
};

export const marginKinds: readonly Kind[] = [callMargin, cureMarginCall, repayReceiptLoan, releaseReceiptPledge, offerSubstitute, endSubstitute, acceptSubstitute];
