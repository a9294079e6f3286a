import type { EventLinks } from '@dualchain/model';
import type { RegulatorRow } from './rows';

/** Critical tracking events of the food traceability rule (21 CFR 1.1325 to 1.1350, "FSMA 204"). */
export type TrackingEvent = 'Harvesting' | 'Cooling' | 'Initial packing' | 'First land-based receiving' | 'Shipping' | 'Receiving' | 'Transformation';

/** By the last word of the business step, which industry vocabularies write as a URI (such as that of GDST). */
const bySteps: readonly (readonly [RegExp, TrackingEvent])[] = [
  [/(?:farm_?harvest(?:ing)?|harvesting|fishing(?:Event)?)$/i, 'Harvesting'],
  [/(?:cooling)$/i, 'Cooling'],
  [/(?:initial_?pack(?:ing)?)$/i, 'Initial packing'],
  [/(?:landing)$/i, 'First land-based receiving'],
];

/** Which critical tracking event an EPCIS event is for the food that it names; undefined for one that the rule does not ask for. */
export function trackingEventOf({ type, action, bizStep = '' }: EventLinks): TrackingEvent | undefined {
  const named = bySteps.find(([pattern]) => pattern.test(bizStep))?.[1];
  if (named !== undefined) return type === 'AggregationEvent' || type === 'AssociationEvent' ? undefined : named;
  if (type === 'TransformationEvent') return 'Transformation';
  if (type !== 'ObjectEvent') return undefined;
  if (bizStep === 'shipping') return 'Shipping';
  if (bizStep === 'receiving') return 'Receiving';
  // A lot that is made of nothing that anybody captured: the place and day of its traceability lot code.
  return action === 'ADD' ? 'Transformation' : undefined;
}

/** Key data elements that the rule asks of each event, by column of the sheet. */
export const required: Readonly<Record<TrackingEvent, readonly (keyof RegulatorRow)[]>> = {
  Harvesting: ['Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Subsequent recipient', 'Reference document'],
  Cooling: ['Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Subsequent recipient', 'Reference document'],
  'Initial packing': ['Traceability lot code', 'Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Reference document'],
  'First land-based receiving': ['Traceability lot code', 'Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Reference document'],
  Shipping: ['Traceability lot code', 'Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Subsequent recipient', 'Traceability lot code source', 'Reference document'],
  Receiving: ['Traceability lot code', 'Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Previous source', 'Traceability lot code source', 'Reference document'],
  Transformation: ['Traceability lot code', 'Product description', 'Quantity', 'Unit of measure', 'Location', 'Date', 'Reference document'],
};
