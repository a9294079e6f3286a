import type { EpcisInputEvent } from '@dualchain/model';
import { MAX_EVENTS_PER_CAPTURE } from '@dualchain/model';

/**
 * Most bytes of events in one transaction. A transaction carries each event twice, as argument and as write, and its
 * index entries and read set besides, so that it stays under a megabyte.
 */
export const MAX_BYTES_PER_CAPTURE = 256 * 1024;

export interface SplitLimits {
  readonly events: number;
  readonly bytes: number;
}

/** Cuts a list of events into transactions, in order. An event beyond the bytes stands alone. */
export function splitEvents(events: readonly EpcisInputEvent[], limits: SplitLimits = { events: MAX_EVENTS_PER_CAPTURE, bytes: MAX_BYTES_PER_CAPTURE }): EpcisInputEvent[][] {
  const batches: EpcisInputEvent[][] = [];
  let batch: EpcisInputEvent[] = [];
  let bytes = 0;
  for (const item of events) {
    const size = sizeOf(item);
    if (batch.length > 0 && (batch.length >= limits.events || bytes + size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Bytes of an event's JSON. */
export function sizeOf({ event }: Pick<EpcisInputEvent, 'event'>): number {
  return Buffer.byteLength(JSON.stringify(event), 'utf8');
}
