import { debtorOf, DualchainError, lateFeeOf, liveHoldingStates, paidHoldingStates } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, HoldingTerms } from '@dualchain/model';
import { payeeOf } from '../finance/pledge';
import { rowOf as holdingRow, termsOfParts } from '../holding/holding';
import type { NewHolding } from '../holding/holding';
import { coverFrom, rangeOf, requireCover, sizeOf } from '../holding/ranges';
import type { Range } from '../holding/ranges';
import { rowOf } from './certificate';

/** The obligor may open these holdings to the settler, and an owner its own: the obligor may be gone. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT. */
export function requirePresentable(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[], caller: string): void {
  const [owner, ...others] = new Set(holdings.map((holding) => holding.owner));
  rowOf(certificate, 'presentForSettlement', caller, { owner: others.length === 0 ? owner : undefined });
  requireHoldingsOf(certificate, holdings);
  const gone = holdings.find(({ state }) => !liveHoldingStates.includes(state));
  if (gone !== undefined) throw new DualchainError('WRONG_STATE', `The holding ${gone.id} is ${gone.state}; only live holdings are settled.`, { details: { object: 'holding', id: gone.id, state: gone.state } });
}

/**
 * The settler paid one owner for its holdings; they are redeemed, and a proposal that was still open ends with them: it
 * never keeps the present owner from its money. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT.
 */
export function settleHoldings(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[], digest: string, caller: string): HoldingSkeleton[] {
  const { settler } = certificate;
  requireHoldingsOf(certificate, holdings);
  const redeemed = holdings.map((holding) => {
    const { to } = holdingRow(holding, 'settleHoldings', caller, { settler });
    const { proposal: _ended, ...rest } = holding;
    return { ...rest, state: to, redeemedBy: digest };
  });
  rowOf(certificate, 'settleHoldings', caller);
  const payees = [...new Set(holdings.map(payeeOf))];
  const owners = [...new Set(holdings.map(({ owner }) => owner))];
  if (owners.length > 1) throw new DualchainError('INVALID_INPUT', `The holdings belong to ${owners.join(' and ')}; settle each owner by itself, so that they do not learn of one another.`, { details: { owners } });
  if (payees.length > 1) throw new DualchainError('INVALID_INPUT', `The holdings are paid to ${payees.join(' and ')}; settle for each payee by itself, so that they do not learn of one another.`, { details: { payees } });
  return redeemed;
}

/** How one holding is paid in part; `amount` is in minor units. */
export interface PartPayment {
  readonly paidId: string;
  readonly restId: string;
  readonly amount: bigint;
  /** Digest of the payment. */
  readonly digest: string;
  readonly at: string;
}

/**
 * The settler paid a part of one holding: the holding is spent into its first `amount` units, which are redeemed, and
 * the rest, which stays a live claim of the same owner in the state that the holding had before any open proposal, with
 * its recourse. New records are kept in the debtor's place by whoever stands in for it. Throws NOT_A_PARTY, WRONG_STATE,
 * INVALID_INPUT, AMOUNT_TOO_SMALL, AMOUNT_MISMATCH.
 */
export function settlePart(certificate: CertificateSkeleton, parent: HoldingSkeleton, terms: HoldingTerms, { paidId, restId, amount, digest, at }: PartPayment, caller: string): { parent: HoldingSkeleton; paid: NewHolding; rest: NewHolding; paidTerms: HoldingTerms; restTerms: HoldingTerms } {
  requireHoldingsOf(certificate, [parent, { ...parent, id: paidId }, { ...parent, id: restId }]);
  const { to } = holdingRow(parent, 'settlePart', caller, { settler: certificate.settler });
  rowOf(certificate, 'settlePart', caller);
  const { proposal, root: parentRoot, ...claim } = parent;
  const [paidTerms, restTerms] = termsOfParts(terms, [paidId, restId], [amount, sizeOf(rangeOf(terms)) - amount]);
  if (paidTerms === undefined || restTerms === undefined) throw new RangeError('A part payment makes two parts.');
  const keeper = debtorOf(certificate);
  const part = { ...claim, ...(keeper === claim.obligor ? {} : { standIn: keeper }), parents: [parent.id], assignments: [], createdAt: at };
  return {
    parent: { ...claim, root: parentRoot, state: to, children: [paidId, restId] },
    paid: { ...part, id: paidId, state: 'redeemed', redeemedBy: digest },
    rest: { ...part, id: restId, state: proposal?.prior ?? parent.state },
    paidTerms,
    restTerms,
  };
}

/** What one payment is for, in minor units: the units redeemed, and what is paid on top or held back. */
export interface PaidAmounts {
  readonly amount: bigint;
  readonly lateFee: bigint;
  readonly discount: bigint;
}

/** The settler names the late fee that it paid; it must be the one that the certificate's terms give now. Throws AMOUNT_MISMATCH. */
export function requireLateFee(certificate: CertificateSkeleton, amount: bigint, lateFee: bigint, at: string): PaidAmounts {
  if (lateFee !== lateFeeOf(certificate, amount, at)) throw new DualchainError('AMOUNT_MISMATCH', `The late fee that was paid is not what the certificate ${certificate.id} asks for at ${at}: interest for every day begun since ${certificate.dueDate}, once the grace days are over.`, { details: { certificateId: certificate.id, at } });
  return { amount, lateFee, discount: 0n };
}

/** Throws NOT_A_PARTY, WRONG_STATE. */
export function requireClosable(certificate: CertificateSkeleton, verb: 'closeCertificate' | 'tallyCertificate', caller: string): void {
  rowOf(certificate, verb, caller);
}

type Proved = readonly { readonly holding: HoldingSkeleton; readonly terms: HoldingTerms }[];

/**
 * Counts on from the unit that earlier tallies reached, for a certificate of more holdings than one transaction takes.
 * Returns the unit that these ended holdings reach. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, AMOUNT_MISMATCH.
 */
export function tallyCertificate(certificate: CertificateSkeleton, covered: bigint, holdings: Proved, caller: string): bigint {
  rowOf(certificate, 'tallyCertificate', caller);
  return coverFrom(rangesOfEnded(certificate, holdings), covered);
}

/** All units behind `covered`, which tallies reached, were paid or netted. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, AMOUNT_MISMATCH. */
export function closeCertificate(certificate: CertificateSkeleton, face: bigint, holdings: Proved, caller: string, covered = 0n): CertificateSkeleton {
  const { to } = rowOf(certificate, 'closeCertificate', caller);
  requireCover(rangesOfEnded(certificate, holdings), face, covered);
  return { ...certificate, state: to };
}

function rangesOfEnded(certificate: CertificateSkeleton, holdings: Proved): Range[] {
  const skeletons = holdings.map(({ holding }) => holding);
  requireHoldingsOf(certificate, skeletons);
  const open = skeletons.find(({ state }) => !paidHoldingStates.includes(state) && state !== 'netted');
  if (open !== undefined) throw new DualchainError('WRONG_STATE', `The holding ${open.id} is ${open.state}; settle it first.`, { details: { object: 'holding', id: open.id, state: open.state } });
  return holdings.map(({ terms }) => rangeOf(terms));
}

/** Holdings of this certificate, each named once. Throws INVALID_INPUT. */
export function requireHoldingsOf(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[]): void {
  const ids = holdings.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${twice} is named twice.`, { details: { holdingId: twice } });
  const foreign = holdings.find(({ certificateId }) => certificateId !== certificate.id);
  if (foreign !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${foreign.id} belongs to the certificate ${foreign.certificateId}, not to ${certificate.id}.`, { details: { holdingId: foreign.id, certificateId: foreign.certificateId } });
}
