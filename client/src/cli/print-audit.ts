import Table from 'cli-table3';
import { createColors } from 'picocolors';
import { notVerified } from './audit-ledgers';
import type { Audit } from './audit-ledgers';

const LABELS: Readonly<Record<string, string>> = { 'principle 4': 'P4', vote: 'V', 'sealed events': 'E', signatures: 'S' };

/** Discrepancies that the table for people tells. */
const TOLD = 5;

/** An audit for people: the table of invariants, then the proof or the first break. */
export function printAudit({ holds, ledgers, breaks, discrepancies }: Audit, { colour }: { readonly colour: boolean }): string {
  const { green, red, yellow, bold, dim } = createColors(colour);
  const table = new Table({ head: ['no.', 'invariant', 'checked', 'unseen', `on ${ledgers.length}`], colWidths: [5, 64, 10, 9, null], wordWrap: true, colAligns: ['left', 'left', 'right', 'right', 'left'], style: { head: colour ? ['bold'] : [], border: [], compact: true } });
  for (const [index, { invariant, title }] of (ledgers[0]?.report.verdicts ?? []).entries()) {
    const verdicts = ledgers.flatMap(({ report }) => report.verdicts[index] ?? []);
    const sum = (of: 'checked' | 'unseen') => String(verdicts.reduce((total, verdict) => total + verdict[of], 0));
    table.push([LABELS[invariant] ?? invariant, title, sum('checked'), sum('unseen'), verdicts.every((verdict) => verdict.holds) ? green('holds') : red('broken')]);
  }
  const lines = [table.toString(), ''];
  for (const { source, report, genesisHash, damage } of ledgers) {
    const { mspId, height, transactions, lastBlockHash, verdicts } = report;
    const sum = (of: 'checked' | 'unseen') => verdicts.reduce((total, verdict) => total + verdict[of], 0);
    lines.push(`${bold(mspId === '' ? 'without private data' : mspId)} ${dim(source)}`, `  ${height} blocks, ${transactions} transactions; ${sum('checked')} facts checked, ${sum('unseen')} unseen`, `  first block ${genesisHash}`, `  last block  ${lastBlockHash}`);
    if (damage !== undefined) lines.push(red(`  ${damage}`));
  }
  lines.push('', 'Not verified:', ...notVerified.map((text) => `  ${text}`), '');
  if (discrepancies.length > 0) lines.push(yellow(`Reports that do not add up (no rule of the ledger is broken; ask who reported): ${discrepancies.length}`), ...discrepancies.slice(0, TOLD).map(({ block, transactionId, message }) => `  block ${block}, ${transactionId}: ${message}`), ...(discrepancies.length > TOLD ? ['  --json lists all'] : []), '');
  const [first] = breaks;
  if (holds || first === undefined) lines.push(green(`Every invariant holds on ${ledgers.length === 1 ? 'this ledger' : `these ${ledgers.length} ledgers`}, as far as ${ledgers.length === 1 ? 'its owner' : 'their owners'} can see.`));
  else {
    lines.push(red(`Broken: invariant ${first.invariant} (${first.title})`), `  on          ${first.mspId === '' ? first.source : first.mspId}`, `  block       ${first.block}`, `  transaction ${first.transactionId === '' ? 'the block itself' : first.transactionId}`, `  ${first.message}`);
    if (breaks.length > 1) lines.push(`  and ${breaks.length - 1} more; --json lists them`);
  }
  return `${lines.join('\n')}\n`;
}

/** The same for machines. */
export function auditAsJson({ holds, ledgers, breaks, discrepancies }: Audit): string {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return `${JSON.stringify({ holds, first: breaks[0], breaks, discrepancies, ledgers: ledgers.map(({ report, ...rest }) => ({ ...rest, ...report })), notVerified }, plain, 2)}\n`;
}
