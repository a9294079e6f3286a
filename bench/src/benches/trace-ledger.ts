import { canonicalId, eventHash, eventLinks, parseContext, traceClosure } from '@dualchain/model';
import type { EventLinks, JsonObject } from '@dualchain/model';
import type { Dualchain, Trace } from '@dualchain/client';
import type { Side } from '../compare';
import type { BenchNetwork } from '../network/bench-network';
import { chainOf, EVENTS_PER_WIDTH } from './trace-goods';
import type { Numbering } from './trace-goods';

/** Members that capture at once, each a part of what is loaded. */
const REPORTERS = ['farm', 'processor'];
/** Events of one call of capture; the SDK cuts them into transactions. */
const EVENTS_PER_CALL = 1_000;
const ASKER = 'bank';

/** A chain whose last lot is traced back, with what the answer must be. */
export interface TracedChain {
  readonly lot: string;
  /** By a walk in memory over the events that were captured. */
  readonly expected: Readonly<Record<'nodes' | 'edges' | 'carriers' | 'events', number>>;
}

/** A ledger that is filled with supply chains, all captured through the SDK. */
export class TraceLedger {
  /** Events captured so far. */
  events = 0;
  #chains = 0;

  constructor(
    private readonly network: BenchNetwork,
    private readonly onProgress: (step: string) => void,
  ) {}

  /** Captures a chain of about so many events, and answers how to trace it. */
  async add(events: number, numbering: Numbering): Promise<TracedChain> {
    const { events: chain, last } = this.#next(events, numbering);
    await this.#capture(chain);
    return expectedOf(chain, last[0] ?? '');
  }

  /** Captures other chains, half of them of each numbering, until the ledger has so many events. */
  async fill(total: number, most: number): Promise<void> {
    while (this.events < total) {
      const { events } = this.#next(Math.min(most, total - this.events), this.#chains % 2 === 0 ? 'dated' : 'scattered');
      await this.#capture(events.slice(0, total - this.events));
    }
  }

  /** Tracing back the last lot, checked against the walk in memory each time. */
  async traceSide(name: string, { lot, expected }: TracedChain): Promise<Side> {
    const asker: Dualchain = await this.network.as(ASKER);
    const ask = async () => {
      const { nodes, edges, carriers, events, truncated }: Trace = await asker.trace.traceBack({ id: lot });
      const found = { nodes: nodes.length, edges: edges.length, carriers: carriers.length, events: events.length };
      if (truncated || JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`The trace found ${JSON.stringify(found)}${truncated ? ', cut' : ''}; the same walk in memory finds ${JSON.stringify(expected)}.`);
    };
    return { name, prepare: (count) => Array.from({ length: count }, () => ask), conflicts: () => 0 };
  }

  #next(events: number, numbering: Numbering) {
    return chainOf({ chain: this.#chains++, width: Math.max(2, Math.ceil(events / EVENTS_PER_WIDTH)), numbering });
  }

  async #capture(events: readonly JsonObject[]): Promise<void> {
    const parts = Array.from({ length: Math.ceil(events.length / EVENTS_PER_CALL) }, (_, index) => events.slice(index * EVENTS_PER_CALL, (index + 1) * EVENTS_PER_CALL));
    const queue = parts.values();
    await Promise.all(
      REPORTERS.map(async (slug) => {
        const reporter = await this.network.as(slug);
        for (const part of queue) {
          await reporter.trace.capture([...part], { onProgress: ({ captured, total }) => this.onProgress(`captured ${this.events + (captured < total ? captured : 0)} events`) });
          this.events += part.length;
        }
      }),
    );
    await this.network.inStep();
  }
}

async function expectedOf(events: readonly JsonObject[], lot: string): Promise<TracedChain> {
  const bySubject = new Map<string, { readonly id: string; readonly links: EventLinks }[]>();
  const context = parseContext(undefined);
  for (const event of events) {
    const linked = { id: eventHash(event, context).id, links: eventLinks(event) };
    for (const subject of linked.links.subjects) bySubject.set(subject, [...(bySubject.get(subject) ?? []), linked]);
  }
  const found = await traceClosure({ direction: 'back', start: canonicalId(lot), lookup: (subject) => bySubject.get(subject) ?? [], limits: { maxDepth: 100, maxNodes: 10_000 } });
  return { lot, expected: { nodes: found.nodes.length, edges: found.edges.length, carriers: found.carriers.length, events: found.events.length } };
}
