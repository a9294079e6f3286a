import { KVRWSet } from '@hyperledger/fabric-protos/lib/ledger/rwset/kvrwset/kv_rwset_pb';
import { TxReadWriteSet } from '@hyperledger/fabric-protos/lib/ledger/rwset/rwset_pb';

/** A public write of a transaction. */
export interface KeyWrite {
  readonly namespace: string;
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Uint8Array;
}

/** A key that was read, and the place of the transaction that wrote it last; no place: nothing stood there. */
export interface KeyRead {
  readonly namespace: string;
  readonly key: string;
  readonly version: { readonly block: bigint; readonly index: number } | undefined;
}

/** Public writes in a serialised ledger.rwset.TxReadWriteSet. Fabric takes an empty value for a deletion. */
export function publicWrites(results: Uint8Array): KeyWrite[] {
  return sets(results).flatMap(([namespace, set]) => set.getWritesList().map((write) => ({ namespace, key: write.getKey(), isDelete: write.getIsDelete() || write.getValue_asU8().length === 0, value: write.getValue_asU8() })));
}

/** Public reads in a serialised ledger.rwset.TxReadWriteSet, those of ranges left out. */
export function publicReads(results: Uint8Array): KeyRead[] {
  return sets(results).flatMap(([namespace, set]) =>
    set.getReadsList().map((read) => {
      const version = read.getVersion();
      return { namespace, key: read.getKey(), version: version === undefined ? undefined : { block: BigInt(version.getBlockNum()), index: version.getTxNum() } };
    }),
  );
}

function sets(results: Uint8Array): (readonly [string, KVRWSet])[] {
  return TxReadWriteSet.deserializeBinary(results)
    .getNsRwsetList()
    .map((set) => [set.getNamespace(), KVRWSet.deserializeBinary(set.getRwset_asU8())] as const);
}
