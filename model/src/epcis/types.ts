/** Any JSON object as it stood in the input. */
export type JsonObject = { readonly [name: string]: unknown };

export type EventType = 'ObjectEvent' | 'AggregationEvent' | 'TransactionEvent' | 'TransformationEvent' | 'AssociationEvent';
export type Action = 'ADD' | 'OBSERVE' | 'DELETE';

/** Namespace prefixes in force, from the JSON-LD contexts plus those of the standard EPCIS context. */
export interface EpcisContext {
  readonly prefixes: Readonly<Record<string, string>>;
  /** A context of somebody's own is named by its URL. It is never fetched, so prefixes that are not declared here may be declared there. */
  readonly remote?: true;
}

/** One broken rule. `path` is a JSON path, or one like XPath in an XML input; `event` the index in the event list; `rule` a stable code such as "cbv.biz-step". */
export interface EpcisProblem {
  readonly event?: number;
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

export interface EpcisInputEvent {
  readonly index: number;
  /** Path of the event in the input: "$.epcisBody.eventList[3]", in XML "/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[4]". */
  readonly path: string;
  /** The event as JSON-LD object, whichever syntax it came in. */
  readonly event: JsonObject;
  /** XML only: fields that stood in a wrapper or in an attribute, with their path below the event. */
  readonly moved?: Readonly<Record<string, string>>;
}

export interface EpcisInput {
  readonly kind: 'document' | 'query' | 'event' | 'events';
  /** What the input was written in. */
  readonly syntax: 'json' | 'xml';
  readonly creationDate?: string;
  readonly schemaVersion?: string;
  readonly context: EpcisContext;
  /** The JSON-LD context as it stood in the document, or made from the namespaces of an XML document (what `captureEvents` takes). */
  readonly rawContext?: unknown;
  /** epcisHeader as it stood (master data vocabularies). */
  readonly header?: JsonObject;
  readonly events: readonly EpcisInputEvent[];
}

export interface InputLimits {
  /** Bytes of text input; default 20 MiB. */
  readonly maxBytes?: number;
  /** Nesting of the JSON value; default 64. */
  readonly maxDepth?: number;
  /** Events in one input; default 100 000. */
  readonly maxEvents?: number;
}

export interface ValidateOptions {
  /** Index to name in problems; default 0. */
  readonly index?: number;
  /** Path of the event in its input; default "$". One that begins with "/" is that of an XML element, and problems are told by such paths. */
  readonly path?: string;
  /** Of an event that was read from XML: its `moved`. */
  readonly moved?: Readonly<Record<string, string>>;
  /** Present time, ISO; an eventTime later than this plus the tolerance is refused. Left out: no check. */
  readonly now?: string;
  /** Milliseconds that eventTime may be ahead of `now`; default 5 minutes. */
  readonly futureToleranceMs?: number;
}

export interface EventHash {
  /** ni:///sha-256;HEX?ver=CBV2.0 */
  readonly id: string;
  readonly preHash: string;
}

/** Amount of a class; `quantity` is an exact decimal string, absent when unknown; no `uom` means a count of pieces. */
export interface ClassQuantity {
  readonly id: string;
  readonly quantity?: string;
  readonly uom?: string;
}

export interface TypedId {
  /** Standard word ("po", "owning_party") or full URI; "" where the event gives none. */
  readonly type: string;
  readonly id: string;
}

export interface ErrorDeclaration {
  readonly declarationTime: string;
  readonly reason?: string;
  readonly correctiveEventIds: readonly string[];
}

/** What indexes and rules need of an event; every id is canonical (gs1.canonicalId), every word in bare CBV form where standard. */
export interface EventLinks {
  readonly type: EventType;
  /** Absent for transformations. */
  readonly action?: Action;
  /** UTC with milliseconds. */
  readonly time: string;
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly persistentDisposition?: { readonly set: readonly string[]; readonly unset: readonly string[] };
  readonly readPoint?: string;
  readonly bizLocation?: string;
  /** epcList, or childEPCs of aggregations and associations. */
  readonly epcs: readonly string[];
  /** quantityList, or childQuantityList. */
  readonly classes: readonly ClassQuantity[];
  readonly parent?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly inputQuantities: readonly ClassQuantity[];
  readonly outputQuantities: readonly ClassQuantity[];
  readonly transformationId?: string;
  readonly bizTransactions: readonly TypedId[];
  readonly sources: readonly TypedId[];
  readonly destinations: readonly TypedId[];
  readonly errorDeclaration?: ErrorDeclaration;
  /** Ids under which the event is found: every what-id of the event and its transformationID, sorted by UTF-8 bytes, unique. */
  readonly subjects: readonly string[];
}

/** An identifier that an event brings into being or takes out of it. `level` by the place it stands in the event. */
export interface LifeCycleItem extends ClassQuantity {
  readonly level: 'instance' | 'class';
}

/** One row of a table for people. */
export interface EventSummary {
  readonly time: string;
  readonly type: EventType;
  readonly action: string;
  readonly step: string;
  readonly what: string;
  readonly where: string;
  readonly who: string;
}

export type TraceDirection = 'back' | 'forward';
export type TraceVia = 'start' | 'transformation' | 'aggregation' | 'association';

/** What tracing needs of an event; {@link EventLinks} has it, and so has an entry of the index of an identifier. */
export type TraceLinks = Pick<EventLinks, 'type' | 'action' | 'time' | 'parent' | 'epcs' | 'classes' | 'inputs' | 'outputs' | 'inputQuantities' | 'outputQuantities' | 'transformationId'> & {
  readonly errorDeclaration?: Pick<ErrorDeclaration, 'declarationTime'>;
};

/** An event as the ledger's index gives it. */
export interface TraceEvent {
  readonly id: string;
  readonly links: TraceLinks;
}

/** An id to walk from. Times bound what counts: ISO UTC with milliseconds, absent = unbounded. */
export interface TraceState {
  readonly id: string;
  readonly from?: string;
  readonly until?: string;
  readonly depth?: number;
  readonly via?: TraceVia;
}

export interface TraceLimits {
  /** Hops; default 50. */
  readonly maxDepth?: number;
  /** No further node is expanded once so many are known; default 1000. */
  readonly maxNodes?: number;
}

export interface TraceRequest {
  readonly direction: TraceDirection;
  /** An id in any form, or the frontier of an earlier, truncated answer. */
  readonly start: string | readonly TraceState[];
  /** The events found under a canonical id (EventLinks.subjects), in any order. Called once an id. */
  readonly lookup: (subject: string) => readonly TraceEvent[] | Promise<readonly TraceEvent[]>;
  readonly limits?: TraceLimits;
}

/** The events of many ids at once, where that is cheaper than one after the other; an id without events may be left out. */
export type TraceLookupAll = (subjects: readonly string[]) => Promise<ReadonlyMap<string, readonly TraceEvent[]>>;

/** One hop of a walk: the edge in the direction of the goods, and the state behind it. */
export interface TraceHop {
  readonly edge: TraceEdge;
  /** Event that names the input; another one than that of the edge if a transformation was reported in several events. */
  readonly sourceEventId: string;
  readonly state: TraceState;
}

export interface TraceNode {
  readonly id: string;
  readonly depth: number;
  readonly via: TraceVia;
}

/** Material flows from `from` to `to`: input → output, content → container, part → whole; in both directions of walking. */
export interface TraceEdge {
  readonly from: string;
  readonly to: string;
  readonly eventId: string;
  readonly kind: Exclude<TraceVia, 'start'>;
}

/** A container that a node travelled in, for trace back; its other contents are no ancestors. */
export interface TraceCarrier {
  readonly id: string;
  readonly content: string;
  readonly from: string;
  readonly until?: string;
}

export interface TraceResult {
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly carriers: readonly TraceCarrier[];
  /** Ids of the events that tell this story, in time order. */
  readonly events: readonly string[];
  readonly truncated: boolean;
  /** Nodes that were reached but not expanded; give it as `start` to go on (each state once: answers do not know of each other). */
  readonly frontier: readonly TraceState[];
}
