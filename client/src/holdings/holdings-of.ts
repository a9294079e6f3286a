import { certificateVerbs } from '@dualchain/model';
import type { CertificateId, Holding } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

export interface HoldingsOfParameters extends PageParameters {
  readonly certificateId: CertificateId;
}

/** The public sides of all holdings of a certificate, those that were spent or redeemed included. */
export function holdingsOf(session: Session, parameters: HoldingsOfParameters, options?: CallOptions): AsyncGenerator<Holding, void, undefined> {
  return listOf(session, certificateVerbs.holdingsOf, parameters, (holding): Holding => typed(holding), options);
}
