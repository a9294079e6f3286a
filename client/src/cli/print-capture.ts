import { createColors } from 'picocolors';
import type { RefusedEvent } from '../trace';

/** Refused events that are listed. */
const LISTED = 20;

/** What became of an input. */
export interface CaptureOutcome {
  readonly total: number;
  readonly captured: number;
  readonly already: number;
  readonly refused: number;
  /** All refused events, or the first of them. */
  readonly refusedEvents: readonly RefusedEvent[];
  readonly transactions: number;
  /** How they were captured, as in "under seal". */
  readonly how?: string;
  /** Said behind the number of transactions. */
  readonly remark?: string;
}

/** An outcome for people, line by line. */
export function captureLines(file: string, { total, captured, already, refused, refusedEvents, transactions, how, remark }: CaptureOutcome, colour: boolean): string[] {
  const { bold, green, yellow, dim } = createColors(colour);
  return [
    `${bold(file)}: ${total} event${total === 1 ? '' : 's'}`,
    `  ${green(`${captured} captured`)}${how === undefined ? '' : ` ${how}`} in ${transactions} transaction${transactions === 1 ? '' : 's'}${remark === undefined ? '' : dim(` ${remark}`)}`,
    ...(already > 0 ? [`  ${already} on the ledger before`] : []),
    ...(refused > 0 ? [`  ${yellow(`${refused} refused`)}`] : []),
    ...refusedLines(refusedEvents, refused, colour),
  ];
}

/** The first refused events with path, rule and reason. `total`: how many there are, of which `events` may be the first. */
function refusedLines(events: readonly RefusedEvent[], total: number, colour: boolean): string[] {
  const { dim } = createColors(colour);
  const lines = events.slice(0, LISTED).flatMap(({ index, problems }) => problems.slice(0, 3).map(({ path, rule, message }) => `    event ${index}  ${path}  ${dim(rule)}  ${message}`));
  return total > LISTED ? [...lines, `    … and ${total - LISTED} more${total > events.length ? '' : ' (--json lists them)'}`] : lines;
}
