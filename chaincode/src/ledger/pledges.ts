import { DualchainError, liveReceiptStates } from '@dualchain/model';
import type { Call } from './call';

/** Receipts of one owner over one lot. */
const MAX_RECEIPTS = 500;

type Reader = Pick<Call, 'state' | 'sealed'>;

/**
 * Throws PLEDGED while one of these lots lies in a warehouse for this owner under a live receipt, pledged or not: the
 * goods of a lot cannot be told apart, so its owner ships none of it before the warehouse has delivered, and the
 * warehouse delivers nothing that is pledged. Receipts of other owners over the same lot are no bar. A receipt counts
 * only if warehouse and owner both hold its terms, so that nobody can bar others by inventing one. Reads: a range for
 * each lot, which is the goods themselves, and three a receipt.
 */
export async function requireNotPledged({ state, sealed }: Reader, owner: string, lots: readonly string[]): Promise<void> {
  for (const lot of new Set(lots)) {
    const rows = await state.scan('lotReceipt', [lot, owner], MAX_RECEIPTS + 1);
    if (rows.length > MAX_RECEIPTS) throw new DualchainError('TOO_LARGE', `${owner} has more than ${MAX_RECEIPTS} receipts over the lot ${lot}; merge them.`, { details: { lot } });
    for (const { value } of rows) {
      const receipt = await state.get('receipt', value.receiptId);
      if (receipt === undefined || receipt.lot !== lot || receipt.owner !== owner || !liveReceiptStates.includes(receipt.state)) continue;
      const [atWarehouse, atOwner] = [await sealed.hashAt('receiptTerms', receipt.id, receipt.warehouse), await sealed.hashAt('receiptTerms', receipt.id, owner)];
      if (atWarehouse === undefined || atWarehouse !== atOwner) continue;
      const why = receipt.pledgeId === undefined ? `lies at ${receipt.warehouse} under the receipt ${receipt.id}; let the warehouse deliver it first` : `is pledged by ${receipt.pledgeId} over the receipt ${receipt.id}; have it released and delivered first`;
      throw new DualchainError('PLEDGED', `The lot ${lot} ${why}.`, { details: { lot, receiptId: receipt.id, pledgeId: receipt.pledgeId ?? null } });
    }
  }
}
