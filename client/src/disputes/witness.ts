import type { CertificateSkeleton } from '@dualchain/model';
import type { Session } from '../session';

/** Who endorses beside the settler: the obligor where it acts itself, else the authority, because the obligor may be gone. */
export function debtorOrAuthority({ mspId }: Session, { obligor, authority }: Pick<CertificateSkeleton, 'obligor' | 'authority'>): string {
  return mspId === obligor ? obligor : (authority ?? obligor);
}
