import { DualchainError, lateFeeOf } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, HoldingTerms, PaymentSkeleton } from '@dualchain/model';
import type { PaidAmounts } from '../certificate/settlement';
import { payeeOf } from '../finance/pledge';
import { rowOf } from '../holding/holding';
import { rangeOf, sizeOf } from '../holding/ranges';

/** States of a certificate whose holders are to be paid. */
const payable: readonly string[] = ['due', 'partly settled', 'overdue', 'defaulted'];

/**
 * The obligor's money for frozen holdings of one owner lies with the settler: the units are paid, the owner stays, and a
 * proposal that was still open ends. `frozen` says of each holding whether an order freezes it now.
 * Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT.
 */
export function payIntoEscrow(certificate: CertificateSkeleton, holdings: readonly HoldingSkeleton[], frozen: readonly boolean[], deposit: string, caller: string): HoldingSkeleton[] {
  const { id, state, settler } = certificate;
  const paid = holdings.map((holding) => {
    const { to } = rowOf(holding, 'payIntoEscrow', caller, { settler });
    const { proposal: _ended, ...rest } = holding;
    return { ...rest, state: to, redeemedBy: deposit, escrow: { deposit, ...(payeeOf(holding) === holding.owner ? {} : { payee: payeeOf(holding) }) } };
  });
  const twice = holdings.find((holding, index) => holdings.findIndex((other) => other.id === holding.id) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${twice.id} is named twice.`, { details: { holdingId: twice.id } });
  const foreign = holdings.find(({ certificateId }) => certificateId !== id);
  if (foreign !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${foreign.id} belongs to the certificate ${foreign.certificateId}, not to ${id}.`, { details: { holdingId: foreign.id, certificateId: foreign.certificateId } });
  if (!payable.includes(state)) throw new DualchainError('WRONG_STATE', `The certificate ${id} is ${state}; it must be due before money for it is put into escrow.`, { details: { object: 'certificate', id, state } });
  const payees = [...new Set(holdings.map(payeeOf))];
  if (payees.length > 1) throw new DualchainError('INVALID_INPUT', `The holdings are paid to ${payees.join(' and ')}; pay for each payee by itself.`, { details: { payees } });
  const free = holdings.find((_, index) => frozen[index] !== true);
  if (free !== undefined) throw new DualchainError('WRONG_STATE', `No order freezes the holding ${free.id}: pay its owner and settle it.`, { details: { object: 'holding', id: free.id, state: free.state } });
  return paid;
}

/** A payment that its settler accounts for afterwards. Throws NOT_A_PARTY, WRONG_STATE. */
export function requireDeposit({ digest, purpose, settler }: PaymentSkeleton, caller: string): void {
  if (caller !== settler) throw new DualchainError('NOT_A_PARTY', `The payment ${digest} is accounted for by ${settler}, not by ${caller}.`, { details: { digest, caller } });
  if (purpose !== 'escrow') throw new DualchainError('WRONG_STATE', `The payment ${digest} is a ${purpose}; only a deposit in escrow is accounted for afterwards.`, { details: { digest, purpose } });
}

/** What lies in a deposit: the units of its holdings, and the late fee that the certificate asked for when it was paid in. */
export function depositAmounts({ at }: PaymentSkeleton, certificate: CertificateSkeleton, terms: readonly HoldingTerms[]): PaidAmounts {
  const amount = terms.reduce((sum, each) => sum + sizeOf(rangeOf(each)), 0n);
  return { amount, lateFee: lateFeeOf(certificate, amount, at), discount: 0n };
}

/** The authority orders that another gets the money; the latest order counts. Throws NOT_A_PARTY, WRONG_STATE. */
export function directEscrow(holding: HoldingSkeleton, orderId: string, beneficiary: string, caller: string): HoldingSkeleton {
  const { to } = rowOf(holding, 'directEscrow', caller);
  return { ...holding, state: to, escrow: { ...(holding.escrow ?? { deposit: '' }), beneficiary, orderId } };
}

/**
 * The settler paid the money out: to the owner once no order freezes it (`frozen`: one still does), or to whom the
 * authority named, whether or not it is frozen. Throws NOT_A_PARTY, WRONG_STATE. The caller of this rule refuses FROZEN.
 */
export function releaseEscrow(holding: HoldingSkeleton, certificate: CertificateSkeleton, caller: string): { readonly holding: HoldingSkeleton; readonly paidTo: string; readonly ordered: boolean } {
  const { to } = rowOf(holding, 'releaseEscrow', caller, { settler: certificate.settler });
  const beneficiary = holding.escrow?.beneficiary;
  return { holding: { ...holding, state: to }, paidTo: beneficiary ?? holding.escrow?.payee ?? holding.owner, ordered: beneficiary !== undefined };
}
