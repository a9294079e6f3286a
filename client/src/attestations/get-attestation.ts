import { attestationVerbs } from '@dualchain/model';
import type { Attestation, AttestationId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** One attestation; undefined if there is none. */
export async function getAttestation(session: Session, attestationId: AttestationId, options?: CallOptions): Promise<Attestation | undefined> {
  const found = await orUndefined(ask(session, attestationVerbs.attestation, { attestationId }, options));
  return found === undefined ? undefined : typed(found);
}
