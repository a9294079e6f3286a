/** A cell of a table: one line, no bars that would end it. */
export const cell = (text) => String(text).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

export const code = (text) => `\`${text}\``;

export const codes = (list) => list.map(code).join(', ');

export function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A page of the reference. */
export function page(title, source, introduction, sections) {
  return `${[`# ${title}`, `<!-- Made from ${source} by \`npm run docs\`. Do not edit. -->`, introduction, ...sections].join('\n\n')}\n`;
}
