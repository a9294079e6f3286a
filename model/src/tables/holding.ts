import { row } from './table';
import type { StateTable } from './table';

export type HoldingState = 'locked' | 'free' | 'spent' | 'transfer offered' | 'quotes open' | 'finance locked' | 'financed' | 'cancellation agreed' | 'escrowed' | 'redeemed' | 'cancelled' | 'settling early' | 'netting offered' | 'replacement agreed' | 'netted' | 'replaced';
/** States in which a holding is a live claim. */
export const liveHoldingStates: readonly HoldingState[] = ['locked', 'free', 'transfer offered', 'quotes open', 'finance locked', 'financed', 'cancellation agreed', 'settling early', 'netting offered', 'replacement agreed'];
/** States of a holding whose units the obligor has paid: to the owner, or into escrow while an order freezes it. */
export const paidHoldingStates: readonly HoldingState[] = ['redeemed', 'escrowed'];
export const holdingTable: StateTable<HoldingState> = {
  object: 'holding',
  transitions: [
    row([null], 'issueCertificate', ['obligor'], 'locked', 'the whole range 1…face'),
    row(['locked'], 'acceptCertificate', ['supplier'], 'free'),
    row(['locked'], 'refuseCertificate', ['supplier'], 'cancelled'),
    row(['locked'], 'withdrawCertificate', ['obligor'], 'cancelled'),
    row(['locked'], 'expireCertificate', ['anyone'], 'cancelled', 'after the answer deadline'),
    row(['free'], 'splitHolding', ['owner'], 'spent', 'parts partition the range exactly; certificate active'),
    row(['free'], 'mergeHoldings', ['owner'], 'spent', 'adjacent ranges of one certificate; certificate active'),
    row(['free'], 'offerTransfer', ['owner'], 'transfer offered', 'receiver is an active member with an order or invoice between the two'),
    row(['transfer offered'], 'acceptTransfer', ['receiver'], 'free', 'before expiry; certificate active'),
    row(['transfer offered'], 'refuseTransfer', ['receiver'], 'free'),
    row(['transfer offered'], 'withdrawTransfer', ['owner'], 'free'),
    row(['transfer offered'], 'expireTransfer', ['anyone'], 'free', 'after expiry'),
    row(['free', 'financed'], 'requestQuotes', ['owner'], 'quotes open', 'financiers are members; no recall; certificate active'),
    row(['quotes open'], 'withdrawQuotes', ['owner'], 'free', 'or financed, as before', ['financed']),
    row(['quotes open'], 'acceptQuote', ['owner'], 'finance locked', 'quote open and unexpired; evidence policy met; no recall; certificate active'),
    row(['finance locked'], 'openPayout', ['owner', 'financier'], 'finance locked', 'no recall; quote and holding are shown to the settler'),
    row(['finance locked'], 'confirmPayout', ['settler'], 'financed', 'pay-out opened; unique payment reference; registration reference; no recall; also of a due certificate, as long as the holding is not redeemed'),
    row(['finance locked'], 'cancelFinance', ['owner', 'financier'], 'free', 'or financed, as before; by the owner before the pay-out was opened or after expiry', ['financed']),
    row(['free', 'financed', 'transfer offered', 'quotes open', 'finance locked', 'settling early', 'netting offered', 'replacement agreed'], 'settleHoldings', ['settler'], 'redeemed', 'certificate due, overdue or defaulted; unique payment reference; one owner; an open proposal ends'),
    row(['free', 'financed', 'transfer offered', 'quotes open', 'finance locked', 'settling early', 'netting offered', 'replacement agreed'], 'settlePart', ['settler'], 'spent', 'certificate due, overdue or defaulted; unique payment reference; the first units are redeemed, the rest is live as before; an open proposal ends'),
    row(['free', 'financed'], 'acceptEarlySettlement', ['owner'], 'settling early', 'certificate active; the offer is open, unexpired and made to this owner'),
    row(['settling early'], 'confirmEarlySettlement', ['settler'], 'redeemed', 'unique payment reference'),
    row(['settling early'], 'cancelEarlySettlement', ['obligor', 'owner'], 'free', 'or financed, as before; by the owner after expiry', ['financed']),
    row(['free', 'financed'], 'offerNetting', ['owner'], 'netting offered', 'the owner owes the obligor from an order or invoice; certificate active'),
    row(['netting offered'], 'acceptNetting', ['obligor'], 'netted', 'before expiry; certificate active; debtor and creditor are one, no money moves'),
    row(['netting offered'], 'refuseNetting', ['obligor'], 'free', 'or financed, as before', ['financed']),
    row(['netting offered'], 'withdrawNetting', ['owner'], 'free', 'or financed, as before', ['financed']),
    row(['netting offered'], 'expireNetting', ['anyone'], 'free', 'or financed, as before; after expiry', ['financed']),
    row(['free', 'financed'], 'agreeToReplacement', ['owner'], 'replacement agreed', 'the obligor proposed it and the proposal is unexpired'),
    row(['replacement agreed'], 'endReplacementAgreement', ['anyone'], 'free', 'or financed, as before; by the owner, or by anyone once the proposal is over', ['financed']),
    row(['replacement agreed'], 'replaceCertificate', ['obligor'], 'replaced', 'together with all other live holdings of the certificate'),
    row(['free', 'financed', 'transfer offered', 'quotes open', 'finance locked', 'cancellation agreed', 'settling early', 'netting offered', 'replacement agreed'], 'payIntoEscrow', ['settler'], 'escrowed', 'frozen by itself or with its certificate, which is due; unique payment reference; one owner; an open proposal ends; the owner stays'),
    row(['escrowed'], 'directEscrow', ['authority'], 'escrowed', 'by an order that names another beneficiary; the owner stays'),
    row(['escrowed'], 'releaseEscrow', ['settler'], 'redeemed', 'unique payment reference; to the owner once no freeze is in force, or to whom the order of the authority names'),
    row(['free', 'financed'], 'agreeCancellation', ['owner'], 'cancellation agreed', 'its certificate is disputed'),
    row(['cancellation agreed'], 'endAgreement', ['anyone'], 'free', 'or financed, as before; by the owner, or by anyone once the dispute is over', ['financed']),
    row(['cancellation agreed'], 'cancelCertificate', ['obligor'], 'cancelled', 'together with all other live holdings of the certificate'),
    row(['free', 'transfer offered', 'quotes open', 'cancellation agreed'], 'executeCancellation', ['obligor'], 'cancelled', "by the authority's order; all units are still with the first supplier"),
  ],
};
