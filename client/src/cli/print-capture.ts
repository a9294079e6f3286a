import { createColors } from 'picocolors';
import type { RefusedEvent } from '../trace';

/** Refused events that are listed. */
const LISTED = 20;

export function eventsText(count: number): string {
  return `${count} event${count === 1 ? '' : 's'}`;
}

/** The first refused events with path, rule and reason. `total`: how many there are, of which `events` may be the first. */
export function refusedLines(events: readonly RefusedEvent[], total: number, colour: boolean): string[] {
  const { dim } = createColors(colour);
  const lines = events.slice(0, LISTED).flatMap(({ index, problems }) => problems.slice(0, 3).map(({ path, rule, message }) => `    event ${index}  ${path}  ${dim(rule)}  ${message}`));
  return total > LISTED ? [...lines, `    … and ${total - LISTED} more${total > events.length ? '' : ' (--json lists them)'}`] : lines;
}
