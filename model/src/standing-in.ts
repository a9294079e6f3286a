import type { CertificateSkeleton, HoldingSkeleton } from './skeletons';

/**
 * Who acts in the debtor's place (finance.md, "Key-level endorsement"): the authority of a defaulted certificate, because
 * the obligor may be gone for good; otherwise the obligor itself. Its endorsement is asked for, and a sealed record that
 * is made now is kept by it.
 */
export function debtorOf({ state, obligor, authority }: Pick<CertificateSkeleton, 'state' | 'obligor' | 'authority'>): string {
  return state === 'defaulted' && authority !== undefined ? authority : obligor;
}

/** Whose collection holds, beside the owner's, the sealed terms of a holding: the stand-in's where the record is younger than the default, else the obligor's. */
export function keeperOf({ obligor, standIn }: Pick<HoldingSkeleton, 'obligor' | 'standIn'>): string {
  return standIn ?? obligor;
}
