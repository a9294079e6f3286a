import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs, DualchainError } from '@dualchain/model';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor, orUndefined } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type MergeHoldingsParameters = Loose<InputOf<typeof certificateVerbs.mergeHoldings>>;
export type MergeHoldingsResult = Typed<ResultOf<typeof certificateVerbs.mergeHoldings>>;

/**
 * The owner joins free, adjacent holdings of one certificate into one (`into`).
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, AMOUNT_MISMATCH (not adjacent), ALREADY_EXISTS.
 */
export const mergeHoldings = action<MergeHoldingsParameters, MergeHoldingsResult>((parameters) => ({
  verb: certificateVerbs.mergeHoldings,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await Promise.all(parameters.holdingIds.map((id) => ask(session, certificateVerbs.openHolding, { id }, options)));
    const [first] = opened;
    if (first === undefined) throw new DualchainError('INVALID_INPUT', 'mergeHoldings needs at least two holdings.');
    return { parties: holdingParties(first.skeleton), openings: openingsFor(certificateVerbs.mergeHoldings, ...opened) };
  },
  existing: async (session, options) => {
    const standing = await orUndefined(ask(session, certificateVerbs.openHolding, { id: parameters.into }, options));
    return standing === undefined ? [] : openingsFor(certificateVerbs.mergeHoldings, standing);
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.mergeHoldings>),
}));
