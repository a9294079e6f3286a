import { DualchainError } from '../../errors';
import type { EventLinks } from '../types';
import { actions, eventTypes } from '../validate';
import { vocabularies } from '../vocabulary';
import type { Vocabulary } from '../vocabulary';
import { declarationsOf } from './declarations';
import { fits, readPattern } from './patterns';
import type { Access, Condition, IdPattern, QueriedEvent, QueryRange } from './types';
import { idOf, quantityOf, refused, timeOf, trimmed, wordFrom } from './values';

/** Makes the condition of a parameter from its values, of which one must fit. */
export type ReadParameter = (parameter: string, values: readonly string[]) => Condition;

const exact = (homes: readonly string[]): QueryRange[] => homes.map((home) => ({ home, prefix: false }));

const words =
  (allowed: readonly string[], of: (event: QueriedEvent) => string | undefined): ReadParameter =>
  (parameter, values) => {
    for (const value of values) if (!allowed.includes(value)) throw refused(parameter, `must be ${allowed.join(', ')}`);
    return { parameter, test: (event) => values.includes(of(event) ?? '') };
  };

const vocabulary =
  (which: Vocabulary, of: (event: QueriedEvent) => readonly (string | undefined)[], access?: (found: readonly string[]) => Access): ReadParameter =>
  (parameter, values) => {
    const wanted = values.map((value) => wordFrom(parameter, value, which));
    return { parameter, test: (event) => of(event).some((word) => word !== undefined && wanted.includes(word)), ...(access === undefined ? {} : { access: access(wanted) }) };
  };

/** Identifiers or patterns of them, found among those that an event names in one of its roles. */
const identifiers =
  (classes: boolean, of: (links: EventLinks) => readonly string[]): ReadParameter =>
  (parameter, values) => {
    const patterns = values.map((value) => patternOf(parameter, value, classes));
    const open = patterns.some((pattern) => !('id' in pattern));
    const ranges = patterns.flatMap((pattern) => ('id' in pattern ? exact([pattern.id]) : pattern.prefixes.map((home) => ({ home, prefix: true }))));
    return { parameter, test: ({ links }) => of(links).some((id) => patterns.some((pattern) => fits(pattern, id))), access: { source: 'subject', rank: open ? 5 : 1, ranges } };
  };

function patternOf(parameter: string, value: string, classes: boolean): IdPattern {
  let pattern: IdPattern | undefined;
  try {
    pattern = readPattern(value, classes);
  } catch (error) {
    throw refused(parameter, error instanceof DualchainError ? trimmed(error.message) : 'must be an identifier');
  }
  if (pattern === undefined) throw refused(parameter, 'has a pattern that no index serves; leave parts open from the right, as in urn:epc:idpat:sgtin:9524001.000012.*, urn:epc:class:lgtin:9524001.000012.* or https://id.gs1.org/01/09524001000124/21/*');
  return pattern;
}

/** `within`: also the places at the same GLN with an extension (SGLN). */
const place =
  (field: 'readPoint' | 'bizLocation', inside: boolean): ReadParameter =>
  (parameter, values) => {
    const places = values.map((value) => idOf(parameter, value));
    const test = (id: string) => places.some((wanted) => id === wanted || (inside && id.startsWith(`${wanted}/254/`)));
    const ranges = [...exact(places), ...(inside ? places.map((home) => ({ home: `${home}/254/`, prefix: true })) : [])];
    return { parameter, test: ({ links }) => links[field] !== undefined && test(links[field]), access: { source: 'location', rank: inside ? 6 : 4, ranges } };
  };

const quantity =
  (fits: (found: bigint, wanted: bigint) => boolean): ReadParameter =>
  (parameter, values) => {
    const wanted = values.map((value) => quantityOf(parameter, value));
    return { parameter, test: ({ links }) => [...links.classes, ...links.inputQuantities, ...links.outputQuantities].some((element) => element.quantity !== undefined && wanted.some((each) => fits(scaled(element.quantity ?? ''), each))) };
  };

