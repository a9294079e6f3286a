import type { Audit } from './audit-ledgers';
import { auditAsJson, printAudit } from './print-audit';

const title = 'Quantities add up';
const doubt = (block: bigint) => ({ source: 'bank.ledger', mspId: 'BankMSP', invariant: '16', title, block, transactionId: `tx-${block}`, message: `FarmMSP is short of lot ${block}` });
const auditWith = (count: number): Audit => {
  const discrepancies = Array.from({ length: count }, (_, index) => doubt(BigInt(index)));
  const verdict = { invariant: '16', title, holds: true, checked: 3, unseen: 1, breaks: [], discrepancies };
  return { holds: true, breaks: [], discrepancies, ledgers: [{ source: 'bank.ledger', genesisHash: 'g', report: { mspId: 'BankMSP', height: 9n, lastBlockHash: 'l', transactions: 8, holds: true, verdicts: [verdict] } }] };
};

test('reports that do not add up are told beside the proof, and are no break', () => {
  const text = printAudit(auditWith(2), { colour: false });
  expect(text).toContain('Reports that do not add up (no rule of the ledger is broken; ask who reported): 2\n  block 0, tx-0: FarmMSP is short of lot 0\n  block 1, tx-1: FarmMSP is short of lot 1\n');
  expect(text).toContain('Every invariant holds');
  expect(text).not.toContain('--json');
  expect(printAudit(auditWith(0), { colour: false })).not.toContain('add up (');
});

test('of many the first five are told, and all of them to machines', () => {
  const text = printAudit(auditWith(7), { colour: false });
  expect(text).toContain('lot 4');
  expect(text).not.toContain('lot 5');
  expect(text).toContain('--json lists all');
  expect(JSON.parse(auditAsJson(auditWith(7)))).toMatchObject({ holds: true, breaks: [], discrepancies: Array.from({ length: 7 }, (_, index) => ({ block: String(index), transactionId: `tx-${index}` })) });
});
