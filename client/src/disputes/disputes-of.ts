import { certificateVerbs } from '@dualchain/model';
import type { CertificateId, Dispute } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

export interface DisputesOfParameters extends PageParameters {
  readonly certificateId: CertificateId;
}

/** The disputes of a certificate, those that are over included. */
export function disputesOf(session: Session, parameters: DisputesOfParameters, options?: CallOptions): AsyncGenerator<Dispute, void, undefined> {
  return listOf(session, certificateVerbs.disputesOf, parameters, (dispute): Dispute => typed(dispute), options);
}