/** Quantities in events may have more decimals than can be computed with; these are cut off, which no comparison with six decimals notices but equality. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  return text.startsWith('-') ? -units : units;
}

const declared =
  (fitsTime: (time: string, wanted: string) => boolean): ReadParameter =>
  (parameter, values) => {
    const [value = ''] = values;
    if (values.length > 1) throw refused(parameter, 'takes one value');
    const wanted = timeOf(parameter, value);
    return { parameter, test: (event) => declarationsOf(event).some(({ time }) => fitsTime(time, wanted)) };
  };

const exists =
  (of: (event: QueriedEvent) => boolean): ReadParameter =>
  (parameter, values) => {
    if (values.length !== 1 || values[0] !== 'true') throw refused(parameter, 'takes the value true; leave it out otherwise');
    return { parameter, test: of };
  };

const isObjectLike = ({ type }: EventLinks): boolean => type !== 'TransformationEvent';
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const since = (time: string, wanted: string): boolean => time >= wanted;
const before = (time: string, wanted: string): boolean => time < wanted;

/** Parameters with a name of their own (EPCIS 2.0, SimpleEventQuery), beside those of times, order and paging. */
export const eventParameters: Readonly<Record<string, ReadParameter>> = {
  eventType: words(eventTypes, ({ links }) => links.type),
  EQ_action: words(actions, ({ links }) => links.action),
  EQ_bizStep: vocabulary(vocabularies.bizStep, ({ links }) => [links.bizStep], (found) => ({ source: 'step', rank: 7, ranges: exact(found) })),
  EQ_disposition: vocabulary(vocabularies.disposition, ({ links }) => [links.disposition]),
  EQ_persistentDisposition_set: vocabulary(vocabularies.disposition, ({ links }) => links.persistentDisposition?.set ?? []),
  EQ_persistentDisposition_unset: vocabulary(vocabularies.disposition, ({ links }) => links.persistentDisposition?.unset ?? []),
  EQ_readPoint: place('readPoint', false),
  WD_readPoint: place('readPoint', true),
  EQ_bizLocation: place('bizLocation', false),
  WD_bizLocation: place('bizLocation', true),
  EQ_transformationID: identifiers(false, ({ transformationId }) => (transformationId === undefined ? [] : [transformationId])),
  MATCH_epc: identifiers(false, (links) => (isObjectLike(links) ? links.epcs : [])),
  MATCH_parentID: identifiers(false, ({ parent }) => (parent === undefined ? [] : [parent])),
  MATCH_inputEPC: identifiers(false, ({ inputs }) => inputs),
  MATCH_outputEPC: identifiers(false, ({ outputs }) => outputs),
  MATCH_anyEPC: identifiers(false, ({ epcs, parent, inputs, outputs }) => [...epcs, ...(parent === undefined ? [] : [parent]), ...inputs, ...outputs]),
  MATCH_epcClass: identifiers(true, ({ classes }) => ids(classes)),
  MATCH_inputEPCClass: identifiers(true, ({ inputQuantities }) => ids(inputQuantities)),
  MATCH_outputEPCClass: identifiers(true, ({ outputQuantities }) => ids(outputQuantities)),
  MATCH_anyEPCClass: identifiers(true, ({ classes, inputQuantities, outputQuantities }) => ids([...classes, ...inputQuantities, ...outputQuantities])),
  EQ_quantity: quantity((found, wanted) => found === wanted),
  GT_quantity: quantity((found, wanted) => found > wanted),
  GE_quantity: quantity((found, wanted) => found >= wanted),
  LT_quantity: quantity((found, wanted) => found < wanted),
  LE_quantity: quantity((found, wanted) => found <= wanted),
  EQ_eventID: (parameter, values) => ({ parameter, test: ({ id }) => values.includes(id), access: { source: 'id', rank: 0, ranges: exact([...new Set(values)]) } }),
  EXISTS_errorDeclaration: exists((event) => declarationsOf(event).length > 0),
  GE_errorDeclaration_Time: declared(since),
  LT_errorDeclaration_Time: declared(before),
  GE_errorDeclarationTime: declared(since),
  LT_errorDeclarationTime: declared(before),
  EQ_errorReason: vocabulary(vocabularies.errorReason, (event) => declarationsOf(event).map(({ reason }) => reason)),
  EQ_correctiveEventID: (parameter, values) => ({ parameter, test: (event) => declarationsOf(event).some(({ corrective }) => corrective.some((id) => values.includes(id))) }),
  EXISTS_ilmd: exists(({ event }) => typeof event['ilmd'] === 'object'),
};
