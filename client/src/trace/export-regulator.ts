import type { HiddenEvents, QueryDocument } from '@dualchain/model';
import { canonicalId, DualchainError, eventLinks, glnOf, parseContext, parseKey, toQueryDocument } from '@dualchain/model';
import type { TraceEventRecord } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { checkFields } from '../submission/plan';
import { regulatorRows } from './export/rows';
import type { RegulatorRow } from './export/rows';
import { toCsv, toXlsx } from './export/sheets';
import { queryAllEvents } from './query-events';
import { traceBack, traceForward } from './trace';

export interface ExportParameters {
  /** Lot, in any form (URN, Digital Link). */
  readonly id: string;
  /** Texts for products, places and parties by their identifiers, which the ledger does not hold. */
  readonly descriptions?: Readonly<Record<string, string>>;
}

/** What a regulator asks for of a lot: everything that went into it and that it went into. */
export interface RegulatorExport {
  readonly id: string;
  /** The lots of the chain that have rows, canonical. */
  readonly lots: readonly string[];
  /** One a critical tracking event and lot, in order of time. */
  readonly rows: readonly RegulatorRow[];
  /** The same as RFC 4180 text. */
  readonly csv: string;
  /** The same as a spreadsheet file. */
  readonly xlsx: Uint8Array;
  /** All events of the chain as EPCIS 2.0 query document. */
  readonly document: QueryDocument;
  /** Whether a bound cut the trace; identifiers with more events than were read; those with sealed events, which are not in it. */
  readonly truncated: boolean;
  readonly cut: readonly string[];
  readonly hidden: readonly HiddenEvents[];
}

/** Events asked for at once. */
const BATCH = 100;

/**
 * The sortable spreadsheet of the food traceability rule (21 CFR 1.1455, FSMA 204) for the whole chain of a lot, from the
 * public events that the own peer holds, and these events. Throws INVALID_INPUT, NOT_FOUND.
 */
export async function exportRegulator(session: Session, parameters: ExportParameters, options?: CallOptions): Promise<RegulatorExport> {
  const { id, descriptions = {} } = checkFields(parameters, ['id', 'descriptions']);
  const back = await traceBack(session, { id }, options);
  const forward = await traceForward(session, { id }, options);
  const records = await recordsOf(session, [...new Set([...back.events, ...forward.events])], options);
  if (records.length === 0) throw new DualchainError('NOT_FOUND', 'No public event names this lot; sealed events are not exported.');
  const lots = lotsIn([canonicalId(id), ...[...back.nodes, ...forward.nodes].map((node) => node.id)], records);
  const rows = await regulatorRows(lots, records, { descriptions, memberOf: (place) => memberAt(session, place), nameOf: (mspId) => session.members.find((member) => member.mspId === mspId)?.name ?? mspId });
  return {
    id: canonicalId(id),
    lots,
    rows,
    csv: toCsv(rows),
    xlsx: await toXlsx(rows),
    document: toQueryDocument(records),
    truncated: back.truncated || forward.truncated,
    cut: [...new Set([...back.cut, ...forward.cut])],
    hidden: [...new Map([...back.hidden, ...forward.hidden].map((each) => [each.id, each])).values()],
  };
}

/** Events by their ids, in order of time. */
async function recordsOf(session: Session, ids: readonly string[], options: CallOptions | undefined): Promise<TraceEventRecord[]> {
  const found: TraceEventRecord[] = [];
  for (let from = 0; from < ids.length; from += BATCH) for await (const record of queryAllEvents(session, { EQ_eventID: ids.slice(from, from + BATCH), perPage: BATCH }, options)) found.push(record);
  return found.sort((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1));
}

function timeOf({ event }: TraceEventRecord): number {
  return Date.parse(String(event['eventTime']));
}

/** The rule follows lots of food: what is named with a quantity, and what has no code of a container. */
function lotsIn(ids: readonly string[], records: readonly TraceEventRecord[]): string[] {
  const counted = new Set(records.flatMap(({ event, context }) => {
    const { classes, inputQuantities, outputQuantities } = eventLinks(event, parseContext(context));
    return [...classes, ...inputQuantities, ...outputQuantities].map((element) => element.id);
  }));
  return [...new Set(ids)].filter((id) => counted.has(id) || ['01', '8006'].includes(parseKey(id)?.ai ?? ''));
}

/** The member whose own GLN it is. */
function memberAt(session: Session, place: string): string | undefined {
  const gln = glnOf(place);
  return gln === undefined ? undefined : session.members.find((member) => member.gln === gln)?.mspId;
}
