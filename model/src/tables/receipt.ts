import { row } from './table';
import type { StateTable } from './table';

export type ReceiptState = 'draft' | 'issued' | 'active' | 'spent' | 'transfer offered' | 'pledge proposed' | 'pledged' | 'held' | 'in transit' | 'liquidating' | 'delivered' | 'closed' | 'lost' | 'cancelled';
/** States in which a receipt stands for goods: their quantity is in no other receipt. */
export const liveReceiptStates: readonly ReceiptState[] = ['draft', 'issued', 'active', 'transfer offered', 'pledge proposed', 'pledged', 'held', 'in transit', 'liquidating'];

/** A warehouse receipt over a quantity of one lot (finance.md, "Collateral"). */
export const receiptTable: StateTable<ReceiptState> = {
  object: 'receipt',
  transitions: [
    row([null], 'draftReceipt', ['warehouse'], 'draft', "maker; the warehouse's own receiving event names the lot; quantity within what that event brought and no other receipt took"),
    row(['draft'], 'issueReceipt', ['warehouse'], 'issued', 'checker, another identity than the maker; not held'),
    row(['issued'], 'acceptReceipt', ['depositor'], 'active'),
    row(['issued'], 'refuseReceipt', ['depositor'], 'cancelled', 'the quantity is free for another receipt'),
    row(['draft', 'issued'], 'withdrawReceipt', ['warehouse'], 'cancelled', 'the quantity is free for another receipt'),
    row(['active'], 'splitReceipt', ['owner'], 'spent', 'the parts add up to the receipt exactly'),
    row([null], 'splitReceipt', ['owner'], 'active', 'a part'),
    row(['active'], 'mergeReceipts', ['owner'], 'spent', 'receipts of one deposit'),
    row([null], 'mergeReceipts', ['owner'], 'active', 'their sum'),
    row(['active'], 'offerReceipt', ['owner'], 'transfer offered', 'receiver is an active member; not held'),
    row(['transfer offered'], 'acceptReceiptOffer', ['receiver'], 'active', 'before expiry; not held'),
    row(['transfer offered'], 'refuseReceiptOffer', ['receiver'], 'active'),
    row(['transfer offered'], 'withdrawReceiptOffer', ['owner'], 'active'),
    row(['transfer offered'], 'expireReceiptOffer', ['anyone'], 'active', 'after expiry'),
    row(['active'], 'proposeReceiptPledge', ['owner'], 'pledge proposed', 'a drafted loan over this receipt; not held'),
    row(['pledge proposed'], 'refuseReceiptPledge', ['financier', 'warehouse'], 'active'),
    row(['pledge proposed'], 'withdrawReceiptPledge', ['owner'], 'active'),
    row(['pledge proposed'], 'expireReceiptPledge', ['anyone'], 'active', 'after expiry'),
    row(['pledge proposed'], 'payReceiptLoan', ['settler'], 'pledged', 'owner, financier and warehouse agreed, each by its anchor; unique payment reference; not held'),
    row(['pledged', 'held', 'liquidating'], 'releaseReceiptPledge', ['financier', 'owner', 'warehouse'], 'active', 'by the financier, or by anyone of the three once the loan is repaid; held, if it is held', ['held']),
    row(['pledged', 'held'], 'acceptSubstitute', ['financier'], 'active', 'the receipt that goes out; held, if it is held', ['held']),
    row(['active'], 'acceptSubstitute', ['financier'], 'pledged', 'the receipt that comes in; not held'),
    row(['active', 'pledged', 'held'], 'holdReceipt', ['anyone'], 'held', 'recall, expiry, temperature breach, condition or custody gap of the lot or an ancestor is proved'),
    row(['held'], 'releaseHold', ['anyone'], 'active', 'no cause stands any more; pledged, if it is pledged', ['pledged']),
    row(['pledged', 'held'], 'liquidateReceiptPledge', ['financier'], 'liquidating', 'its pledge is liquidated'),
    row(['liquidating'], 'attestProceeds', ['settler'], 'active', 'sold: the buyer is the owner'),
    row(['active', 'pledged'], 'shipReceipt', ['warehouse'], 'in transit', "the warehouse's own shipping event; carrier and destination are members; not held"),
    row(['in transit'], 'takeCustody', ['carrier'], 'in transit', "the carrier's own events after the dispatch"),
    row(['in transit'], 'arriveReceipt', ['destination'], 'active', "the carrier's custody is shown; the destination's own receiving event brings the whole quantity; pledged, as before", ['pledged']),
    row(['active', 'held'], 'deliverReceipt', ['warehouse'], 'delivered', "not pledged; the warehouse's own shipping event"),
    row(['delivered'], 'closeReceipt', ['owner'], 'closed'),
    row(['active', 'transfer offered', 'pledged', 'held', 'in transit', 'liquidating'], 'reportLoss', ['warehouse', 'carrier'], 'lost', 'evidence hash; the carrier only while it carries'),
  ],
};

