import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, CreditLine } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type SetCreditLineParameters = Loose<InputOf<typeof certificateVerbs.setCreditLine>> & Loose<SealedOf<typeof certificateVerbs.setCreditLine>>;
export type SetCreditLineResult = Created<CreditLine>;

/**
 * A financier opens a credit line for an obligor. `limit`, in minor units of `currency`, is sealed between the two.
 * Throws NOT_A_MEMBER, WRONG_ROLE, INVALID_INPUT, ALREADY_EXISTS.
 */
export const setCreditLine = action<SetCreditLineParameters, SetCreditLineResult>(({ limit, currency, ...input }) => ({
  verb: certificateVerbs.setCreditLine,
  input: toWire(input),
  sealed: toWire({ limit, currency }),
  prepare: (session) => ({ parties: { financier: session.mspId, obligor: input.obligor } }),
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openCreditLine, { creditLineId: input.creditLineId }, options)).records),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.setCreditLine>),
}));
