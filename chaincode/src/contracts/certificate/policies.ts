import type { CertificateSkeleton, HoldingSkeleton } from '@dualchain/model';
import { allOf, anyTwoOf } from '../../ledger';
import type { Policy } from '../../ledger';

/** Two of obligor, (first holder or settler), authority. */
export function certificatePolicy({ obligor, supplier, settler, authority }: Pick<CertificateSkeleton, 'obligor' | 'supplier' | 'settler' | 'authority'>): Policy {
  return anyTwoOf([[obligor], [supplier, settler], party(authority)]);
}

/**
 * Two of owner, obligor, authority (finance.md, "Key-level endorsement"). While it is offered, the receiver may take the
 * owner's place. Neither a financier that is asked nor one that was refused has a part in it.
 */
export function holdingPolicy({ owner, obligor, authority, proposal }: Pick<HoldingSkeleton, 'owner' | 'obligor' | 'authority' | 'proposal'>): Policy {
  return anyTwoOf([[owner, ...party(proposal?.receiver)], [obligor], party(authority)]);
}

/**
 * While a holding is locked for finance, financier *and* settler together may take the owner's place: the obligor and a
 * financier alone cannot take a claim that nobody paid for.
 */
export function lockedHoldingPolicy({ owner, obligor, authority }: Pick<HoldingSkeleton, 'owner' | 'obligor' | 'authority'>, financier: string, settler: string): Policy {
  const ownerOrBuyer: Policy = { n: 1, of: [owner, allOf([financier, settler])] };
  // An organisation that is a party already does not count a second time as authority.
  const others = [obligor, ...party(authority).filter((mspId) => ![owner, obligor, financier, settler].includes(mspId))];
  return { n: 2, of: [ownerOrBuyer, ...others] };
}

/** An owner that agreed to a replacement lets the settler take its place, so that no owner is shown what another one holds. */
export function replaceableHoldingPolicy({ owner, obligor, authority }: Pick<HoldingSkeleton, 'owner' | 'obligor' | 'authority'>, settler: string): Policy {
  return anyTwoOf([[owner, settler], [obligor], party(authority)]);
}

/** Two of owner, obligor, authority: as the holding that is to be paid early. */
export function earlyOfferPolicy({ owner, obligor, authority }: Pick<HoldingSkeleton, 'owner' | 'obligor' | 'authority'>): Policy {
  return anyTwoOf([[owner], [obligor], party(authority)]);
}

/** While an invoice backs a certificate, the authority may stand in for one of its two parties, so that it can be released. */
export function certifiedInvoicePolicy({ obligor, supplier, authority }: Pick<CertificateSkeleton, 'obligor' | 'supplier' | 'authority'>): Policy {
  return anyTwoOf([[obligor], [supplier], party(authority)]);
}

export function openQuotePolicy(owner: string, financier: string): Policy {
  return allOf([owner, financier]);
}

/** Once accepted, the settler may take the owner's place: it confirms the pay-out. */
export function acceptedQuotePolicy(owner: string, financier: string, settler: string): Policy {
  return { n: 2, of: [financier, { n: 1, of: [owner, settler] }] };
}

/** While a holding is pledged, control is with the financier: it takes the owner's place (finance.md, "control moves, ownership does not"). */
export function pledgedHoldingPolicy({ obligor, authority }: Pick<HoldingSkeleton, 'obligor' | 'authority'>, financier: string): Policy {
  return anyTwoOf([[financier], [obligor], party(authority)]);
}

/**
 * Once its owner agreed to give a holding up, the settler may take the owner's place: owners that agreed need not see
 * each other's units when the certificate is cancelled.
 */
export function agreedHoldingPolicy({ owner, obligor, authority }: Pick<HoldingSkeleton, 'owner' | 'obligor' | 'authority'>, settler: string): Policy {
  return anyTwoOf([[owner, settler], [obligor], party(authority)]);
}

/** The obligor has paid, so it has no more say: settler and authority together release the money. */
export function escrowedHoldingPolicy({ settler, authority }: Pick<CertificateSkeleton, 'settler' | 'authority'>): Policy {
  return allOf([settler, ...party(authority)]);
}

function party(mspId: string | undefined): string[] {
  return mspId === undefined ? [] : [mspId];
}
