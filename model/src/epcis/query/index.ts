export { toQueryDocument } from './document';
export type { QueriedRecord, QueryDocument } from './document';
export { queryParameters, readQuery } from './parameters';
export { firstHome, homesOf, HOME_SEPARATOR, inRange, matches, planQuery, transactionHome, UNTYPED, within } from './plan';
export type { EventQuery, QueriedEvent, QueryParameters, QueryPlan, QueryRange, QuerySource, Span } from './types';
