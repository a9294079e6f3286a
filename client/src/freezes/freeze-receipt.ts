import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Freeze } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type FreezeReceiptParameters = Loose<InputOf<typeof certificateVerbs.freezeReceipt>> & {
  /** Second organisation that endorses; default: another member of the profile. */
  readonly witness?: string;
};
export type FreezeReceiptResult = Created<Freeze>;

/**
 * The authority freezes one warehouse receipt until `endsAt`. Neither the warehouse nor the owner need agree.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE, EXPIRED, ALREADY_EXISTS.
 */
export const freezeReceipt = action<FreezeReceiptParameters, FreezeReceiptResult>(({ witness, ...input }) => ({
  verb: certificateVerbs.freezeReceipt,
  input: toWire(input),
  prepare: (session) => ({ parties: { ...withWitness(session, witness), authority: session.mspId } }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.freezeReceipt>),
}));
