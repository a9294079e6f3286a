import { tradeVerbs } from '@dualchain/model';
import type { OpenedShipment } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readShipment } from './open-shipment';

export type ShipmentsParameters = PageParameters;

/** The shipments of the own organisation, with their sealed lines. */
export function shipments(session: Session, parameters: ShipmentsParameters = {}, options?: CallOptions): AsyncGenerator<OpenedShipment, void, undefined> {
  return listOf(session, tradeVerbs.shipments, parameters, readShipment, options);
}
