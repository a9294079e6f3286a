/** One operation to be timed; it fails the bench by throwing. */
export type Operation = () => Promise<unknown>;

/** What running some operations took. */
export interface Load {
  readonly operations: number;
  readonly seconds: number;
  /** Of each operation, in milliseconds. */
  readonly latencies: readonly number[];
}

/** Runs the operations with so many at once, each worker taking the next as soon as its last has ended. */
export async function runLoad(operations: readonly Operation[], concurrency: number): Promise<Load> {
  const latencies: number[] = [];
  let next = 0;
  const worker = async () => {
    for (let operation = operations[next++]; operation !== undefined; operation = operations[next++]) {
      const began = performance.now();
      await operation();
      latencies.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: Math.min(concurrency, operations.length) }, worker));
  return { operations: operations.length, seconds: (performance.now() - began) / 1000, latencies };
}
