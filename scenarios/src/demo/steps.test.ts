import { createColors } from 'picocolors';
import { loadStory } from '../story/index';
import { WIDTH } from './screen';
import { refusalLines, stepLine } from './steps';

const plain = createColors(false);
const transaction = { verb: 'captureEvents', transactionId: 'ab12'.repeat(16), blockNumber: 12345n };

test('a step shows who, what, transaction and block in one line of the full width', () => {
  const line = stepLine({ actor: 'brand', user: 'checker', title: 'accepts it', transactions: [transaction] }, plain);
  expect(line).toMatch(/^ {3}✓ brand\/checker {3}accepts it {2,}ab12ab12 block 12345$/);
  expect(line).toHaveLength(WIDTH);
});

test('several transactions of one step are counted', () => {
  expect(stepLine({ actor: 'farm', user: 'maker', title: 'spreads it', transactions: [transaction, transaction] }, plain)).toContain('×2 block 12345');
});

test('no title of the story is cut', () => {
  for (const { reporter, title } of loadStory().captures) expect(stepLine({ actor: reporter, user: 'maker', title, transactions: [transaction] }, plain)).not.toContain('…');
});

test('a refusal shows the code, of a transaction that was ordered its validation code and block', () => {
  const refusal = { name: 'x', actors: ['factor', 'carrier'] as const, title: 'move a holding', code: 'ENDORSEMENT_POLICY_FAILURE' as const, message: 'word '.repeat(40), validationCode: 'ENDORSEMENT_POLICY_FAILURE', blockNumber: 29n };
  const lines = refusalLines(refusal, plain);
  expect(lines[0]).toBe('   ✗ factor+carrier  move a holding');
  expect(lines[1]).toBe('     refused: ENDORSEMENT_POLICY_FAILURE, block 29');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(WIDTH);
});
