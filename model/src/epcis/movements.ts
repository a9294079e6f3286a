import { parseQuantity, quantityPattern } from '../quantity';
import type { ClassQuantity, EventLinks } from './types';

/** Unit of what an event counts without a unit. */
export const PIECES = 'EA';

/** Business steps (CBV 2.0) by which goods come to who reports them, and by which they leave it. */
const receiving: readonly string[] = ['receiving', 'accepting', 'storing'];
const shipping = 'shipping';

/** What an event does to the stock of one lot at who reports it. */
export interface Movement {
  readonly lot: string;
  readonly way: 'produced' | 'received' | 'used' | 'shipped';
  /** UN/ECE unit. */
  readonly unit: string;
  /** In millionths of the unit; undefined if the event does not count it, or in more decimals than can be computed with. */
  readonly quantity: bigint | undefined;
}

/**
 * The movements that an event reports (EPCIS 2.0, CBV 2.0): object events with ADD produce and with DELETE use up;
 * observed, they receive or ship by their business step; a transformation uses its inputs and produces its outputs.
 * Packing, unpacking, and steps that only tell where goods are, move nothing. An event that declares an error moves nothing.
 */
export function movementsOf(links: EventLinks): Movement[] {
  const { type, action, bizStep, classes, inputQuantities, outputQuantities, errorDeclaration } = links;
  if (errorDeclaration !== undefined) return [];
  if (type === 'TransformationEvent') return [...moved('used', inputQuantities), ...moved('produced', outputQuantities)];
  if (type !== 'ObjectEvent') return [];
  if (action === 'ADD') return moved('produced', classes);
  if (action === 'DELETE') return moved('used', classes);
  if (bizStep === shipping) return moved('shipped', classes);
  return takesIn(links) ? moved('received', classes) : [];
}

/** Whether the event takes goods in at who reports it: also those that it names by their containers only. */
export function takesIn({ type, action, bizStep, errorDeclaration }: EventLinks): boolean {
  return type === 'ObjectEvent' && action === 'OBSERVE' && receiving.includes(bizStep ?? '') && errorDeclaration === undefined;
}

/**
 * How much of a lot an event names, in millionths by unit; a lot among the single objects counts as one piece. Undefined
 * if the event names it without a number, or in more decimals than can be computed with.
 */
export function countOf({ classes, epcs }: Pick<EventLinks, 'classes' | 'epcs'>, lot: string): ReadonlyMap<string, bigint> | undefined {
  const counted = new Map<string, bigint>(epcs.includes(lot) ? [[PIECES, parseQuantity('1')]] : []);
  for (const element of classes) {
    if (element.id !== lot) continue;
    const quantity = scaled(element);
    if (quantity === undefined) return undefined;
    const unit = element.uom ?? PIECES;
    counted.set(unit, (counted.get(unit) ?? 0n) + quantity);
  }
  return counted;
}

function moved(way: Movement['way'], elements: readonly ClassQuantity[]): Movement[] {
  return elements.map((element) => ({ lot: element.id, way, unit: element.uom ?? PIECES, quantity: scaled(element) }));
}

function scaled({ quantity }: ClassQuantity): bigint | undefined {
  return quantity !== undefined && quantityPattern.test(quantity) ? parseQuantity(quantity) : undefined;
}
