import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties, holdingParties } from '../submission/parties';

export type EnforcePledgeParameters = Loose<InputOf<typeof certificateVerbs.enforcePledge>>;
export type EnforcePledgeResult = Holding;

/**
 * The financier takes a pledged holding over, because its loan is due and was not repaid.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_YET, CERTIFICATE_NOT_ACTIVE, FROZEN.
 */
export const enforcePledge = action<EnforcePledgeParameters, EnforcePledgeResult>((input) => ({
  verb: certificateVerbs.enforcePledge,
  input: toWire(input),
  prepare: async (session, options) => {
    const opened = await ask(session, certificateVerbs.openHolding, { id: input.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: opened.skeleton.certificateId }, options);
    return { parties: { financier: session.mspId, ...certificateParties(certificate), ...holdingParties(opened.skeleton) }, openings: openingsFor(certificateVerbs.enforcePledge, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.enforcePledge>),
}));
