import { z } from 'zod';
import { gln, mspId } from '../schemas';
import type { PlaceDelegation } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';

const trace = { contract: 'trace' } as const;

/** Most places that a member names one by one when it lets another report events there. */
export const MAX_DELEGATED_PLACES = 100;

/** Who may report what happens at whose places (traceability.md, "Who may capture what"). */
export const placeVerbs = {
  delegatePlaces: submitVerb({
    ...trace,
    name: 'delegatePlaces',
    summary: 'Lets another member report events at places of the own organisation: at all of them, or at those that it names; none ends it.',
    input: z.strictObject({ delegate: mspId, places: z.union([z.literal('all'), z.array(gln).max(MAX_DELEGATED_PLACES)]) }),
    endorsers: ['self', 'witness'],
    result: type<PlaceDelegation>(),
  }),
  placeDelegations: evaluateVerb({ ...trace, name: 'placeDelegations', summary: 'At whose places a member may report events, by what their owners stand behind.', input: z.strictObject({ delegate: mspId }), result: type<readonly PlaceDelegation[]>() }),
} as const;
