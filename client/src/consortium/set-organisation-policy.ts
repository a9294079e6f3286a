import type { InputOf, OrganisationPolicy } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import { toWire } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type SetOrganisationPolicyParameters = InputOf<typeof consortiumVerbs.setOrganisationPolicy> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};
export type SetOrganisationPolicyResult = OrganisationPolicy;

/**
 * The own organisation's checker says whether maker and checker of an acceptance must be two identities.
 * Throws NOT_A_MEMBER, WRONG_ROLE.
 */
export const setOrganisationPolicy = action<SetOrganisationPolicyParameters, SetOrganisationPolicyResult>(({ witness, ...input }) => ({
  verb: consortiumVerbs.setOrganisationPolicy,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => answer as OrganisationPolicy,
}));
