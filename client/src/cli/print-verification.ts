import { createColors } from 'picocolors';
import type { TrustedRoots, Verification } from '../disclosure/verify';

interface Shown {
  readonly pack: string;
  readonly roots: TrustedRoots;
  /** Where the roots came from. */
  readonly from: string;
  readonly colour: boolean;
}

const WIDTH = 100;

/** A verification for people: what is shown, what is proved and what is not; or the check that failed. */
export function printVerification(verification: Verification, { pack, roots, from, colour }: Shown): string {
  const { green, red, bold, dim } = createColors(colour);
  const marks = { passed: green('✓'), failed: red('✗'), absent: dim('–'), 'not reached': dim('·') };
  const listed = verification.checks.map(({ title, outcome }) => `  ${marks[outcome]} ${outcome === 'passed' || outcome === 'failed' ? title : dim(`${title} (${outcome === 'absent' ? 'not in this pack' : 'not reached'})`)}`);
  const trust = dim(`Trusting the roots of ${Object.keys(roots.members).length} members and ${Object.keys(roots.orderers).length} ordering organisation${Object.keys(roots.orderers).length === 1 ? '' : 's'} in ${from}.`);
  if (!verification.verified) {
    const { failed } = verification;
    return `${[red(bold(`${pack} proves nothing.`)), '', ...listed, '', ...wrapped(plain(`The check "${failed.check}" failed: ${failed.reason}.`), ''), '', trust].join('\n')}\n`;
  }
  const { statement, proved, notProved } = verification;
  const { record, object, value, transaction } = statement;
  const shown = record === undefined ? Object.entries(value) : record.fields.map((field) => [field.name, field.value] as const);
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  const lines = [
    `${green(bold(`${pack} is verified.`))}`,
    '',
    bold(plain(record === undefined ? `${object.type} ${object.attributes.join('/')}` : `${record.type} ${record.id}`)),
    ...shown.map(([name, content]) => `  ${dim(plain(name).padEnd(width))}  ${textOf(content, width + 4)}`),
    ...(record === undefined ? [] : [dim(`  ${record.hidden} more field${record.hidden === 1 ? '' : 's'} hidden`)]),
    '',
    ...listed,
    '',
    bold('Proved'),
    ...proved.flatMap((text) => wrapped(plain(text), '  ')),
    ...(transaction.alsoWrote.length === 0 ? [] : wrapped(plain(`The same transaction also wrote ${transaction.alsoWrote.join(', ')}.`), '  ').map(dim)),
    '',
    bold('Not proved'),
    ...notProved.flatMap((text) => wrapped(plain(text), '  ')),
    '',
    trust,
  ];
  return `${lines.join('\n')}\n`;
}

function textOf(value: unknown, indent: number): string {
  if (typeof value === 'string') return plain(value);
  return JSON.stringify(value, undefined, 2).split('\n').map(plain).join(`\n${' '.repeat(indent)}`);
}

/** A pack comes from a stranger: what would steer a terminal, or turn the direction of writing, is spelt out. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Lines that fit a terminal; a word that is longer stands on its own. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(`${indent}${line}`);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, `${indent}${line}`];
}
