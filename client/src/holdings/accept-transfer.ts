import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type AcceptTransferParameters = Loose<InputOf<typeof certificateVerbs.acceptTransfer>>;
export type AcceptTransferResult = Holding;

/**
 * The receiver accepts an offered holding and is its owner from here; the obligor is notified by its endorsement.
 * Throws NOT_FOUND, NOT_A_PARTY, EXPIRED, HOLDING_NOT_FREE, WRONG_STATE.
 */
export const acceptTransfer = action<AcceptTransferParameters, AcceptTransferResult>((parameters) => ({
  verb: certificateVerbs.acceptTransfer,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: parameters.holdingId }, options);
    return { parties: { receiver: session.mspId, ...holdingParties(opened.skeleton) }, openings: openingsFor(certificateVerbs.acceptTransfer, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.acceptTransfer>),
}));
