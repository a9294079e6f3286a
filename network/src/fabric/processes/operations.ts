/** A node's operations service, plain HTTP on the address of the topology. */
export interface OperationsAddress {
  readonly host: string;
  readonly operationsPort: number;
}

const TIMEOUT_MS = 2_000;

/** True if the node says that it is healthy, otherwise undefined. */
export async function healthy(node: OperationsAddress): Promise<true | undefined> {
  const response = await fetch(`${base(node)}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  return response.ok ? true : undefined;
}

/** Values of one Prometheus metric by label set; empty if the node does not report it. */
export async function metric(node: OperationsAddress, name: string): Promise<number[]> {
  const response = await fetch(`${base(node)}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
}

function base(node: OperationsAddress): string {
  return `http://${node.host}:${node.operationsPort}`;
}
