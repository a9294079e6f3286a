import type { Opened, HoldingSkeleton } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { OpenedHolding, HoldingId } from '../results/objects';
import { withRange } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A holding with the sealed terms that the own organisation holds of it. Throws NOT_FOUND, WRONG_PEER. */
export async function openHolding(session: Session, id: HoldingId, options?: CallOptions): Promise<OpenedHolding> {
  return readHolding(await ask(session, certificateVerbs.openHolding, { id }, options));
}

/** Typed form of an opened holding. */
export function readHolding(opened: Opened<HoldingSkeleton>): OpenedHolding {
  return withRange(opened);
}
