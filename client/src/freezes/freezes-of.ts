import type { FreezeScope } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Freeze } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

export interface FreezesOfParameters extends PageParameters {
  readonly scopeType: FreezeScope;
  /** Id of the certificate, holding or receipt. */
  readonly scopeId: string;
}

/** The orders over a certificate, holding or receipt, those that ended or were lifted included, with their state now. */
export function freezesOf(session: Session, parameters: FreezesOfParameters, options?: CallOptions): AsyncGenerator<Freeze, void, undefined> {
  return listOf(session, certificateVerbs.freezesOf, parameters, (freeze): Freeze => typed(freeze), options);
}
