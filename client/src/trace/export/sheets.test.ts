import { unzipSync } from 'fflate';
import { columns } from './rows';
import type { RegulatorRow } from './rows';
import { toCsv, toXlsx } from './sheets';

const empty = Object.fromEntries(columns.map((column) => [column, ''])) as RegulatorRow;
const row = (more: Partial<RegulatorRow>): RegulatorRow => ({ ...empty, ...more });

/** A reader of RFC 4180 that knows nothing of the writer. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const character = csv[at]!;
    if (quoted && character === '"' && csv[at + 1] === '"') cell += csv[(at += 1)]!;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') {
      rows.at(-1)!.push(cell);
      cell = '';
    } else if (!quoted && character === '\r' && csv[at + 1] === '\n') {
      rows.at(-1)!.push(cell);
      cell = '';
      at += 1;
      if (at + 1 < csv.length) rows.push([]);
    } else cell += character;
  }
  return rows;
}

test('CSV: a header and one line a row, read back as it was', () => {
  const rows = [row({ Location: 'Mill "A", hall\r\n2', Quantity: '12.5' }), row({ Location: 'Größe ≤ 3' })];
  expect(read(toCsv(rows))).toEqual([[...columns], ...rows.map((each) => columns.map((column) => each[column]))]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x")'])('CSV: %j is text', (text) => {
  expect(read(toCsv([row({ Location: text })]))[1]![columns.indexOf('Location')]).toBe(`'${text}`);
});

test('XLSX: texts are texts, also those that look like formulas; quantities are numbers where a number holds them exactly', async () => {
  const files = unzipSync(await toXlsx([row({ Location: '=1+1', 'Product description': 'a < b & "c"', Quantity: '12.5' }), row({ Quantity: '1234567890123456.5' })]));
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const sheet = Object.keys(files).filter((name) => /worksheets\/sheet\d+\.xml$/.test(name)).map(text).join('');
  const everything = Object.keys(files).filter((name) => name.endsWith('.xml')).map(text).join('');
  expect(sheet).not.toMatch(/<f[ >]/);
  expect(sheet).toContain('<v>12.5</v>');
  expect(sheet.match(/<row /g)).toHaveLength(3);
  for (const found of ['=1+1', 'a &lt; b &amp; ', '1234567890123456.5', 'Critical tracking event']) expect(everything).toContain(found);
});
