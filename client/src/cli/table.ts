import Table from 'cli-table3';

/** Plain columns without lines, as every command prints them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({ head: [...head], style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 }, chars: { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' } });
  made.push(...rows.map((row) => [...row]));
  return `${made.toString()}\n`;
}
