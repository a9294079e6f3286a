/** Batches envelopes into blocks as Fabric's block cutter does (wire notes, section 5). */
export interface CutterLimits {
  readonly maxMessageCount: number;
  readonly preferredMaxBytes: number;
}

export class BlockCutter {
  #pending: Uint8Array[] = [];
  #bytes = 0;

  constructor(private readonly limits: CutterLimits) {}

  get isEmpty(): boolean {
    return this.#pending.length === 0;
  }

  /** Adds an envelope; returns the batches that are complete by it. */
  add(envelope: Uint8Array): Uint8Array[][] {
    const { maxMessageCount, preferredMaxBytes } = this.limits;
    const batches: Uint8Array[][] = [];
    if (envelope.length > preferredMaxBytes) {
      if (!this.isEmpty) batches.push(this.cut());
      batches.push([envelope]);
      return batches;
    }
    if (this.#bytes + envelope.length > preferredMaxBytes && !this.isEmpty) batches.push(this.cut());
    this.#pending.push(envelope);
    this.#bytes += envelope.length;
    if (this.#pending.length >= maxMessageCount) batches.push(this.cut());
    return batches;
  }

  /** Ends the batch under way. */
  cut(): Uint8Array[] {
    const batch = this.#pending;
    this.#pending = [];
    this.#bytes = 0;
    return batch;
  }
}
