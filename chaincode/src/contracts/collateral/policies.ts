import type { DepositSkeleton, ReceiptPledgeSkeleton, ReceiptSkeleton } from '@dualchain/model';
import { allOf, anyTwoOf } from '../../ledger';
import type { Policy } from '../../ledger';

type Guarded = Pick<ReceiptSkeleton, 'owner' | 'warehouse' | 'authority' | 'destination' | 'proposal' | 'pledgeId' | 'financier' | 'settler'>;

/**
 * Two of owner, warehouse, authority; on the way the other warehouse may take the place of the first, and a receiver that
 * of the owner. While it is pledged: financier and warehouse, for either of which the authority may stand in, and one of
 * owner and settler beside them; so an owner that is gone prevents no sale, and financier and warehouse alone cannot
 * take the goods.
 */
export function receiptPolicy({ owner, warehouse, authority, destination, proposal, pledgeId, financier, settler }: Guarded): Policy {
  const keepers = [warehouse, ...some(destination)];
  if (pledgeId === undefined || financier === undefined || settler === undefined) return anyTwoOf([[owner, ...some(proposal?.receiver)], keepers, some(authority)]);
  const others = some(authority).filter((mspId) => ![owner, settler, financier, ...keepers].includes(mspId));
  return { n: 2, of: [anyTwoOf([[financier], keepers, others]), { n: 1, of: [owner, settler] }] };
}

/** What a receiving event brought belongs to keeper and depositor. */
export function depositPolicy({ warehouse, depositor }: Pick<DepositSkeleton, 'warehouse' | 'depositor'>): Policy {
  return allOf([warehouse, depositor]);
}

/** Who has the goods says what receipts there are over them. */
export function lotReceiptPolicy({ warehouse, destination }: Pick<ReceiptSkeleton, 'warehouse' | 'destination'>): Policy {
  return destination ?? warehouse;
}

/**
 * Before the loan is paid two of owner, financier, warehouse (a draft: owner and financier). From then on the financier,
 * for whom the authority may stand in, and one of owner, warehouse, settler.
 */
export function pledgePolicy({ state, owner, financier, warehouse, settler, authority }: Pick<ReceiptPledgeSkeleton, 'state' | 'owner' | 'financier' | 'warehouse' | 'settler' | 'authority'>): Policy {
  if (state === 'draft') return allOf([owner, financier]);
  if (state === 'proposed' || state === 'accepted' || state === 'secured') return anyTwoOf([[owner], [financier], [warehouse]]);
  const standIn = some(authority).filter((mspId) => ![owner, warehouse, settler].includes(mspId));
  return { n: 2, of: [{ n: 1, of: [financier, ...standIn.filter((mspId) => mspId !== financier)] }, { n: 1, of: [...new Set([owner, warehouse, settler])] }] };
}

function some(mspId: string | undefined): string[] {
  return mspId === undefined ? [] : [mspId];
}
