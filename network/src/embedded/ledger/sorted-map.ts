import BTree from 'sorted-btree';
import { compareKeys } from '../protos';

/** A map in UTF-8 byte order of its keys. A copy costs nothing: the two share what neither has changed since. */
export class SortedMap<Value> {
  readonly #tree: BTree<string, Value>;

  constructor(tree = new BTree<string, Value>(undefined, compareKeys)) {
    this.#tree = tree;
  }

  get size(): number {
    return this.#tree.size;
  }

  copy(): SortedMap<Value> {
    return new SortedMap(this.#tree.clone());
  }

  get(key: string): Value | undefined {
    return this.#tree.get(key);
  }

  set(key: string, value: Value): void {
    this.#tree.set(key, value);
  }

  delete(key: string): void {
    this.#tree.delete(key);
  }

  /** Entries with start <= key < end; "" leaves a side open. What changes meanwhile is seen or not: walk over a copy. */
  *range(start: string, end: string): IterableIterator<[string, Value]> {
    for (const entry of this.#tree.entries(start === '' ? undefined : start)) {
      if (end !== '' && compareKeys(entry[0], end) >= 0) return;
      yield entry;
    }
  }
}
