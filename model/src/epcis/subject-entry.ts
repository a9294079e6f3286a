import type { Action, ClassQuantity, EventLinks, EventType, TraceEvent } from './types';

/**
 * What the index of an identifier keeps of an event: what a trace that stands at this identifier needs to walk on, so
 * that a closure reads one range for each identifier and no event. Under a child stands its container and not its
 * siblings, under an input the outputs and not the other inputs: the entries of one event grow with its size, not its square.
 */
export interface SubjectEntry {
  readonly type: EventType;
  readonly action?: Action;
  readonly parent?: string;
  readonly epcs?: readonly string[];
  readonly classes?: readonly ClassQuantity[];
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly transformationId?: string;
  /** Time of an error declaration: the event does not count. */
  readonly declaredAt?: string;
  /** The links are too long for an entry: they are read from the event. */
  readonly large?: true;
}

/** Longest entry, in characters of JSON. */
const MAX_ENTRY = 16_384;

/** The entry of an event under one of its subjects. `declaredAt`: when the event was declared to be an error, if later than its capture. */
export function subjectEntry(links: EventLinks, subject: string, declaredAt = links.errorDeclaration?.declarationTime): SubjectEntry {
  const base = { type: links.type, ...(links.action === undefined ? {} : { action: links.action }), ...(declaredAt === undefined ? {} : { declaredAt }) };
  const entry = { ...base, ...flowAt(links, subject) };
  return JSON.stringify(entry).length > MAX_ENTRY ? { ...base, large: true } : entry;
}

/** The event behind an entry that is not `large`, as a trace reads it. */
export function traceEventOf(id: string, time: string, entry: SubjectEntry): TraceEvent {
  const links = { ...NOTHING, ...entry, time };
  return { id, links: entry.declaredAt === undefined ? links : { ...links, errorDeclaration: { declarationTime: entry.declaredAt } } };
}

const NOTHING = { epcs: [], classes: [], inputs: [], outputs: [], inputQuantities: [], outputQuantities: [] } as const;

type Flow = Pick<SubjectEntry, 'parent' | 'epcs' | 'classes' | 'inputs' | 'outputs' | 'transformationId'>;

function flowAt(links: EventLinks, subject: string): Flow {
  if (links.type === 'TransformationEvent') return transformationAt(links, subject);
  if (links.type !== 'AggregationEvent' && links.type !== 'AssociationEvent') return {};
  const whole = subject === links.parent;
  const epcs = whole ? links.epcs : links.epcs.filter((id) => id === subject);
  const classes = whole ? links.classes : links.classes.filter(({ id }) => id === subject);
  return { ...(links.parent === undefined ? {} : { parent: links.parent }), ...some('epcs', epcs), ...some('classes', classes) };
}

function transformationAt(links: EventLinks, subject: string): Flow {
  const inputs = unique([...links.inputs, ...links.inputQuantities.map(({ id }) => id)]);
  const outputs = unique([...links.outputs, ...links.outputQuantities.map(({ id }) => id)]);
  const linked = subject === links.transformationId;
  return {
    ...some('inputs', linked || outputs.includes(subject) ? inputs : inputs.filter((id) => id === subject)),
    ...some('outputs', linked || inputs.includes(subject) ? outputs : outputs.filter((id) => id === subject)),
    ...(links.transformationId === undefined ? {} : { transformationId: links.transformationId }),
  };
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

function some<Name extends string, Item>(name: Name, list: readonly Item[]): { [key in Name]?: readonly Item[] } {
  return list.length === 0 ? {} : ({ [name]: list } as { [key in Name]?: readonly Item[] });
}
