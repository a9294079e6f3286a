import type { PaymentSkeleton } from '@dualchain/model';
import { msp, now } from '../testing/claims';
import { codeOf } from '../testing/refusal';
import { paymentDigest, requireSamePayment } from './payment';

const paid: PaymentSkeleton = { digest: 'd', settler: msp.settler, purpose: 'payout', holdingIds: ['H-1'], certificateId: 'C-1', quoteId: 'Q-1', registrationReference: 'REG-1', paidTo: msp.owner, at: now };

test('a reference is one reference however it is spaced or composed, and each settler has its own', () => {
  expect(paymentDigest(msp.settler, ' CNAPS-1 ')).toBe(paymentDigest(msp.settler, 'CNAPS-1'));
  expect(paymentDigest(msp.settler, 'ﾅ-1')).toBe(paymentDigest(msp.settler, 'ナ-1'));
  expect(paymentDigest(msp.settler, 'CNAPS-1')).not.toBe(paymentDigest(msp.settler, 'CNAPS-2'));
  expect(paymentDigest(msp.settler, 'CNAPS-1')).not.toBe(paymentDigest(msp.rival, 'CNAPS-1'));
});

test('the very same confirmation may be repeated, every other use of the reference is refused', () => {
  requireSamePayment(paid, paid);
  requireSamePayment({ ...paid, holdingIds: ['B', 'A'] }, { ...paid, holdingIds: ['A', 'B'] });
  for (const change of [{ holdingIds: ['H-2'] }, { holdingIds: ['H-1', 'H-2'] }, { certificateId: 'C-2' }, { quoteId: 'Q-2' }, { registrationReference: 'REG-2' }, { purpose: 'settlement' as const }]) {
    expect(codeOf(() => requireSamePayment(paid, { ...paid, ...change }))).toBe('PAYMENT_REFERENCE_USED');
  }
});
