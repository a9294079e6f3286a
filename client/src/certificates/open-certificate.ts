import type { Opened, CertificateSkeleton, CertificateTerms } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { OpenedCertificate, CertificateId } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A certificate with the sealed terms that the own organisation holds of it. Throws NOT_FOUND, WRONG_PEER. */
export async function openCertificate(session: Session, id: CertificateId, options?: CallOptions): Promise<OpenedCertificate> {
  return readCertificate(await ask(session, certificateVerbs.openCertificate, { id }, options));
}

/** Typed form of an opened certificate. */
export function readCertificate(opened: Opened<CertificateSkeleton>): OpenedCertificate {
  return withTerms<CertificateSkeleton, CertificateTerms>(opened, 'certificate');
}
