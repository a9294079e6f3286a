import { certificateVerbs } from '@dualchain/model';
import type { HoldingId, Quote } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** The public sides of the quotes for a holding: who quoted and until when, never the price. */
export async function quotesOf(session: Session, holdingId: HoldingId, options?: CallOptions): Promise<readonly Quote[]> {
  return typed(await ask(session, certificateVerbs.quotesOf, { holdingId }, options));
}
