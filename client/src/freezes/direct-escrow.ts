import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type DirectEscrowParameters = Loose<InputOf<typeof certificateVerbs.directEscrow>>;
export type DirectEscrowResult = Holding;

/**
 * The authority orders that another member than the owner gets the money in escrow; the latest order counts.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE, NOT_A_MEMBER.
 */
export const directEscrow = action<DirectEscrowParameters, DirectEscrowResult>((parameters) => ({
  verb: certificateVerbs.directEscrow,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificateId } = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    return { parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: certificateId }, options)) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.directEscrow>),
}));
