import { traceVerbs } from '@dualchain/model';
import type { TraceEventRecord } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

export interface EventsOfParameters extends PageParameters {
  /** Lot, object, container or transformation, in any form (URN, Digital Link). */
  readonly id: string;
}

/** The events of an identifier in time order. */
export function eventsOf(session: Session, parameters: EventsOfParameters, options?: CallOptions): AsyncGenerator<TraceEventRecord, void, undefined> {
  return listOf(session, traceVerbs.eventsOf, parameters, (event): TraceEventRecord => typed(event), options);
}
