import { columns } from './rows';
import type { RegulatorRow } from './rows';

/** Characters with which spreadsheets begin a formula: a cell of a CSV file that begins with one is shown as text by a quote before it. */
const FORMULA = /^[=+\-@\t\r]/;
const SHEET = 'Traceability';
const WIDTHS: Readonly<Partial<Record<(typeof columns)[number], number>>> = { 'Traceability lot code': 28, Location: 40, 'Previous source': 40, 'Subsequent recipient': 40, 'Traceability lot code source': 40, 'Harvest details': 40, 'Made of traceability lot codes': 40, Event: 40, 'Missing key data elements': 40 };

/** RFC 4180: comma, CRLF, quotes doubled, a header line, UTF-8. Cells that a spreadsheet would compute are disarmed. */
export function toCsv(rows: readonly RegulatorRow[]): string {
  return [[...columns], ...rows.map((row) => columns.map((column) => row[column]))].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One sheet, the header row fixed. Texts are text cells, which no spreadsheet computes; quantities are numbers where a number holds them exactly. */
export async function toXlsx(rows: readonly RegulatorRow[]): Promise<Uint8Array> {
  // Loaded when it is needed: most users of the SDK never write a spreadsheet.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const header = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => columns.map((column) => (row[column] === '' ? null : column === 'Quantity' && isExact(row[column]) ? { value: Number(row[column]), type: Number } : { value: row[column], type: String })));
  const buffer = await writeXlsxFile([header, ...body], { sheet: SHEET, stickyRowsCount: 1, columns: columns.map((column) => ({ width: WIDTHS[column] ?? 18 })) }).toBuffer();
  return new Uint8Array(buffer);
}

/** Spreadsheets keep 15 digits. */
function isExact(text: string): boolean {
  return /^[0-9.]{1,16}$/.test(text) && text.replace('.', '').length <= 15;
}
