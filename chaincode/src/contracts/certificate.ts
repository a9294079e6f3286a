import { certificateVerbs as verbs } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import { DualchainContract } from '../ledger';
import { merge, split } from './certificate/divide';
import { acceptOne, cancel, openPayout, payOut, quote, request, withdraw } from './certificate/finance';
import { answer, confirm, due, issue } from './certificate/issue';
import { certificates, holdingsOf, myHoldings, openCertificate, openHolding, openQuote, quotesOf } from './certificate/read';
import { close, present, settle } from './certificate/settle';
import { accept, end, offer } from './certificate/transfer';

/**
 * Certificates, holdings, finance and settlement (finance.md, "Certificate", "Holding"). The reads of each method count
 * the caller's membership; those behind a lot's recall flags and the attestations depend on what was reported.
 */
export class CertificateContract extends DualchainContract {
  constructor() {
    super('certificate');
  }

  /** Reads 6, three an invoice and one a shipment; writes 9, one an invoice and one a lot. */
  async issueCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.issueCertificate, args, issue);
  }

  /** Reads 4; writes 1. */
  async confirmCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.confirmCertificate, args, confirm);
  }

  /** Reads 7; writes 3: certificate, and the first holding with its policy. */
  async acceptCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.acceptCertificate, args, (call) => answer(call, 'acceptCertificate'));
  }

  /** Reads 7 and one an invoice; writes 3, one an invoice and one a lot. */
  async refuseCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.refuseCertificate, args, (call) => answer(call, 'refuseCertificate'));
  }

  /** Reads 7 and one an invoice; writes 3, one an invoice and one a lot. */
  async withdrawCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.withdrawCertificate, args, (call) => answer(call, 'withdrawCertificate'));
  }

  /** Reads 5 and one a part; writes 2 and five a part: terms for two, skeleton with its policy, index. */
  async splitHolding(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.splitHolding, args, split);
  }

  /** Reads 4 and three a parent; writes 5 and two a parent. */
  async mergeHoldings(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.mergeHoldings, args, merge);
  }

  /** Reads 7; writes 3: terms for the receiver, skeleton with its policy. */
  async offerTransfer(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.offerTransfer, args, offer);
  }

  /** Reads 5; writes 4: terms for two, skeleton with its policy. */
  async acceptTransfer(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.acceptTransfer, args, accept);
  }

  /** Reads 4; writes 2. */
  async refuseTransfer(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.refuseTransfer, args, (call) => end(call, 'refuseTransfer'));
  }

  /** Reads 4; writes 2. */
  async withdrawTransfer(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.withdrawTransfer, args, (call) => end(call, 'withdrawTransfer'));
  }

  /** Reads 4; writes 2. */
  async expireTransfer(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.expireTransfer, args, (call) => end(call, 'expireTransfer'));
  }

  /** Reads 5, one a financier, and a lot's flags; writes 2 and one a financier. */
  async requestQuotes(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.requestQuotes, args, request);
  }

  /** Reads 4; writes 2. */
  async withdrawQuotes(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.withdrawQuotes, args, withdraw);
  }

  /** Reads 5; writes 4: quote for two, skeleton with its policy. Nothing that another financier writes. */
  async submitQuote(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.submitQuote, args, quote);
  }

  /** Reads 10, a lot's flags, and the attestations that the policy asks for; writes 4. */
  async acceptQuote(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.acceptQuote, args, acceptOne);
  }

  /** Reads 8 and a lot's flags; writes 2, both for the settler alone. */
  async openPayout(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openPayout, args, openPayout);
  }

  /** Reads 9 and a lot's flags; writes 9: terms for three, holding with its policy, quote, payment with its policy and anchor. */
  async confirmPayout(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.confirmPayout, args, payOut);
  }

  /** Reads 6; writes 2. */
  async cancelFinance(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.cancelFinance, args, cancel);
  }

  /** Reads 4; writes 1. */
  async declareDue(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.declareDue, args, due);
  }

  /** Reads 4 and three a holding; writes 1 and one a holding, all for the settler alone. */
  async presentForSettlement(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.presentForSettlement, args, present);
  }

  /** Reads 3 and three a holding; writes 3 and two a holding. */
  async settleHoldings(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.settleHoldings, args, settle);
  }

  /** Reads 4 and three a holding; writes 1. */
  async closeCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.closeCertificate, args, close);
  }

  async certificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.certificate, args, ({ state, input }) => state.require('certificate', input.id));
  }

  async holding(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.holding, args, ({ state, input }) => state.require('holding', input.id));
  }

  async holdingsOf(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.holdingsOf, args, holdingsOf);
  }

  async quotesOf(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.quotesOf, args, quotesOf);
  }

  async openCertificate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openCertificate, args, (call) => openCertificate(call, call.input.id));
  }

  async openHolding(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openHolding, args, (call) => openHolding(call, call.input.id));
  }

  async openQuote(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openQuote, args, openQuote);
  }

  async certificates(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.certificates, args, certificates);
  }

  async myHoldings(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.myHoldings, args, myHoldings);
  }
}
