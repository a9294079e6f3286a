import { fieldRoot, sealRecord } from '@dualchain/model';
import type { CertificateSkeleton, EarlySettlementSkeleton, HoldingProposal, HoldingSkeleton, HoldingTerms, InvoiceSkeleton, LoanSkeleton, OrderSkeleton, QuoteSkeleton, Replacement, SealedRecord } from '@dualchain/model';

/** Who plays which part in the examples of the unit tests. */
export const msp = { obligor: 'BrandMSP', supplier: 'ProcessorMSP', owner: 'ProcessorMSP', receiver: 'FarmMSP', financier: 'BankMSP', rival: 'FactorMSP', settler: 'ClearingMSP', authority: 'RegulatorMSP', stranger: 'CarrierMSP' } as const;
/** The time of the transaction, and times around it. */
export const now = '2026-03-01T08:00:00.000Z';
export const earlier = '2026-02-28T08:00:00.000Z';
export const later = '2026-03-02T08:00:00.000Z';

/** Units 1001…6000: figures that no message may show. */
export const terms: HoldingTerms = { certificateId: 'C-1', obligor: msp.obligor, owner: msp.owner, currency: 'CNY', from: '1001', to: '6000' };

export function sealed(id = 'H-1', fields: HoldingTerms = terms, seed = 7): SealedRecord & HoldingTerms {
  return sealRecord(new Uint8Array(32).fill(seed), 'holding', id, { ...fields }) as SealedRecord & HoldingTerms;
}

export function certificate(change: Partial<CertificateSkeleton> = {}): CertificateSkeleton {
  return { id: 'C-1', obligor: msp.obligor, supplier: msp.supplier, settler: msp.settler, authority: msp.authority, state: 'active', dueDate: later, expiresAt: later, lateness: { graceDays: 5, defaultAfterDays: 30, lateFeeBps: 1_800 }, invoiceIds: ['INV-1', 'INV-2'], shipmentIds: ['DA-1'], lots: ['lot-1'], firstHoldingId: 'H-1', proposedBy: 'maker', issuedAt: earlier, root: 'r', ...change };
}

export function holding(change: Partial<HoldingSkeleton> = {}): HoldingSkeleton {
  return { id: 'H-1', certificateId: 'C-1', obligor: msp.obligor, authority: msp.authority, owner: msp.owner, state: 'free', parents: [], assignments: [], tier: 0, createdAt: earlier, root: fieldRoot(sealed(change.id)), ...change };
}

export function proposal(change: Partial<HoldingProposal> & Pick<HoldingProposal, 'kind'>): HoldingProposal {
  return { id: 'tx-1', prior: 'free', expiresAt: later, offeredAt: earlier, ...change };
}

/** A holding under each kind of proposal. */
export const offered = (change: Partial<HoldingProposal> = {}) => holding({ state: 'transfer offered', proposal: proposal({ kind: 'transfer', receiver: msp.receiver, tradeReference: { type: 'order', id: 'PO-1' }, ...change }) });
export const asking = (change: Partial<HoldingProposal> = {}) => holding({ state: 'quotes open', proposal: proposal({ kind: 'quotes', financiers: [msp.financier, msp.rival], recourse: 'without', ...change }) });
export const locked = (change: Partial<HoldingProposal> = {}) => holding({ state: 'finance locked', proposal: proposal({ kind: 'finance', financier: msp.financier, quoteId: 'Q-1', recourse: 'without', ...change }) });

export const pledging = (state: 'pledge offered' | 'pledge locked' | 'pledged' = 'pledged', change: Partial<HoldingProposal> = {}) => holding({ state, proposal: proposal({ kind: 'pledge', financier: msp.financier, loanId: 'L-1', loanDueAt: later, ...(state === 'pledged' ? { registeredAt: earlier, registrationReference: 'REG-L' } : {}), ...change }) });
/** Financed with recourse on the first owner, claimed after a default. */
export const claimed = (change: Partial<HoldingSkeleton> = {}) => holding({ state: 'recourse claimed', owner: msp.financier, tier: 1, recourse: [{ from: msp.financier, to: msp.supplier }], proposal: proposal({ kind: 'recourse', prior: 'financed', seller: msp.supplier }), ...change });

export function loan(change: Partial<LoanSkeleton> = {}): LoanSkeleton {
  return { id: 'L-1', holdingId: 'H-1', certificateId: 'C-1', owner: msp.owner, financier: msp.financier, settler: msp.settler, state: 'drafted', loanDueAt: later, draftedAt: earlier, root: 'r', ...change };
}

/** What holdings are locked for on their way out of a certificate. */
export const settlingEarly = (change: Partial<HoldingProposal> = {}) => holding({ state: 'settling early', proposal: proposal({ kind: 'early settlement', earlySettlementId: 'E-1', ...change }) });
export const netting = (change: Partial<HoldingProposal> = {}) => holding({ state: 'netting offered', proposal: proposal({ kind: 'netting', tradeReference: { type: 'invoice', id: 'INV-9' }, ...change }) });
export const agreed = (change: Partial<HoldingProposal> = {}) => holding({ state: 'replacement agreed', proposal: proposal({ kind: 'replacement', replacementId: replacement.id, ...change }) });
export const replacement: Replacement = { id: 'tx-9', registry: 'Shanghai Commercial Paper Exchange', documentHash: 'd', proposedAt: earlier, expiresAt: later };

export function earlyOffer(change: Partial<EarlySettlementSkeleton> = {}): EarlySettlementSkeleton {
  return { id: 'E-1', holdingId: 'H-1', certificateId: 'C-1', obligor: msp.obligor, owner: msp.owner, settler: msp.settler, state: 'open', offeredAt: earlier, expiresAt: later, root: 'r', ...change };
}

export function quote(change: Partial<QuoteSkeleton> = {}): QuoteSkeleton {
  return { id: 'Q-1', holdingId: 'H-1', financier: msp.financier, owner: msp.owner, state: 'open', requestId: 'tx-1', expiresAt: later, quotedAt: earlier, root: 'r', ...change };
}

export function order(change: Partial<OrderSkeleton> = {}): OrderSkeleton {
  return { id: 'PO-1', obligor: msp.owner, supplier: msp.receiver, state: 'accepted', version: 1, expiresAt: later, issuedAt: earlier, root: 'r', ...change };
}

export function invoice(change: Partial<InvoiceSkeleton> = {}): InvoiceSkeleton {
  return { id: 'INV-1', orderId: 'PO-9', shipmentIds: ['DA-1'], supplier: msp.supplier, obligor: msp.obligor, state: 'accepted', version: 1, exceptions: [], fingerprints: [], resembles: [], submittedAt: earlier, acceptanceDueAt: later, approvedBy: 'maker', acceptedAt: earlier, root: 'r', ...change };
}
