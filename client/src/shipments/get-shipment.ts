import { tradeVerbs } from '@dualchain/model';
import type { Shipment, ShipmentId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of a shipment, as the own peer has it; undefined if there is none. */
export function getShipment(session: Session, id: ShipmentId, options?: CallOptions): Promise<Shipment | undefined> {
  return orUndefined(requireShipment(session, id, options));
}

/** The public side of a shipment, as the own peer has it. Throws NOT_FOUND. */
export async function requireShipment(session: Session, id: ShipmentId, options?: CallOptions): Promise<Shipment> {
  return typed(await ask(session, tradeVerbs.shipment, { id }, options));
}
