import { isObject } from '../context';
import type { EventLinks, JsonObject } from '../types';
import type { ProcessKind, YieldBand } from './types';

/** Output by input that is taken for plausible unless the caller knows better. */
export const defaultBands: Readonly<Record<ProcessKind, YieldBand>> = { growth: { min: '1' }, processing: { min: '0', max: '1' }, commingling: { min: '1', max: '1' } };

/** Last words of business steps (URIs of industry vocabularies such as that of GDST) by which goods grow, and by which lots are put together. */
const growing = /(?:farm_?harvest(?:ing)?|farming|growing|rearing|fattening|cultivat(?:ing|ion)|hatching|fermenting)$/i;
const mixing = /(?:co-?mm?ingling|mixing|blending|pooling|merging)$/i;
/** Fields of ILMD or event by which living things were raised; the value of the production method says how. */
const raised = /(?:aquacultureMethod|broodstockSource|farmingMethod)$/;
const productionMethod = /productionMethod(?:ForFishAndSeafood)?(?:Code)?$/;

/** What a transformation is: by its business step, else by ILMD and extensions (aquaculture), else processing. */
export function processKindOf({ type, bizStep }: EventLinks, event: JsonObject): ProcessKind {
  if (type !== 'TransformationEvent') return 'processing';
  if (bizStep !== undefined && mixing.test(bizStep)) return 'commingling';
  if (bizStep !== undefined && growing.test(bizStep)) return 'growth';
  const ilmd = event['ilmd'];
  const fields = [...Object.entries(event), ...(isObject(ilmd) ? Object.entries(ilmd) : [])];
  const grows = bizStep === undefined && fields.some(([name, value]) => raised.test(name) || (productionMethod.test(name) && typeof value === 'string' && /AQUACULTURE$/i.test(value)));
  return grows ? 'growth' : 'processing';
}
