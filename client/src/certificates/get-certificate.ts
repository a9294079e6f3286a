import { certificateVerbs } from '@dualchain/model';
import type { Certificate, CertificateId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of a certificate, as the own peer has it; undefined if there is none. */
export function getCertificate(session: Session, id: CertificateId, options?: CallOptions): Promise<Certificate | undefined> {
  return orUndefined(requireCertificate(session, id, options));
}

/** The public side of a certificate, as the own peer has it. Throws NOT_FOUND. */
export async function requireCertificate(session: Session, id: CertificateId, options?: CallOptions): Promise<Certificate> {
  return typed(await ask(session, certificateVerbs.certificate, { id }, options));
}
