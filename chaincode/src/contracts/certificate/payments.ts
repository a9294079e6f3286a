import type { PaymentSkeleton } from '@dualchain/model';
import type { Call } from '../../ledger';
import type { PaidAmounts } from '../../rules/certificate/settlement';

/** A payment before its amounts are sealed. */
export type Booking = Omit<PaymentSkeleton, 'at' | 'root' | 'certificateId'> & { readonly certificateId: string };

/**
 * Books what the settler paid: amounts sealed for debtor, owner, payee and settler, the unique reference under the settler's
 * policy with its anchor, and an index entry for each holding that ended. Writes one a reader, three, and one a holding;
 * no key that another payment writes.
 */
export async function bookPayment(call: Pick<Call, 'state' | 'sealed' | 'anchors' | 'at'>, booking: Booking, currency: string, { amount, lateFee, discount }: PaidAmounts, { debtor, owner }: { readonly debtor: string; readonly owner: string }): Promise<PaymentSkeleton> {
  const { state, sealed, anchors, at } = call;
  const { digest, certificateId, holdingIds, paidTo, settler } = booking;
  const fields = { certificateId, holdingIds, settler, paidTo, currency, amount: amount.toString(), lateFee: lateFee.toString(), discount: discount.toString() };
  const { root } = await sealed.seal('payment', digest, fields, [debtor, owner, paidTo, settler]);
  const payment = { ...booking, at, root };
  await state.create('payment', [digest], payment, settler);
  await anchors.put('payment', [digest], payment, settler);
  for (const id of holdingIds) await state.index('endedHolding', [certificateId, id]);
  return payment;
}
