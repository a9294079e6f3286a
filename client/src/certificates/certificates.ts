import { certificateVerbs } from '@dualchain/model';
import type { OpenedCertificate } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readCertificate } from './open-certificate';

export type CertificatesParameters = PageParameters;

/** The certificates of the own organisation, with their sealed terms. */
export function certificates(session: Session, parameters: CertificatesParameters = {}, options?: CallOptions): AsyncGenerator<OpenedCertificate, void, undefined> {
  return listOf(session, certificateVerbs.certificates, parameters, readCertificate, options);
}
