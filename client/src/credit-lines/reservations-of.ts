import { certificateVerbs } from '@dualchain/model';
import type { CreditLineId, CreditReservation } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

export interface ReservationsOfParameters extends PageParameters {
  readonly creditLineId: CreditLineId;
}

/** The public sides of all reservations on a credit line, those that were released included. */
export function reservationsOf(session: Session, parameters: ReservationsOfParameters, options?: CallOptions): AsyncGenerator<CreditReservation, void, undefined> {
  return listOf(session, certificateVerbs.reservationsOf, parameters, (reservation): CreditReservation => typed(reservation), options);
}
