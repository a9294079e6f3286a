import type { Refusal, Step } from '../play/index';
import type { Colours, Screen } from './screen';
import { clip, WIDTH, wrap } from './screen';

const WHO = 16;
const RIGHT = 22;
const INDENT = '   ';

/** One line of a step: who did what, in which transaction and block. */
export function stepLine({ actor, user, title, transactions }: Pick<Step, 'actor' | 'user' | 'title' | 'transactions'>, colours: Colours): string {
  const { green, dim, bold } = colours;
  const last = transactions.at(-1);
  const place = last === undefined ? '' : `${last.transactionId.slice(0, 8)} ${transactions.length > 1 ? `×${transactions.length} ` : ''}block ${last.blockNumber}`;
  const who = user === 'maker' ? actor : `${actor}/${user}`;
  const what = clip(title, WIDTH - INDENT.length - 2 - WHO - 1 - RIGHT);
  return `${INDENT}${green('✓')} ${bold(who.padEnd(WHO))}${what.padEnd(WIDTH - INDENT.length - 2 - WHO - RIGHT)}${dim(place.padStart(RIGHT))}`;
}

/** Lines of a refused attempt: who tried what, the code, and the message that says why. */
export function refusalLines({ actors, user, title, code, message, validationCode, blockNumber }: Refusal, colours: Colours): string[] {
  const { red, bold, dim } = colours;
  const who = `${actors.join('+')}${user === undefined ? '' : `/${user}`}`;
  const verdict = validationCode === undefined ? code : `${validationCode}${blockNumber === undefined ? '' : `, block ${blockNumber}`}`;
  const indent = INDENT + ' '.repeat(2);
  return [`${INDENT}${red('✗')} ${bold(who.padEnd(WHO))}${who.length >= WHO ? ' ' : ''}${title}`, ...wrap(`refused: ${verdict}`, WIDTH - indent.length).map((line) => indent + red(line)), ...wrap(message, WIDTH - indent.length).map((line) => indent + dim(line))];
}

export function showStep(screen: Screen, step: Step): void {
  screen.line(stepLine(step, screen.colours));
}

export function showRefusal(screen: Screen, refusal: Refusal): void {
  for (const line of refusalLines(refusal, screen.colours)) screen.line(line);
}
