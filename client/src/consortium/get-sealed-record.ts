import type { InputOf, SealedRecord } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** A sealed record as the own organisation holds it, such as one that was opened to it as auditor; undefined if it holds none. Throws WRONG_PEER. */
export async function getSealedRecord(session: Session, name: InputOf<typeof consortiumVerbs.sealedRecord>, options?: CallOptions): Promise<SealedRecord | undefined> {
  return orUndefined(ask(session, consortiumVerbs.sealedRecord, name, options));
}
