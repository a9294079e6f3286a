import { attestationVerbs } from '@dualchain/model';
import type { Attestation, AttestationId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** An attestation and the earlier ones of its author on the same claim and subject whose place it took, the newest first, revoked ones included. Throws NOT_FOUND. */
export async function attestationHistory(session: Session, attestationId: AttestationId, options?: CallOptions): Promise<readonly Attestation[]> {
  return typed(await ask(session, attestationVerbs.attestationHistory, { attestationId }, options));
}
