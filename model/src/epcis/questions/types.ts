import type { ClassQuantity, EventLinks, TypedId } from '../types';

/** An event as the questions about one lot see it. */
export interface ToldEvent {
  readonly id: string;
  /** MSP id of who captured it. */
  readonly reporter: string;
  readonly links: EventLinks;
  /** What kind of process a transformation is, from its step, ILMD and extensions; see `processKindOf`. */
  readonly process: ProcessKind;
}

/** Growth: living things, output may exceed input. Processing: output is at most the input. Commingling: lots are put together, nothing is gained or lost. */
export type ProcessKind = 'growth' | 'processing' | 'commingling';

/** What the questions read: all public events that name an id and were not declared to be errors; the member that a place or party belongs to. */
export interface QuestionSource {
  readonly events: (id: string) => Promise<readonly ToldEvent[]>;
  readonly memberOf: (placeOrParty: string) => string | undefined;
}

/** Somebody who holds, owns, sends or gets goods: as events name it (canonical), and as member, as far as known. */
export interface Party {
  readonly id?: string;
  readonly mspId?: string;
}

/** Goods that went from one party to another: sent and received, or only the one of the two that somebody captured. */
export interface HandOver {
  /** The lot or object itself, or the container that it was in. */
  readonly under: string;
  readonly from: Party;
  readonly to: Party;
  readonly fromPlace?: string;
  readonly toPlace?: string;
  /** UTC; absent: nobody captured it. */
  readonly shipped?: string;
  readonly received?: string;
  /** Orders, invoices, despatch advices and so on that its events name. */
  readonly documents: readonly TypedId[];
  /** How much of the lot, by unit; empty: not counted. Of a reception, else of the shipment. */
  readonly quantities: readonly UnitQuantity[];
  readonly events: readonly string[];
}

/** Decimal string by UN/ECE unit; "EA" counts pieces. */
export interface UnitQuantity {
  readonly unit: string;
  readonly quantity: string;
}

/** A transformation that made the lot, or into which it went. */
export interface Making {
  readonly events: readonly string[];
  readonly time: string;
  readonly by: Party;
  readonly place?: string;
  /** What went in, of `oneStepBack`; what came out, of `oneStepForward`. */
  readonly items: readonly MadeItem[];
}

export interface MadeItem extends ClassQuantity {
  /** Back only: how it came to who used it, the last hand-over before that. */
  readonly handOver?: HandOver;
}

export interface OneStep {
  readonly id: string;
  /** In time order. */
  readonly handOvers: readonly HandOver[];
  readonly making: readonly Making[];
}

/** A time in which one party held the goods. */
export interface CustodySpan {
  readonly holder: Party;
  readonly place?: string;
  readonly from: string;
  /** Absent: still. */
  readonly until?: string;
  /** `begun`: it came into being there; `received`; `seen`: observed there without a reception. */
  readonly how: 'begun' | 'received' | 'seen';
  /** Container that it came in. */
  readonly under?: string;
  readonly events: readonly string[];
}

/** A place at which the chain of custody is not proved by the events. */
export interface CustodyGap {
  readonly kind: 'origin unknown' | 'never received' | 'received by another' | 'not handed over';
  readonly time: string;
  readonly events: readonly string[];
  readonly message: string;
}

export interface Custody {
  readonly id: string;
  /** Absent: on the way, or gone. */
  readonly holder?: Party;
  /** As far as events say (owning parties of sources and destinations). */
  readonly owner?: Party;
  readonly place?: string;
  /** On the way since this time, to whom the shipment says. */
  readonly inTransit?: { readonly since: string; readonly from: Party; readonly to: Party; readonly under: string };
  /** Used up, destroyed or taken out of being. */
  readonly ended?: { readonly at: string; readonly event: string; readonly how: 'used' | 'decommissioned' };
  /** From the innermost to the outermost. */
  readonly containers: readonly { readonly id: string; readonly since: string }[];
  readonly disposition?: string;
  readonly persistentDispositions: readonly string[];
  /** Of a lot, where it is by its movements: it may be at several places at once. */
  readonly onHand: readonly { readonly site?: string; readonly unit: string; readonly quantity: string }[];
  readonly chain: readonly CustodySpan[];
  readonly gaps: readonly CustodyGap[];
}

export interface BalanceLine {
  /** Canonical place, without the extension of an SGLN; absent: the events name none. */
  readonly site?: string;
  readonly unit: string;
  /** Decimal strings. received + produced = consumed + shipped + waste + onHand. */
  readonly received: string;
  readonly produced: string;
  readonly consumed: string;
  readonly shipped: string;
  readonly waste: string;
  /** Negative where more left than was there. */
  readonly onHand: string;
}

export interface Process {
  readonly events: readonly string[];
  readonly kind: ProcessKind;
  readonly inputs: readonly UnitQuantity[];
  readonly outputs: readonly UnitQuantity[];
  /** Output by input in the one unit of both, six decimals, cut off; absent where they cannot be compared. */
  readonly yield?: string;
  readonly band: YieldBand;
  /** Absent where there is no yield. */
  readonly within?: boolean;
}

/** Decimal strings; no `max`: unbounded. */
export interface YieldBand {
  readonly min: string;
  readonly max?: string;
}

export type YieldBands = Readonly<Partial<Record<ProcessKind, YieldBand>>>;

export interface BalanceProblem {
  readonly rule: 'more than available' | 'yield' | 'more received than shipped' | 'stock count';
  readonly message: string;
  readonly events: readonly string[];
  readonly site?: string;
  readonly unit?: string;
  /** By how much, decimal string. */
  readonly by?: string;
}

export interface MassBalance {
  readonly id: string;
  readonly lines: readonly BalanceLine[];
  /** Over all sites: what is shipped and not received is on the way. */
  readonly totals: readonly (Omit<BalanceLine, 'site' | 'received' | 'shipped'> & { readonly inTransit: string })[];
  readonly processes: readonly Process[];
  readonly problems: readonly BalanceProblem[];
  /** Events that move the lot without a number that can be computed with: the sums lack them. */
  readonly uncounted: readonly string[];
}
