import type { KeyModification } from '../interfaces';
import type { ParsedTransaction, ParsedWrite } from '../validator/parse';

/** Peers of one process that commit the same write share what they remember of it. */
const modifications = new WeakMap<ParsedWrite, KeyModification>();

/** What was ever written under each public key of one peer's ledger. */
export class KeyHistory {
  readonly #namespaces = new Map<string, Map<string, KeyModification[]>>();

  add(namespace: string, transaction: Pick<ParsedTransaction, 'txId' | 'timestamp'>, write: ParsedWrite): void {
    let keys = this.#namespaces.get(namespace);
    if (keys === undefined) this.#namespaces.set(namespace, (keys = new Map()));
    const standing = keys.get(write.key);
    if (standing === undefined) keys.set(write.key, [modificationOf(transaction, write)]);
    else standing.push(modificationOf(transaction, write));
  }

  /** The newest first. */
  of(namespace: string, key: string): readonly KeyModification[] {
    return [...(this.#namespaces.get(namespace)?.get(key) ?? [])].reverse();
  }
}

function modificationOf({ txId, timestamp }: Pick<ParsedTransaction, 'txId' | 'timestamp'>, write: ParsedWrite): KeyModification {
  let known = modifications.get(write);
  if (known === undefined) modifications.set(write, (known = { txId, value: write.value, isDelete: write.isDelete, timestamp }));
  return known;
}