export type ReceiptPledgeState = 'draft' | 'proposed' | 'accepted' | 'secured' | 'live' | 'margin call' | 'repaid' | 'liquidating' | 'liquidated' | 'released' | 'refused' | 'withdrawn' | 'expired';
/** States in which a pledge holds its receipt. */
export const livePledgeStates: readonly ReceiptPledgeState[] = ['live', 'margin call', 'repaid', 'liquidating'];

/** A loan against a warehouse receipt (finance.md, "Collateral"). */
export const receiptPledgeTable: StateTable<ReceiptPledgeState> = {
  object: 'receiptPledge',
  transitions: [
    row([null], 'draftReceiptPledge', ['owner'], 'draft', 'eligible value covers the loan; financier and settler are members'),
    row(['draft'], 'proposeReceiptPledge', ['owner'], 'proposed', 'the receipt is active and as it was drafted'),
    row(['proposed'], 'acceptReceiptPledge', ['financier'], 'accepted', "before expiry; evidence policy met; not held"),
    row(['accepted'], 'confirmReceiptPledge', ['warehouse'], 'secured', 'before expiry; not held'),
    row(['secured'], 'payReceiptLoan', ['settler'], 'live', 'unique payment reference; not held'),
    row(['proposed', 'accepted', 'secured'], 'refuseReceiptPledge', ['financier', 'warehouse'], 'refused', 'the warehouse only before it confirmed'),
    row(['draft', 'proposed', 'accepted'], 'withdrawReceiptPledge', ['owner'], 'withdrawn'),
    row(['proposed', 'accepted', 'secured'], 'expireReceiptPledge', ['anyone'], 'expired', 'after expiry'),
    row(['live'], 'callMargin', ['financier'], 'margin call', 'eligible value at the new unit value is below what is owed'),
    row(['live'], 'holdReceipt', ['anyone'], 'margin call', 'its receipt is held: eligible value 0'),
    row(['live', 'margin call'], 'reportLoss', ['warehouse', 'carrier'], 'margin call', 'its receipt is lost'),
    row(['margin call'], 'releaseHold', ['anyone'], 'live', 'the call had no other reason than the hold'),
    row(['margin call'], 'cureMarginCall', ['financier'], 'live'),
    row(['live', 'margin call', 'liquidating'], 'repayReceiptLoan', ['settler'], 'repaid', 'unique payment reference; live or margin call, as long as something is owed', ['live', 'margin call', 'liquidating']),
    row(['live', 'margin call', 'repaid'], 'releaseReceiptPledge', ['financier', 'owner', 'warehouse'], 'released', 'by the financier, or by anyone of the three once the loan is repaid'),
    row(['live', 'margin call'], 'offerSubstitute', ['owner'], 'live', 'another receipt whose eligible value covers what is owed; the state stays', ['margin call']),
    row(['live', 'margin call'], 'endSubstitute', ['owner', 'financier', 'anyone'], 'live', 'anyone after expiry; the state stays', ['margin call']),
    row(['live', 'margin call'], 'acceptSubstitute', ['financier'], 'live', 'before expiry; the other receipt is active, as it was offered, and not held'),
    row(['live', 'margin call'], 'liquidateReceiptPledge', ['financier'], 'liquidating', 'after the time to cure, or after the loan is due'),
    row(['liquidating'], 'attestProceeds', ['settler'], 'liquidated', 'unique payment reference'),
  ],
};
