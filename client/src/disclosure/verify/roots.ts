import { parseJson, validate } from '@dualchain/model/disclosure';
import { z } from 'zod';

const pem = z.string().regex(/^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*$/, 'must be one certificate in PEM');
const mspId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be an MSP id such as "BankMSP"');
/** `unit`: organisational unit that the certificates of peers (of an ordering organisation: orderers) name, so that no other user can sign in their place. */
const organisation = z.strictObject({ certificates: z.array(pem).min(1).max(50), unit: z.string().min(1).max(200).optional() });

/** The verifier's only trust: certificate authorities of the members and of the ordering service, by MSP id. */
const trustedRoots = z.strictObject({
  format: z.literal('dualchain-roots'),
  version: z.literal(1),
  /** The one channel that packs may be of; left out: any of these organisations. */
  channel: z.string().min(1).max(250).optional(),
  members: z.record(mspId, organisation).refine((members) => Object.keys(members).length > 0, 'must name a member'),
  orderers: z.record(mspId, organisation),
});
export type TrustedRoots = z.infer<typeof trustedRoots>;
export type TrustedOrganisation = z.infer<typeof organisation>;

const MAX_ROOTS = 10_000_000;

/** The roots in a text, or in what was parsed of it. Throws INVALID_INPUT, TOO_LARGE. */
export function parseRoots(roots: unknown): TrustedRoots {
  return validate(trustedRoots, typeof roots === 'string' ? parseJson(roots, 'The file of roots', MAX_ROOTS) : roots, 'The file of roots');
}
