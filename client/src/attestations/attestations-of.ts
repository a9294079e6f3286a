import type { Subject } from '@dualchain/model';
import { attestationVerbs } from '@dualchain/model';
import type { Attestation } from '../results/objects';
import { listOf } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

/** Who attested what of a subject, revoked attestations included. */
export function attestationsOf(session: Session, subject: Subject, options?: CallOptions): AsyncGenerator<Attestation, void, undefined> {
  return listOf(session, attestationVerbs.attestationsOf, { subject }, (attestation): Attestation => typed(attestation), options);
}
