import { row } from './table';
import type { StateTable } from './table';

export type HoldingState = 'locked' | 'free' | 'spent' | 'transfer offered' | 'quotes open' | 'finance locked' | 'financed' | 'redeemed' | 'cancelled';
/** States in which a holding is a live claim. */
export const liveHoldingStates: readonly HoldingState[] = ['locked', 'free', 'transfer offered', 'quotes open', 'finance locked', 'financed'];
export const holdingTable: StateTable<HoldingState> = {
  object: 'holding',
  transitions: [
    row([null], 'issueCertificate', ['obligor'], 'locked', 'the whole range 1…face'),
    row(['locked'], 'acceptCertificate', ['supplier'], 'free'),
    row(['locked'], 'refuseCertificate', ['supplier'], 'cancelled'),
    row(['locked'], 'withdrawCertificate', ['obligor'], 'cancelled'),
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
    row(['free', 'financed', 'transfer offered', 'quotes open', 'finance locked'], 'settleHoldings', ['settler'], 'redeemed', 'certificate due; unique payment reference; one owner; an open proposal ends'),
  ],
};
