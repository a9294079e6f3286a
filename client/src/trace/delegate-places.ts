import type { InputOf, PlaceDelegation } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import { toWire } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type DelegatePlacesParameters = InputOf<typeof traceVerbs.delegatePlaces> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};
export type DelegatePlacesResult = PlaceDelegation;

/**
 * Lets another member report events at places of the own organisation: `places` are GLNs of 13 digits, or `all`. It
 * takes the place of what was said to this member before; `[]` ends it. Events that were captured stay.
 * Throws NOT_A_MEMBER, INVALID_INPUT (not a place of the own organisation).
 */
export const delegatePlaces = action<DelegatePlacesParameters, DelegatePlacesResult>(({ witness, ...input }) => ({
  verb: traceVerbs.delegatePlaces,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => answer as PlaceDelegation,
}));
