import Table from 'cli-table3';
import { createColors } from 'picocolors';

/** Columns that all output keeps to. */
export const WIDTH = 100;
const INDENT = '   ';

/** Where text goes: a terminal, a pipe, a test. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

export type Colours = ReturnType<typeof createColors>;

/** Writes for people: headings, lines, tables; colour and progress only on a terminal. */
export class Screen {
  readonly colours: Colours;
  readonly #output: Output;
  readonly #terminal: boolean;
  #pending = false;

  constructor(output: Output, env: NodeJS.ProcessEnv = {}) {
    this.#output = output;
    this.#terminal = output.isTTY === true;
    this.colours = createColors(this.#terminal && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb');
  }

  line(text = ''): void {
    this.#clear();
    this.#output.write(`${text}\n`);
  }

  heading(number: number | string, title: string, text?: string): void {
    const { bold, cyan, dim } = this.colours;
    this.line();
    this.line(`${bold(cyan(String(number).padStart(2)))} ${bold(title)}`);
    if (text !== undefined) this.paragraph(text, dim);
    this.line();
  }

  /** Text wrapped to the width, indented. */
  paragraph(text: string, style: (text: string) => string = (plain) => plain, indent = INDENT): void {
    for (const line of wrap(text, WIDTH - indent.length)) this.line(indent + style(line));
  }

  /** A line that the next one replaces; only on a terminal. */
  progress(text: string): void {
    if (!this.#terminal) return;
    this.#clear();
    this.#output.write(this.colours.dim(clip(`${INDENT}${text}`, WIDTH)));
    this.#pending = true;
  }

  table(head: readonly string[], rows: readonly (readonly string[])[], options: { readonly widths?: readonly (number | null)[]; readonly right?: readonly number[] } = {}): void {
    for (const line of renderTable(head, rows, this.colours, options)) this.line(INDENT + line);
  }

  #clear(): void {
    if (this.#pending) this.#output.write('\r\u001b[2K');
    this.#pending = false;
  }
}

const border = { top: '─', 'top-mid': '─', 'top-left': '', 'top-right': '', bottom: '─', 'bottom-mid': '─', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ' };

/** Lines of a table with a rule above, under its head and below. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[], colours: Colours, { widths, right = [] }: { readonly widths?: readonly (number | null)[]; readonly right?: readonly number[] } = {}): string[] {
  const table = new Table({
    chars: { ...border },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1, compact: true },
    wordWrap: true,
    colAligns: head.map((_, index) => (right.includes(index) ? 'right' : 'left')),
    ...(widths === undefined ? {} : { colWidths: [...widths] }),
  });
  table.push(head.map((title) => colours.dim(title)), ...rows.map((row) => [...row]));
  const [top = '', ...lines] = table.toString().split('\n');
  const headLines = Math.max(...head.map((title) => title.split('\n').length));
  const rule = colours.dim('─'.repeat(visibleLength(top)));
  const body = lines.slice(0, -1).map((line) => line.trimEnd());
  return [...body.slice(0, headLines), rule, ...body.slice(headLines), rule];
}

/** Breaks text at spaces; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => pieces(each, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < word.length; start += width) parts.push(word.slice(start, start + width));
  return parts;
}

/** At most so many characters; what is cut shows as an ellipsis. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

// eslint-disable-next-line no-control-regex -- colours are control sequences
const styling = /\u001b\[[0-9;]*m/g;

/** Characters that a reader sees. */
export function visibleLength(text: string): number {
  return text.replace(styling, '').length;
}

/** Seconds with one decimal. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
