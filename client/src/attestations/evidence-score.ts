import type { EvidenceScore, InputOf } from '@dualchain/model';
import { attestationVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/**
 * Which witnesses that the channel policy asks for a certificate has and which are missing, for each kind of finance,
 * with the members that dispute it and the lots under recall. `parties`: further organisations of the deal, such as a
 * holding's owner, which are no witnesses; an asking financier is none either.
 * Throws NOT_FOUND.
 */
export async function evidenceScore(session: Session, parameters: InputOf<typeof attestationVerbs.evidenceScore>, options?: CallOptions): Promise<EvidenceScore> {
  return ask(session, attestationVerbs.evidenceScore, parameters, options);
}
