import { certificateVerbs as verbs } from '@dualchain/model';
import { contractOf } from '../ledger';
import { creditingHandlers } from './certificate/credit';
import { disputingHandlers } from './certificate/dispute';
import { merge, split } from './certificate/divide';
import { acceptOne, cancel, decline, expire, openPayout, payOut, quote, request, takeBack, withdraw } from './certificate/finance';
import { freezingHandlers } from './certificate/freeze';
import { answer, confirm, due, issue } from './certificate/issue';
import { pledgingHandlers } from './certificate/pledge';
import { provingHandlers } from './certificate/prove';
import { certificate, certificates, earlySettlementsOf, holdingsOf, myHoldings, openCertificate, openEarlySettlement, openHolding, openPayment, openQuote, quotesOf } from './certificate/read';
import { nettingHandlers } from './certificate/net';
import { replacingHandlers } from './certificate/replace';
import { settlingHandlers } from './certificate/settle';
import { earlySettlingHandlers } from './certificate/settle-early';
import { recoveringHandlers } from './certificate/recover';
import { accept, end, offer } from './certificate/transfer';

/**
 * Certificates, holdings, finance and settlement (finance.md, "Certificate", "Holding"). The reads of each method count
 * the caller's membership; those behind a lot's recall flags and the attestations depend on what was reported.
 */
export const CertificateContract = contractOf('certificate', verbs, {
  /** Reads 6, three an invoice and one a shipment; writes 9, one an invoice and one a lot. */
  issueCertificate: issue,
  /** Reads 4; writes 1. */
  confirmCertificate: confirm,
  /** Reads 7; writes 3: certificate, and the first holding with its policy. */
  acceptCertificate: (call) => answer(call, 'acceptCertificate'),
  /** Reads 7 and one an invoice; writes 3, one an invoice and one a lot. */
  refuseCertificate: (call) => answer(call, 'refuseCertificate'),
  /** Reads 7 and one an invoice; writes 3, one an invoice and one a lot. */
  withdrawCertificate: (call) => answer(call, 'withdrawCertificate'),
  /** Reads 7 and one an invoice; writes 3, one an invoice and one a lot. */
  expireCertificate: (call) => answer(call, 'expireCertificate'),
  /** Reads 7 and one a part; writes 2 and five a part: terms for two, skeleton with its policy, index. */
  splitHolding: split,
  /** Reads 5 and four a parent; writes 5 and two a parent. */
  mergeHoldings: merge,
  /** Reads 9; writes 3: terms for the receiver, skeleton with its policy. */
  offerTransfer: offer,
  /** Reads 7; writes 4: terms for two, skeleton with its policy. */
  acceptTransfer: accept,
  /** Reads 4; writes 2. */
  refuseTransfer: (call) => end(call, 'refuseTransfer'),
  /** Reads 4; writes 2. */
  withdrawTransfer: (call) => end(call, 'withdrawTransfer'),
  /** Reads 4; writes 2. */
  expireTransfer: (call) => end(call, 'expireTransfer'),
  /** Reads 7, one a financier, and a lot's flags; writes 2 and one a financier. */
  requestQuotes: request,
  /** Reads 4; writes 2. */
  withdrawQuotes: withdraw,
  /** Reads 8; writes 4: quote for two, skeleton with its policy. Nothing that another financier writes. */
  submitQuote: quote,
  /** Reads 12, a lot's flags, and the attestations that the policy asks for; writes 4. */
  acceptQuote: acceptOne,
  /** Reads 10 and a lot's flags; writes 2, both for the settler alone. */
  openPayout: openPayout,
  /** Reads 11 and a lot's flags; writes 9: terms for three, holding with its policy, quote, payment with its policy and anchor. */
  confirmPayout: payOut,
  /** Reads 6; writes 2. */
  cancelFinance: cancel,
  /** Reads 4; writes 3: skeleton with its policy and its anchor. */
  declineQuote: decline,
  /** Reads 4; writes 1. */
  withdrawQuote: takeBack,
  /** Reads 4; writes 2. */
  expireQuotes: (call) => expire(call, 'expireQuotes'),
  /** Reads 4; writes 2. */
  expireFinance: (call) => expire(call, 'expireFinance'),
  ...pledgingHandlers,
  ...recoveringHandlers,
  ...provingHandlers,
  /** Reads 4; writes 1. */
  declareDue: due,
  ...settlingHandlers,
  ...earlySettlingHandlers,
  ...nettingHandlers,
  ...replacingHandlers,
  ...freezingHandlers,
  ...disputingHandlers,
  ...creditingHandlers,
  certificate: certificate,
  holding: ({ state, input }) => state.require('holding', input.id),
  holdingsOf: holdingsOf,
  quotesOf: quotesOf,
  openCertificate: (call) => openCertificate(call, call.input.id),
  openHolding: (call) => openHolding(call, call.input.id),
  openQuote: openQuote,
  earlySettlementsOf: earlySettlementsOf,
  openEarlySettlement: openEarlySettlement,
  openPayment: openPayment,
  certificates: certificates,
  myHoldings: myHoldings,
});
