import type { LedgerObjects, ObjectType } from '@dualchain/model';

/** Finds the objects of one kind by something that stands in them. */
export interface Index<T extends ObjectType = ObjectType> {
  readonly type: T;
  /** Under which words an object is found. */
  readonly keys: (object: LedgerObjects[T]) => readonly string[];
}

const index = <T extends ObjectType>(type: T, keys: Index<T>['keys']): Index<T> => ({ type, keys });

/** Every way in which a check looks for objects, so that none walks through all of them. A new one is a line here. */
export const indexes = {
  holdingsOfCertificate: index('holding', ({ certificateId }) => [certificateId]),
  paymentsOfHolding: index('payment', ({ holdingIds }) => holdingIds),
  freezesOfCertificate: index('freeze', ({ certificateId }) => (certificateId === undefined ? [] : [certificateId])),
  freezesOfReceipt: index('freeze', ({ scopeType, scopeId }) => (scopeType === 'receipt' ? [scopeId] : [])),
  certificatesOfInvoice: index('certificate', ({ invoiceIds }) => invoiceIds),
  shipmentsOfOrder: index('shipment', ({ orderId }) => [orderId]),
  invoicesOfOrder: index('invoice', ({ orderId }) => [orderId]),
  partsOfInvoice: index('invoice', ({ partOf }) => (partOf === undefined ? [] : [partOf])),
  pledgesOfReceipt: index('receiptPledge', ({ receiptId }) => [receiptId]),
  attestationsOfSubject: index('attestation', ({ subject }) => [`${subject.type}/${subject.id}`]),
  flagsOfLot: index('recallFlag', ({ lot }) => [lot]),
  flagsOfRecall: index('recallFlag', ({ recallId }) => [recallId]),
} as const;

export type IndexName = keyof typeof indexes;
export type IndexedObject<Name extends IndexName> = LedgerObjects[(typeof indexes)[Name]['type']];

const byType = new Map<ObjectType, [IndexName, Index][]>();
for (const [name, { type, ...rest }] of Object.entries(indexes) as [IndexName, Index][]) byType.set(type, [...(byType.get(type) ?? []), [name, { type, ...rest }]]);

/** The indexes of one state, kept as its objects change. */
export class Indexes {
  readonly #found = new Map<IndexName, Map<string, Map<string, unknown>>>();

  find<Name extends IndexName>(name: Name, key: string): Iterable<IndexedObject<Name>> {
    return (this.#found.get(name)?.get(key)?.values() ?? []) as Iterable<IndexedObject<Name>>;
  }

  count(name: IndexName, key: string): number {
    return this.#found.get(name)?.get(key)?.size ?? 0;
  }

  /** Takes a change of the object that stands under `id`. */
  change(type: ObjectType, id: string, before: object | undefined, after: object | undefined): void {
    for (const [name, { keys }] of byType.get(type) ?? []) {
      const found = this.#found.get(name) ?? new Map<string, Map<string, unknown>>();
      this.#found.set(name, found);
      if (before !== undefined) for (const key of wordsOf(keys, before)) {
        const objects = found.get(key);
        if (objects?.delete(id) === true && objects.size === 0) found.delete(key);
      }
      if (after !== undefined) for (const key of wordsOf(keys, after)) {
        const objects = found.get(key) ?? new Map<string, unknown>();
        found.set(key, objects);
        objects.set(id, after);
      }
    }
  }
}

/** Altered chaincode may write anything; what lacks the fields is found under no word. */
function wordsOf(keys: Index['keys'], object: object): readonly string[] {
  try {
    const words: unknown = keys(object as never);
    return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : [];
  } catch {
    return [];
  }
}
