import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, DisputedCertificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type SuspendCertificateParameters = Loose<InputOf<typeof certificateVerbs.suspendCertificate>>;
export type SuspendCertificateResult = Created<DisputedCertificate>;

/**
 * The authority suspends an active certificate by an order until `endsAt`, whoever holds it.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE, DISPUTED, EXPIRED, ALREADY_EXISTS.
 */
export const suspendCertificate = action<SuspendCertificateParameters, SuspendCertificateResult>((parameters) => ({
  verb: certificateVerbs.suspendCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.suspendCertificate>),
}));
