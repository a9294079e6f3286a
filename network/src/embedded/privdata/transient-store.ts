/** Private write sets of endorsed transactions that are not committed yet, by transaction id. */
export class TransientStore {
  readonly #entries = new Map<string, { bytes: Uint8Array; height: number }>();

  constructor(private readonly maxBlockRetention = 20_000) {}

  put(txId: string, bytes: Uint8Array, height: number): void {
    this.#entries.set(txId, { bytes, height });
  }

  get(txId: string): Uint8Array | undefined {
    return this.#entries.get(txId)?.bytes;
  }

  /** Forgets what was committed and what has waited too long. */
  purge(txIds: readonly string[], height: number): void {
    for (const txId of txIds) this.#entries.delete(txId);
    for (const [txId, entry] of this.#entries) {
      if (entry.height + this.maxBlockRetention >= height) break;
      this.#entries.delete(txId);
    }
  }
}
