import type { RecallSkeleton } from '@dualchain/model';
import { closeRecall, openRecall, requireSpreading } from './recall';

const at = '2026-11-24T08:00:00.000Z';
const lot = 'https://id.gs1.org/01/09524003000016/10/L1';
const input = { recallId: 'R-1', lot, reasonClass: 'contamination', reason: 'aflatoxin above the limit' } as const;
const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe('who recalls a lot', () => {
  test.each([
    ['inspector', undefined],
    ['authority', undefined],
    ['obligor', 'BrandMSP'],
  ] as const)('%s', (role, owner) => {
    expect(openRecall(input, lot, { mspId: 'BrandMSP', roles: [role] }, owner, at)).toEqual({ id: 'R-1', author: 'BrandMSP', lot, reasonClass: 'contamination', reason: input.reason, state: 'open', openedAt: at });
  });

  test('not a buyer whose brand it is not', () => {
    expect(() => openRecall(input, lot, { mspId: 'OtherMSP', roles: ['obligor'] }, 'BrandMSP', at)).toThrow(refused('NOT_A_PARTY'));
    expect(() => openRecall(input, 'urn:x:lot', { mspId: 'OtherMSP', roles: ['obligor'] }, undefined, at)).toThrow(refused('NOT_A_PARTY'));
  });
});

describe('closing', () => {
  const recall: RecallSkeleton = { id: 'R-1', author: 'RegulatorMSP', lot, reasonClass: 'other', reason: 'x', state: 'open', openedAt: at };

  test('takes as many steps as there are flags, and ends once', () => {
    const closing = closeRecall(recall, 'RegulatorMSP', true, at);
    expect(closing).toEqual({ ...recall, state: 'closing' });
    const closed = closeRecall(closing, 'RegulatorMSP', false, at);
    expect(closed).toEqual({ ...recall, state: 'closed', closedAt: at });
    expect(() => closeRecall(closed, 'RegulatorMSP', false, at)).toThrow(refused('WRONG_STATE'));
  });

  test('is its author\'s alone; from then on nobody spreads it', () => {
    expect(() => closeRecall(recall, 'BrandMSP', false, at)).toThrow(refused('NOT_A_PARTY'));
    requireSpreading(recall, 'AnyMSP');
    expect(() => requireSpreading({ ...recall, state: 'closing' }, 'AnyMSP')).toThrow(refused('WRONG_STATE'));
  });
});
