import { z } from 'zod';
import type { ObjectType } from '../ledger-keys';
import { keyTable } from '../ledger-keys';
import { hash } from '../schemas';
import { parseJson, validate } from '../validate';
import { fromBase64 } from './bytes';

/** Longest pack that is read, in characters: whole blocks of the largest size fit. */
const MAX_PACK = 200_000_000;
const MAX_FIELDS = 1000;
const MAX_NEIGHBOURS = 10_000;

const base64 = z.string().refine((text) => fromBase64(text) !== undefined, 'must be canonical base64');
const salted = z.strictObject({ position: z.int().min(0), name: z.string().min(1), salt: hash, value: z.unknown() });
const objectTypes = Object.keys(keyTable) as [ObjectType, ...ObjectType[]];

/** Fields of a sealed record in order of name; those not listed are hidden, and stand only in the hashes. */
const sealedSubject = z.strictObject({ kind: z.literal('sealed'), fields: z.array(salted).min(1).max(MAX_FIELDS), count: z.int().min(1).max(MAX_FIELDS), hashes: z.array(hash).max(MAX_FIELDS) });
/** A public object, such as an event that the whole channel sees; it stands in the transaction. */
const publicSubject = z.strictObject({ kind: z.literal('public'), type: z.enum(objectTypes), attributes: z.array(z.string().min(1)).min(1).max(5) });

const endorsement = z.strictObject({ endorser: base64, signature: base64 });

/**
 * What someone outside needs to check a disclosure without a network. Every byte that comes from Fabric is base64 of
 * what was signed or hashed; nothing is said twice, so nothing can be said differently.
 */
export const disclosurePack = z.strictObject({
  format: z.literal('dualchain-disclosure'),
  version: z.literal(1),
  subject: z.discriminatedUnion('kind', [sealedSubject, publicSubject]),
  /** common.Envelope of the transaction that wrote the public object last. */
  transaction: base64,
  /** Its block; left out where the block holds transactions of others that are not to be shown: then the peers alone say where it stands. */
  block: z
    .strictObject({
      number: z.string().regex(/^(0|[1-9][0-9]{0,15})$/, 'must be the number of a block'),
      previousHash: hash,
      /** common.Metadata with the signatures of the ordering service. */
      signatures: base64,
      /** Envelopes of the other transactions of the block. */
      before: z.array(base64).max(MAX_NEIGHBOURS),
      after: z.array(base64).max(MAX_NEIGHBOURS),
    })
    .optional(),
  /**
   * Peers' signatures that the object stood so when the pack was made: the question and the answer. Block and
   * transaction alone do not tell whether a transaction counted: what peers say of that is not signed in a block.
   */
  standing: z.strictObject({ channelHeader: base64, signatureHeader: base64, proposal: base64, response: base64, endorsements: z.array(endorsement).min(1).max(100) }),
});
export type DisclosurePack = z.infer<typeof disclosurePack>;
export type SealedSubject = z.infer<typeof sealedSubject>;

/** The pack in a text, or in what was parsed of it. Throws INVALID_INPUT, TOO_LARGE. */
export function parsePack(pack: unknown): DisclosurePack {
  return validate(disclosurePack, typeof pack === 'string' ? parseJson(pack, 'The pack', MAX_PACK) : pack, 'The pack');
}
