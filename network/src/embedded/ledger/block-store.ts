import type { common } from '@hyperledger/fabric-protos';
import { blockHash, hex } from '../protos';

/** Committed blocks of one peer, by number, hash and transaction id. */
export class BlockStore {
  readonly #blocks: Uint8Array[] = [];
  readonly #byHash = new Map<string, number>();
  readonly #byTxId = new Map<string, { blockNumber: number; index: number; code: number; envelope: Uint8Array }>();
  #previousHash: Uint8Array = new Uint8Array();
  #currentHash: Uint8Array = new Uint8Array();

  get height(): number {
    return this.#blocks.length;
  }

  append(bytes: Uint8Array, header: common.BlockHeader, transactions: readonly { txId: string; envelope: Uint8Array }[], codes: readonly number[]): void {
    const number = this.#blocks.length;
    const hash = blockHash(header.getNumber(), header.getPreviousHash_asU8(), header.getDataHash_asU8());
    this.#blocks.push(bytes);
    this.#byHash.set(hex(hash), number);
    this.#previousHash = this.#currentHash;
    this.#currentHash = hash;
    transactions.forEach(({ txId, envelope }, index) => {
      if (txId !== '' && !this.#byTxId.has(txId)) this.#byTxId.set(txId, { blockNumber: number, index, code: codes[index] ?? 0, envelope });
    });
  }

  get(number: number): Uint8Array | undefined {
    return this.#blocks[number];
  }

  byHash(hash: Uint8Array): Uint8Array | undefined {
    const number = this.#byHash.get(hex(hash));
    return number === undefined ? undefined : this.#blocks[number];
  }

  transaction(txId: string): { blockNumber: number; index: number; code: number; envelope: Uint8Array } | undefined {
    return this.#byTxId.get(txId);
  }

  info(): { height: number; currentBlockHash: Uint8Array; previousBlockHash: Uint8Array } {
    return { height: this.#blocks.length, currentBlockHash: this.#currentHash, previousBlockHash: this.#previousHash };
  }
}
