import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type RequestQuotesParameters = Loose<InputOf<typeof certificateVerbs.requestQuotes>>;
export type RequestQuotesResult = Holding;

/**
 * The owner asks chosen financiers for quotes; they can read the terms of the holding from here, nobody else can.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, RECALLED, NOT_A_MEMBER, WRONG_ROLE.
 */
export const requestQuotes = action<RequestQuotesParameters, RequestQuotesResult>((parameters) => ({
  verb: certificateVerbs.requestQuotes,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: parameters.holdingId }, options);
    return { parties: { ...holdingParties(opened.skeleton), financier: parameters.financiers }, openings: openingsFor(certificateVerbs.requestQuotes, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.requestQuotes>),
}));
