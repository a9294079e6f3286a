import type { OrganisationPolicy } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** What an organisation asks of its own people; two people for an acceptance unless it said otherwise. Throws NOT_FOUND for a stranger. */
export async function organisationPolicy(session: Session, mspId: string, options?: CallOptions): Promise<OrganisationPolicy> {
  return ask(session, consortiumVerbs.organisationPolicy, { mspId }, options);
}
