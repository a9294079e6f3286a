import type { CertificateSkeleton, HoldingSkeleton, Opened } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A certificate and some of its holdings, as the own peer holds them. */
export async function openForSettlement(session: Session, certificateId: string, holdingIds: readonly string[], options: CallOptions): Promise<{ certificate: Opened<CertificateSkeleton>; holdings: readonly Opened<HoldingSkeleton>[] }> {
  const [certificate, ...holdings] = await Promise.all([
    ask(session, certificateVerbs.openCertificate, { id: certificateId }, options),
    ...holdingIds.map((id) => ask(session, certificateVerbs.openHolding, { id }, options)),
  ] as const);
  return { certificate, holdings };
}
