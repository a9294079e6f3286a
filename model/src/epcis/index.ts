import type { EpcisContext, EpcisInput, EpcisProblem, EventLinks, EventSummary, InputLimits, LifeCycleItem, TraceRequest, TraceResult, ValidateOptions } from './types';
import type { DualchainError } from '../errors';

export type * from './types';

/** Code INVALID_EPCIS; `problems` (also in `details.problems`) names event, path and rule of each. */
export interface EpcisInputErrorShape extends DualchainError {
  readonly problems: readonly EpcisProblem[];
}
/** Reads an EPCISDocument, EPCISQueryDocument, event or array of events. Throws EpcisInputError. */
export declare function parseEpcisDocument(input: unknown, limits?: InputLimits): EpcisInput;
export { parseContext } from './context';
/** All broken rules of one event; an empty list accepts it. Never throws. */
export declare function validateEvent(event: unknown, context: EpcisContext, options?: ValidateOptions): EpcisProblem[];
export { eventHash } from './hash';
/** Links of a valid event. Throws INVALID_EPCIS on one that validateEvent refuses. */
export declare function eventLinks(event: unknown, context?: EpcisContext): EventLinks;
/** What the event brings into being: ADD of an object event, outputs of a transformation. */
export declare function commissions(links: EventLinks): LifeCycleItem[];
/** What the event takes out of being: DELETE of an object event, inputs of a transformation. */
export declare function decommissions(links: EventLinks): LifeCycleItem[];
export declare function summary(links: EventLinks): EventSummary;
export declare function traceClosure(request: TraceRequest): Promise<TraceResult>;
