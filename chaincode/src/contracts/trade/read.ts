import { recordKey } from '@dualchain/model';
import type { InvoiceSkeleton, Opened, OrderSkeleton, Page, SealedRecord, ShipmentSkeleton } from '@dualchain/model';
import type { Call } from '../../ledger';

const DEFAULT_PAGE = 50;

type TradeObject = 'order' | 'shipment' | 'invoice';
interface Skeletons {
  order: OrderSkeleton;
  shipment: ShipmentSkeleton;
  invoice: InvoiceSkeleton;
}
/** Sealed records that belong to an object, all under its own id. */
const recordTypes: Readonly<Record<TradeObject, readonly string[]>> = { order: ['order', 'quantities'], shipment: ['shipment', 'receipt'], invoice: ['invoice'] };

export async function open<T extends TradeObject>({ state, sealed }: Pick<Call, 'state' | 'sealed'>, type: T, id: string): Promise<Opened<Skeletons[T]>> {
  const skeleton: Skeletons[T] = await state.require(type, id);
  const records: Record<string, SealedRecord> = {};
  for (const recordType of recordTypes[type]) {
    const record = await sealed.own(recordType, id);
    if (record !== undefined) records[recordKey(recordType, id)] = record;
  }
  return { skeleton, records };
}

export async function openPage<T extends TradeObject>(call: Call<{ pageSize?: number | undefined; bookmark?: string | undefined }>, type: T): Promise<Page<Opened<Skeletons[T]>>> {
  const pageSize = call.input.pageSize ?? DEFAULT_PAGE;
  const records = await call.sealed.ownPage(type, pageSize, call.input.bookmark);
  const items: Opened<Skeletons[T]>[] = [];
  for (const { id } of records) items.push(await open(call, type, id));
  return { items, bookmark: records.length < pageSize ? '' : (records.at(-1)?.id ?? '') };
}
