import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, FreezeScope, FreezeSkeleton, HoldingSkeleton, ReceiptSkeleton } from '@dualchain/model';
import { freezeStateNow, requireNoFreeze } from '../rules/protection/freeze';
import type { Call } from './call';
import { allOf } from './endorsement';

/** Orders that one certificate or holding may have had. */
const MAX_ORDERS = 200;

/** What the anchor of a scope says; it stands from the first order on. */
const FROZEN_ONCE = { frozenOnce: true } as const;

type Reader = Pick<Call, 'state' | 'anchors' | 'at'>;
type Scope = readonly [FreezeScope, string];

/**
 * Throws FROZEN while an order of the certificate's authority freezes the certificate or one of these holdings. Every
 * verb that changes an owner, splits, merges, offers, finances, pledges, pays out, redeems or replaces calls it; verbs
 * that end a proposal need not, because they give the holding back to the owner whom it has.
 *
 * One hash read for the certificate and one a holding; only where an order was ever given also a range over the orders
 * of that scope, with one hash read an order. The hash stands in the authority's own collection, so that nobody else
 * can make anyone read further, and it conflicts with a freeze that is ordered at the same time.
 */
export async function requireNotFrozen(reader: Reader, certificate: Pick<CertificateSkeleton, 'id' | 'authority'>, holdings: readonly Pick<HoldingSkeleton, 'id'>[]): Promise<void> {
  requireNoFreeze(await freezesOn(reader, certificate, holdings), reader.at);
}

/**
 * Throws FROZEN while an order of its authority freezes one of these warehouse receipts. Every verb that divides, joins,
 * offers, pledges, sells, sends on or delivers one calls it. One hash read a receipt; more only where an order was ever given.
 */
export async function requireReceiptsNotFrozen(reader: Reader, receipts: readonly Pick<ReceiptSkeleton, 'id' | 'authority'>[]): Promise<void> {
  for (const { id, authority } of receipts) if (authority !== undefined) requireNoFreeze(await freezesOver(reader, [['receipt', id]], authority), reader.at);
}

/** Whether each of these holdings is frozen now, by itself or with its certificate. Reads as {@link requireNotFrozen}. */
export async function frozenAmong(reader: Reader, certificate: Pick<CertificateSkeleton, 'id' | 'authority'>, holdings: readonly Pick<HoldingSkeleton, 'id'>[]): Promise<readonly boolean[]> {
  const inForce = (await freezesOn(reader, certificate, holdings)).filter((freeze) => freezeStateNow(freeze, reader.at) === 'in force');
  return holdings.map(({ id }) => inForce.some(({ scopeType, scopeId }) => scopeType === 'certificate' || scopeId === id));
}

/** Writes an order with its policy, its anchor and the anchor of its scope, all by its author alone. */
export async function writeFreeze({ state, anchors }: Pick<Call, 'state' | 'anchors'>, freeze: FreezeSkeleton): Promise<void> {
  const { scopeType, scopeId, orderId, author } = freeze;
  await state.create('freeze', [scopeType, scopeId, orderId], freeze, allOf([author]));
  await anchors.put('freeze', [scopeType, scopeId, orderId], freeze, author);
  await anchors.put('freeze', [scopeType, scopeId], FROZEN_ONCE, author);
}

async function freezesOn(reader: Reader, { id, authority }: Pick<CertificateSkeleton, 'id' | 'authority'>, holdings: readonly Pick<HoldingSkeleton, 'id'>[]): Promise<FreezeSkeleton[]> {
  if (authority === undefined) return [];
  return freezesOver(reader, [['certificate', id], ...holdings.map((holding): Scope => ['holding', holding.id])], authority);
}

async function freezesOver(reader: Reader, scopes: readonly Scope[], authority: string): Promise<FreezeSkeleton[]> {
  const freezes: FreezeSkeleton[] = [];
  for (const scope of scopes) if (await reader.anchors.stands('freeze', scope, FROZEN_ONCE, authority)) freezes.push(...(await ordersOn(reader, scope, authority)));
  return freezes;
}

/** The orders of this authority over a scope; what others wrote beside them has no anchor and is left out. */
async function ordersOn({ state, anchors }: Reader, [scopeType, scopeId]: Scope, authority: string): Promise<FreezeSkeleton[]> {
  const rows = await state.scan('freeze', [scopeType, scopeId], MAX_ORDERS + 1);
  if (rows.length > MAX_ORDERS) throw new DualchainError('TOO_LARGE', `There are more than ${MAX_ORDERS} orders over the ${scopeType} ${scopeId}; turn to the authority.`, { details: { scopeType, scopeId } });
  const orders: FreezeSkeleton[] = [];
  for (const { attributes, value } of rows) if (await anchors.stands('freeze', attributes, value, authority)) orders.push(value);
  return orders;
}
