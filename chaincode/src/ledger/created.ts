import { canonicalJson, DualchainError } from '@dualchain/model';
import { nameOf } from './keys';
import type { ObjectType } from './keys';

/**
 * Creating is idempotent (design, client.md, "Submission"): the same content under the same id succeeds again and
 * changes nothing; other content is refused. `standing` and `wanted` are the parts that creation fixed.
 * Throws ALREADY_EXISTS.
 */
export function requireSameContent(type: ObjectType, attributes: readonly string[], standing: unknown, wanted: unknown, sealedSame = true): void {
  if (sealedSame && canonicalJson(standing) === canonicalJson(wanted)) return;
  throw new DualchainError('ALREADY_EXISTS', `${nameOf(type, attributes)} exists with other content; choose another id.`, { details: { type, id: attributes.join('/') } });
}
