import type { JsonObject } from '@dualchain/model';

/** Makes every lot at the end out of goods of this many stages before it. */
export const STAGES = 21;
const HOUR = 3_600_000;
const BEGIN = Date.UTC(2024, 0, 1);
/** Pause between two stages: what one makes is packed, sent and unpacked before the next uses it. */
const STAGE_HOURS = 240;
const INPUTS = 3;
const OUTPUTS = 2;
/** Lots on one pallet. */
const PALLET = 5;
/** Products of each stage; each product has lots of its own. */
const PRODUCTS = 3;

/** How lots are numbered: one after the other by day, as plants do it, or by chance. */
export type Numbering = 'dated' | 'scattered';

/** Events of a chain for each lot that its stages make. */
export const EVENTS_PER_WIDTH = (1 + (STAGES - 1) / OUTPUTS) + (STAGES * 4) / PALLET;

export interface ChainOptions {
  /** Chains of one number are the same to the last event; those of different numbers share no lot. */
  readonly chain: number;
  /** Lots that each stage makes. */
  readonly width: number;
  readonly numbering: Numbering;
}

/**
 * One supply chain as its companies would report it, in the order of time: each stage takes lots of the stage before by
 * threes, whichever come, and makes two of them; five lots go on a pallet, which is packed, sent, received and unpacked.
 * Products, dates and pallet numbers run on beside those of other chains. Answers the events and the lots of the last stage.
 */
export function chainOf({ chain, width, numbering }: ChainOptions): { readonly events: JsonObject[]; readonly last: readonly string[] } {
  const random = randomOf(chain + 1);
  const events: { readonly at: number; readonly event: JsonObject }[] = [];
  const tell = (at: number, event: JsonObject) => events.push({ at, event: { eventTime: new Date(BEGIN + at * HOUR + chain).toISOString(), eventTimeZoneOffset: '+08:00', ...event } });
  let before: string[] = [];
  for (let stage = 0; stage < STAGES; stage += 1) {
    const at = stage * STAGE_HOURS;
    const lots = Array.from({ length: width }, (_, index) => lotOf(chain, stage, index, numbering, random));
    for (let index = 0; index < width; index += OUTPUTS) {
      const made = lots.slice(index, index + OUTPUTS).map(amount);
      const hour = at + (index * 100) / width;
      if (stage === 0) made.forEach((lot) => tell(hour, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active', quantityList: [lot] }));
      else tell(hour, { type: 'TransformationEvent', bizStep: 'creating_class_instance', inputQuantityList: pick(before, INPUTS, random).map(amount), outputQuantityList: made });
    }
    shuffled(lots, random).forEach((_, index, all) => index % PALLET === 0 && ship(at + 110 + (index * 50) / width, palletOf(chain, stage, index / PALLET), all.slice(index, index + PALLET), tell));
    before = lots;
  }
  return { events: events.sort((a, b) => a.at - b.at).map(({ event }) => event), last: before };
}

function ship(at: number, pallet: string, lots: readonly string[], tell: (at: number, event: JsonObject) => void): void {
  const load = { parentID: pallet, childQuantityList: lots.map(amount) };
  tell(at, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', ...load });
  tell(at + 5, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit', epcList: [pallet] });
  tell(at + 48, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress', epcList: [pallet] });
  tell(at + 50, { type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', ...load });
}

const amount = (lot: string): JsonObject => ({ epcClass: lot, quantity: 100, uom: 'KGM' });

/** Dated chains have products of their own; the scattered ones share theirs, with numbers from one heap. */
function lotOf(chain: number, stage: number, index: number, numbering: Numbering, random: () => number): string {
  const product = stage * PRODUCTS + (index % PRODUCTS);
  const family = numbering === 'dated' ? chain : 999;
  const number = numbering === 'dated' ? `${240_000 + stage * 10 + Math.floor(index / 60)}-${String(index).padStart(5, '0')}` : Math.floor(random() * 36 ** 8).toString(36).toUpperCase().padStart(8, '0') + chain;
  return `urn:epc:class:lgtin:9524${String(family).padStart(3, '0')}.${String(100_000 + product)}.${number}`;
}

function palletOf(chain: number, stage: number, index: number): string {
  return `urn:epc:id:sscc:9524${String(chain).padStart(3, '0')}.1${String(stage * 10_000 + index).padStart(9, '0')}`;
}

function pick<T>(from: readonly T[], count: number, random: () => number): T[] {
  const chosen = new Set<T>();
  while (chosen.size < Math.min(count, from.length)) chosen.add(from[Math.floor(random() * from.length)] as T);
  return [...chosen];
}

/** The same for the same chain, but in another order than they were made. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list.map((item) => ({ item, rank: random() })).sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** Numbers from 0 to 1 that look like chance and are the same in every run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = (seed * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
