import { canonicalJson, lateFeeOf } from '@dualchain/model';
import type { PaymentSkeleton } from '@dualchain/model';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { numberIn } from './numbers';
import { payingPurposes } from './rules';
import { changesOf } from './step';
import type { Step } from './step';

export const paymentOnce = stepInvariant('10', 'A payment reference is used once, and no more is paid out than was paid in', (step, state, find) => {
  for (const { attributes, before, after: payment } of changesOf(step, 'payment')) {
    if (before !== undefined && payment !== undefined && accountsFor(before, payment)) {
      find.require(payment.settler === step.creator, step, () => `the deposit ${payment.digest} is not accounted for by its settler`);
      requireAmounts(payment, step, state, find);
      continue;
    }
    if (!find.require(before === undefined && payment !== undefined, step, () => `the payment ${attributes.join('/')} was used before`) || payment === undefined) continue;
    const { digest, settler, certificateId, pledgeId } = payment;
    const expected = certificateId === undefined ? state.get('receiptPledge', pledgeId ?? '')?.settler : state.get('certificate', certificateId)?.settler;
    find.require(settler === step.creator && expected === settler, step, () => `the payment ${digest} is not by the settler of ${certificateId ?? pledgeId ?? 'anything'}`);
    for (const holdingId of payment.holdingIds) find.require(changesOf(step, 'holding').some(({ attributes: [id] }) => id === holdingId), step, () => `the payment ${digest} names ${holdingId}, which it did not move`);
    if (payingPurposes.includes(payment.purpose)) requireUnits(payment, step, state, find);
    if (payment.purpose === 'escrow release') requireDeposit(payment, step, state, find);
  }
});

/** A deposit is accounted for in a step of its own, once: nothing of it changes but that its amounts are sealed. */
function accountsFor(before: PaymentSkeleton, after: PaymentSkeleton): boolean {
  return before.purpose === 'escrow' && before.root === undefined && after.root !== undefined && canonicalJson({ ...after, root: '' }) === canonicalJson({ ...before, root: '' });
}

/** A payment pays exactly the units of the holdings that it names, each once, with the fee of what is late and never more discount than that. */
function requireUnits({ digest, certificateId = '', holdingIds, purpose }: PaymentSkeleton, step: Step, state: LedgerState, find: Findings): void {
  for (const holdingId of holdingIds) {
    const others = [...state.find('paymentsOfHolding', holdingId)].filter((other) => other.digest !== digest && payingPurposes.includes(other.purpose));
    find.require(others.length === 0, step, () => `the units of ${holdingId} were paid before, by ${others[0]?.digest ?? ''}`);
  }
  requireAmounts({ digest, certificateId, holdingIds, purpose, at: step.at }, step, state, find);
}

/** What a payment books is what it pays. */
function requireAmounts({ digest, certificateId = '', holdingIds, purpose, at }: Pick<PaymentSkeleton, 'digest' | 'certificateId' | 'holdingIds' | 'purpose' | 'at'>, step: Step, state: LedgerState, find: Findings): void {
  const record = state.record('payment', digest);
  let units: bigint | undefined = 0n;
  for (const holdingId of holdingIds) {
    const range = state.claims(certificateId).get(holdingId)?.range;
    units = units === undefined || range === undefined ? undefined : units + range.amount;
  }
  const [amount, fee, discount] = ['amount', 'lateFee', 'discount'].map((field) => numberIn(record, field));
  const certificate = state.get('certificate', certificateId);
  if (amount === undefined || fee === undefined || discount === undefined || units === undefined || certificate === undefined) {
    find.hide();
    return;
  }
  find.require(amount === units, step, () => `the payment ${digest} books another amount than the units of ${holdingIds.join(', ')}`);
  find.require(fee === (purpose === 'settlement' || purpose === 'escrow' ? lateFeeOf(certificate, amount, at) : 0n), step, () => `the payment ${digest} books another late fee than the certificate gives`);
  find.require(purpose === 'early settlement' ? discount < amount : discount === 0n, step, () => `the payment ${digest} books a discount that it cannot have`);
}

/** Money leaves escrow once, to whom it belongs. */
function requireDeposit({ digest, deposit = '', holdingIds, paidTo }: PaymentSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const paidIn = state.get('payment', deposit);
  for (const holdingId of holdingIds) {
    const holding = state.get('holding', holdingId);
    find.require(paidIn?.purpose === 'escrow' && paidIn.holdingIds.includes(holdingId) && holding?.escrow?.deposit === deposit, step, () => `the payment ${digest} releases money of ${holdingId} that was not paid into escrow`);
    find.require(paidTo === (holding?.escrow?.beneficiary ?? holding?.escrow?.payee ?? holding?.owner), step, () => `the money of ${holdingId} was released to ${paidTo}`);
    const released = [...state.find('paymentsOfHolding', holdingId)].filter(({ purpose }) => purpose === 'escrow release').length;
    find.require(released === 1, step, () => `the money of ${holdingId} was released ${released} times`);
  }
}
