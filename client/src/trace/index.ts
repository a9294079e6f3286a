export { capture } from './capture-events';
export type { CapturedEvent, CaptureOptions, CaptureProgress, CaptureReport, RefusedEvent } from './capture-events';
export { eventsOf } from './events-of';
export type { EventsOfParameters } from './events-of';
export { getEvent, requireEvent } from './get-event';
export type { CaptureSource } from './source';
export { traceBack, traceForward } from './trace';
export type { Trace, TraceParameters } from './trace';
