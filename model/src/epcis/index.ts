export type * from './types';

export { guardJson } from './guard';
export { EpcisInputError, parseEpcisDocument } from './input';
export { parseContext } from './context';
export { actions, eventTypes, eventWarnings, FUTURE_TOLERANCE_MS, validateEvent } from './validate';
export { eventHash } from './hash';
export { commissions, decommissions, eventLinks } from './links';
export { countOf, movementsOf, PIECES, takesIn } from './movements';
export type { Movement } from './movements';
export { shortId, summary } from './summary';
export { staysIn } from './containment';
export type { Stay } from './containment';
export { subjectEntry, traceEventOf } from './subject-entry';
export type { SubjectEntry } from './subject-entry';
export { ForwardWalk, traceClosure } from './trace';
