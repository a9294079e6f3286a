import { DualchainError } from '@dualchain/model';
import { loadTopology } from '@dualchain/network';
import path from 'node:path';
import { loadStory, scenariosFolder } from '../story/index';
import { attempt, certificateAttempts, collusionAttempts, invoiceAttempts, payoutAttempts, quoteAttempts, recallAttempts, cashOf, chapters, covers, Stage } from './index';
import type { Attempt } from './index';

const topology = loadTopology(path.join(scenariosFolder(), '..', 'network', 'consortium.yaml'));
const stageOf = (organisations = topology.organisations, signal?: AbortSignal) => new Stage({ topology: { organisations }, profileDirectory: (slug) => path.join('absent', slug) }, loadStory(), { signal });
const trial = (run: Attempt['run']): Attempt => ({ name: 'trial', actors: ['bank'], title: 'tries', expected: ['WRONG_ROLE'], run });

describe('Stage', () => {
  test('names the organisation that a topology lacks', () => {
    expect(() => stageOf(topology.organisations.filter(({ slug }) => slug !== 'factor'))).toThrow('"factor"');
  });

  test('a missing profile surfaces as the error of connect', async () => {
    await expect(stageOf().as('bank')).rejects.toMatchObject({ code: 'INVALID_PROFILE' });
  });

  test('takes no step after it was aborted', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(attempt(stageOf(topology.organisations, abort.signal), trial(() => Promise.resolve()))).rejects.toThrow();
  });
});

describe('attempt', () => {
  test('tells how it was refused', async () => {
    const error = new DualchainError('WRONG_ROLE', 'no', { transactionId: 'abc', details: { validationCode: 'X', blockNumber: '7' } });
    expect(await attempt(stageOf(), trial(() => Promise.reject(error)))).toEqual({ name: 'trial', actors: ['bank'], title: 'tries', code: 'WRONG_ROLE', message: 'no', transactionId: 'abc', validationCode: 'X', blockNumber: 7n });
  });

  test('fails where nothing was refused, or something else was wrong', async () => {
    await expect(attempt(stageOf(), trial(() => Promise.resolve()))).rejects.toThrow('was not refused');
    await expect(attempt(stageOf(), trial(() => Promise.reject(new DualchainError('UNAVAILABLE', 'gone'))))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('names are unique', () => {
    const names = [invoiceAttempts, certificateAttempts, quoteAttempts, payoutAttempts, recallAttempts, collusionAttempts].flat().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(chapters.map(({ name }) => name)).size).toBe(chapters.length);
  });
});

describe('balance', () => {
  test('ranges cover the face only without gap, overlap or rest', () => {
    const range = (from: bigint, to: bigint) => ({ from, to });
    expect(covers([range(61n, 100n), range(1n, 60n)], 100n)).toBe(true);
    expect(covers([range(1n, 60n), range(62n, 100n)], 100n)).toBe(false);
    expect(covers([range(1n, 61n), range(61n, 100n)], 100n)).toBe(false);
    expect(covers([range(1n, 60n)], 100n)).toBe(false);
    expect(covers([range(1n, 101n)], 100n)).toBe(false);
    expect(covers([], 100n)).toBe(false);
  });

  test('what one pays another receives', () => {
    expect(cashOf([{ from: 'A', to: 'B', amount: 5n }, { from: 'B', to: 'C', amount: 3n }])).toEqual([{ mspId: 'A', paid: 5n, received: 0n }, { mspId: 'B', paid: 3n, received: 5n }, { mspId: 'C', paid: 0n, received: 3n }]);
  });
});
