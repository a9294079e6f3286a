import type { TraceEdge } from '@dualchain/model';
import { shortId } from '@dualchain/model';

export interface TreeOptions {
  readonly direction: 'back' | 'forward';
  /** Lines at most; the last one says how many more there are. */
  readonly maxLines?: number | undefined;
  /** What to call an id. */
  readonly label?: ((id: string) => string) | undefined;
}

const DEFAULT_LINES = 60;
const kinds: Readonly<Record<TraceEdge['kind'], Readonly<Record<TreeOptions['direction'], string>>>> = {
  transformation: { back: 'made of', forward: 'went into' },
  aggregation: { back: 'holds', forward: 'packed in' },
  association: { back: 'built of', forward: 'part of' },
};

/**
 * A trace as a tree from one id on. What has been shown with its branches before is not shown with them again ("see
 * above"), so the tree grows with the answer even where everything is mixed with everything.
 */
export function traceTree(start: string, edges: readonly TraceEdge[], { direction, maxLines = DEFAULT_LINES, label = shortId }: TreeOptions): string[] {
  const next = new Map<string, Map<string, TraceEdge['kind']>>();
  for (const { from, to, kind } of edges) {
    const [here, there] = direction === 'back' ? [to, from] : [from, to];
    const branches = next.get(here) ?? new Map<string, TraceEdge['kind']>();
    branches.set(there, kind);
    next.set(here, branches);
  }
  const lines: string[] = [];
  const shown = new Set<string>();
  let more = 0;
  const visit = (id: string, head: string, indent: string, how: string): void => {
    const branches = [...(next.get(id) ?? [])];
    const repeated = shown.has(id) && branches.length > 0;
    shown.add(id);
    if (lines.length < maxLines) lines.push(`${head}${how}${label(id)}${repeated ? ' (see above)' : ''}`);
    else more += 1;
    if (repeated) return;
    branches.forEach(([branch, kind], index) => {
      const last = index === branches.length - 1;
      visit(branch, `${indent}${last ? '└─ ' : '├─ '}`, `${indent}${last ? '   ' : '│  '}`, `${kinds[kind][direction]} `);
    });
  };
  visit(start, '', '', '');
  return more === 0 ? lines : [...lines, `… and ${more} more`];
}
