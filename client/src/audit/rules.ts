import { keyTable, paidHoldingStates } from '@dualchain/model';
import type { HoldingState, ObjectType, PaymentSkeleton } from '@dualchain/model';

/**
 * What the invariants know of the verbs and states of the ledger, as lists. A new transition belongs here in one line;
 * what a state table says already (who, from, to) is read from the table.
 */

/** Verbs that make the first holding of a certificate. */
export const creatingVerbs: readonly string[] = ['issueCertificate'];

/** Verbs that end claims and make no others; all verbs that are neither these nor creating keep the sum of claims. */
export const endingVerbs: readonly string[] = [
  'settleHoldings', 'refuseCertificate', 'withdrawCertificate', 'expireCertificate', 'confirmEarlySettlement', 'acceptNetting', 'replaceCertificate', 'payIntoEscrow', 'cancelCertificate', 'executeCancellation',
];

/** Verbs that pay a part of a holding: it is spent into what was paid and what is left, in the state that it had. */
export const partPayingVerbs: readonly string[] = ['settlePart'];

/** Verbs that say something about a certificate and leave its holdings as they are. */
export const untouchingVerbs: readonly string[] = ['disputeCertificate', 'suspendCertificate', 'resolveDispute', 'orderCancellation', 'freezeCertificate', 'freezeHolding', 'liftFreeze', 'declareDue', 'declareOverdue', 'declareDefault'];

/** States of a holding whose units were paid: a payment names it. */
export const paidStates: readonly HoldingState[] = paidHoldingStates;

/** States of a holding whose units ended without money. */
export const reducedStates: readonly HoldingState[] = ['netted', 'replaced'];

/** Payments for the units of a holding; an escrow release pays nothing new. */
export const payingPurposes: readonly PaymentSkeleton['purpose'][] = ['settlement', 'escrow', 'early settlement'];

/** Kind of the proposal that a locked state stands for, by object; in another state there is none. */
export const proposalKinds: Readonly<Record<'order' | 'invoice' | 'holding' | 'receipt', Readonly<Record<string, string>>>> = {
  order: { 'amendment proposed': 'amendment', 'cancellation proposed': 'cancellation' },
  invoice: { 'credit note proposed': 'credit note', 'waiver proposed': 'waiver', 'resolution proposed': 'resolution' },
  holding: {
    'transfer offered': 'transfer', 'quotes open': 'quotes', 'finance locked': 'finance', 'cancellation agreed': 'cancellation', 'settling early': 'early settlement', 'netting offered': 'netting', 'replacement agreed': 'replacement',
    'pledge offered': 'pledge', 'pledge locked': 'pledge', pledged: 'pledge', 'recourse claimed': 'recourse',
  },
  receipt: { 'transfer offered': 'transfer', 'pledge proposed': 'pledge' },
};

/** Verbs that end a proposal and restore the object exactly as it was before. */
export const restoringVerbs: readonly string[] = [
  'refuseTransfer', 'withdrawTransfer', 'expireTransfer', 'withdrawQuotes', 'expireQuotes', 'cancelFinance', 'expireFinance', 'endAgreement', 'cancelEarlySettlement', 'refuseNetting', 'withdrawNetting', 'expireNetting',
  'endReplacementAgreement', 'refusePledge', 'withdrawPledge', 'expirePledge', 'releasePledge', 'withdrawRecourse',
  'refuseOrderChange', 'withdrawOrderChange', 'expireOrderChange', 'refuseInvoiceChange', 'withdrawInvoiceChange', 'expireInvoiceChange',
  'refuseReceiptOffer', 'withdrawReceiptOffer', 'expireReceiptOffer', 'refuseReceiptPledge', 'withdrawReceiptPledge', 'expireReceiptPledge',
];

/** Verbs that end a certificate before it was a claim and restore its invoices exactly as they were. */
export const releasingVerbs: readonly string[] = ['refuseCertificate', 'withdrawCertificate', 'expireCertificate'];

/** Rows of state tables that another verb carries out. */
export const carriedOutBy: Readonly<Record<string, readonly string[]>> = { releaseInvoice: releasingVerbs, admitMember: ['enactMotion'], changeRoles: ['enactMotion'], suspendMember: ['enactMotion'], readmitMember: ['enactMotion'] };

/** States of a certificate that has no claims any more. */
export const endedCertificateStates: readonly string[] = ['cancelled'];

/** States of a certificate that takes up no room on a credit line. */
export const roomlessCertificateStates: readonly string[] = ['settled', 'cancelled', 'replaced'];

/** Objects that are worth something, or decide who gets it: an organisation that only operates signs no change of one. */
export const assets: readonly ObjectType[] = [
  'order', 'shipment', 'invoice', 'certificate', 'holding', 'quote', 'payment', 'earlySettlement', 'loan', 'freeze', 'dispute', 'creditLine', 'creditReservation', 'receipt', 'deposit', 'receiptPledge',
];

/** Objects that may be deleted: recall flags (invariant 15 says when), fingerprints (invariant 4), and index entries, which have no policy of their own. */
export const erasable: readonly ObjectType[] = ['recallFlag', 'fingerprint', 'lotReceipt', 'receiptHold', ...(Object.keys(keyTable) as ObjectType[]).filter((type) => keyTable[type].policy === '')];
