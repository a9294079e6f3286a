import { defaultChannelPolicy, memberTable, motionTable } from '@dualchain/model';
import type { ChannelPolicy, ChannelRecord, MemberRecord, MotionChange, MotionSkeleton, MotionState, Role } from '@dualchain/model';
import { codeOf, refusalOf } from '../testing/refusal';
import { found, foundationOf } from './founding';
import { guardOf, sameGuard } from './guard';
import { decideChange } from './membership';
import { castVote, enactMotion, expireMotion, proposeMotion, voteOn, withdrawMotion } from './motion';

const now = '2026-11-24T08:00:00.000Z';
const later = '2026-11-25T08:00:00.000Z';
const glns = ['9524003000009', '9524002000000', '9524001000001', '9524004000008', '9524005000007', '9524006000006', '9524008000004', '9524007000005'];
const policyOf = (change: Partial<ChannelPolicy> = {}): ChannelPolicy => ({ ...defaultChannelPolicy, currencies: ['CNY'], voteThreshold: 3, ...change });
const member = (mspId: string, index: number, change: Partial<MemberRecord> = {}): MemberRecord => ({ mspId, name: mspId, gln: glns[index] ?? '', roles: ['supplier'], state: 'active', since: now, version: 1, ...change });
const members = [member('A', 0, { roles: ['authority', 'inspector'] }), member('B', 1), member('C', 2, { roles: ['operator'] }), member('D', 3)];
const channelOf = (all: readonly MemberRecord[] = members, policy = policyOf()): ChannelRecord => ({ policy, version: 1, foundedAt: now, foundation: 'f', members: all.map(({ mspId }) => mspId), authority: 'A' });
const joining = { mspId: 'E', name: 'E', gln: glns[4] ?? '', roles: ['financier' as const] };
const propose = (change: MotionChange, all = members, policy = policyOf()) => proposeMotion({ id: 'M-1', change, expiresAt: later, proposer: 'B', at: now }, channelOf(all, policy), all);
const suspended = (mspId: string) => members.map((each) => (each.mspId === mspId ? { ...each, state: 'suspended' as const, version: 2 } : each));

describe('founding', () => {
  const document = { members: members.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] })), policy: policyOf() };
  const changed = (change: Partial<(typeof document)['members'][number]>, index = 1) => ({ ...document, members: document.members.map((each, position) => (position === index ? { ...each, ...change } : each)) });

  test('names members, the list of them and the one authority', () => {
    const { members: founders, channel } = found(document, 'B', now);
    expect(founders).toEqual(members);
    expect(channel).toEqual({ policy: document.policy, version: 1, foundedAt: now, foundation: foundationOf(document), members: ['A', 'B', 'C', 'D'], authority: 'A' });
  });

  test.each([
    ['an MSP id twice', changed({ mspId: 'A' })],
    ['a GLN twice', changed({ gln: glns[0] ?? '' })],
    ['a GLN with a wrong check digit', changed({ gln: '9524002000001' })],
    ['a role twice', changed({ roles: ['supplier', 'supplier'] })],
    ['two authorities', changed({ roles: ['authority'] })],
    ['a threshold below a majority', { ...document, policy: policyOf({ voteThreshold: 2 }) }],
    ['a threshold that nobody reaches', { ...document, policy: policyOf({ voteThreshold: 5 }) }],
    ['an auditor that is no member', { ...document, policy: policyOf({ auditors: ['X'] }) }],
  ])('refuses %s', (_, founding) => expect(codeOf(() => found(founding, 'B', now))).toBe('INVALID_INPUT'));

  test('is not for strangers', () => expect(codeOf(() => found(document, 'X', now))).toBe('NOT_A_PARTY'));
});

describe('who decides', () => {
  test.each<[string, readonly MemberRecord[], number, number]>([
    ['as many as the policy says', members, 3, 3],
    ['a majority, where the policy says less', [...members, member('E', 4), member('F', 5)], 3, 4],
    ['no more than there are', suspended('D'), 4, 3],
    ['suspended members do not count', suspended('D'), 3, 3],
  ])('%s', (_, all, threshold, needed) => expect(guardOf(all, policyOf({ voteThreshold: threshold })).needed).toBe(needed));

  test('a guard differs by threshold and by members', () => {
    const guard = guardOf(members, policyOf());
    expect(sameGuard(guard, guardOf([...members].reverse(), policyOf()))).toBe(true);
    expect(sameGuard(guard, guardOf(members, policyOf({ voteThreshold: 4 })))).toBe(false);
    expect(sameGuard(guard, guardOf(suspended('D'), policyOf()))).toBe(false);
  });
});

describe('what a motion may change', () => {
  const roles = (mspId: string, ...list: Role[]): MotionChange => ({ kind: 'change roles', mspId, roles: list });
  test.each<[string, MotionChange, readonly MemberRecord[], string]>([
    ['a member that is one', { kind: 'admit', member: { ...joining, mspId: 'B' } }, members, 'ALREADY_EXISTS'],
    ['a GLN that is taken', { kind: 'admit', member: { ...joining, gln: glns[1] ?? '' } }, members, 'INVALID_INPUT'],
    ['a wrong GLN', { kind: 'admit', member: { ...joining, gln: '9524005000001' } }, members, 'INVALID_INPUT'],
    ['a second authority', { kind: 'admit', member: { ...joining, roles: ['authority'] } }, members, 'INVALID_INPUT'],
    ['a second authority by roles', roles('B', 'authority'), members, 'INVALID_INPUT'],
    ['a role twice', roles('B', 'supplier', 'supplier'), members, 'INVALID_INPUT'],
    ['roles of a stranger', roles('X', 'supplier'), members, 'NOT_FOUND'],
    ['a suspended member to be suspended', { kind: 'suspend', mspId: 'D', reason: 'r' }, suspended('D'), 'WRONG_STATE'],
    ['a stranger to be suspended', { kind: 'suspend', mspId: 'X', reason: 'r' }, members, 'NOT_FOUND'],
    ['the last but one', { kind: 'suspend', mspId: 'B', reason: 'r' }, members.slice(0, 2), 'INVALID_INPUT'],
    ['an active member to be readmitted', { kind: 'readmit', mspId: 'B' }, members, 'WRONG_STATE'],
    ['a threshold below a majority', { kind: 'change policy', policy: policyOf({ voteThreshold: 2 }) }, members, 'INVALID_INPUT'],
    ['an auditor that is suspended', { kind: 'change policy', policy: policyOf({ voteThreshold: 3, auditors: ['D'] }) }, suspended('D'), 'INVALID_INPUT'],
    ['currencies twice', { kind: 'change policy', policy: policyOf({ currencies: ['CNY', 'CNY'] }) }, members, 'INVALID_INPUT'],
  ])('not %s', (_, change, all, code) => expect(codeOf(() => propose(change, [...all]))).toBe(code));

  test('no more than a hundred members', () => {
    const many = Array.from({ length: 100 }, (_, index) => member(`M${index}`, 9, { gln: `${index}` }));
    expect(refusalOf(() => propose({ kind: 'admit', member: joining }, many)).code).toBe('TOO_LARGE');
  });

  test('admitting raises what a vote needs to a majority', () => {
    const next = decideChange(propose({ kind: 'admit', member: joining }), channelOf(), members, later);
    expect(next).toMatchObject({ admitted: true, member: { ...joining, state: 'active', since: later, version: 1, motionId: 'M-1' }, channel: { version: 1, members: ['A', 'B', 'C', 'D', 'E'], authority: 'A' }, guard: { needed: 3, active: ['A', 'B', 'C', 'D', 'E'] } });
  });

  test('a suspended authority leaves the seat empty, another may take it, and then it is not readmitted as one', () => {
    const gone = decideChange(propose({ kind: 'suspend', mspId: 'A', reason: 'r' }), channelOf(), members, later);
    expect(gone.channel).not.toHaveProperty('authority');
    const without = members.map((each) => (each.mspId === 'A' && gone.member !== undefined ? gone.member : each));
    const taken = decideChange(propose(roles('B', 'authority'), without), gone.channel, without, later);
    expect(taken.channel.authority).toBe('B');
    const with2 = without.map((each) => (each.mspId === 'B' && taken.member !== undefined ? taken.member : each));
    expect(codeOf(() => propose({ kind: 'readmit', mspId: 'A' }, with2))).toBe('INVALID_INPUT');
    expect(decideChange(propose(roles('A', 'inspector'), with2), taken.channel, with2, later).member).toMatchObject({ state: 'suspended', roles: ['inspector'], version: 3 });
  });

  test('a motion about what has changed since is not enacted: no suspension is played twice', () => {
    const motion = propose({ kind: 'suspend', mspId: 'D', reason: 'r' });
    const readmitted = members.map((each) => (each.mspId === 'D' ? { ...each, version: 3 } : each));
    expect(codeOf(() => decideChange(motion, channelOf(), readmitted, later))).toBe('WRONG_STATE');
    const policy = propose({ kind: 'change policy', policy: policyOf({ graceDays: 1 }) });
    expect(decideChange(policy, channelOf(), members, later).channel).toMatchObject({ version: 2, policy: { graceDays: 1 } });
    expect(codeOf(() => decideChange(policy, { ...channelOf(), version: 2 }, members, later))).toBe('WRONG_STATE');
  });
});

describe('a motion', () => {
  const open = propose({ kind: 'suspend', mspId: 'D', reason: 'r' });
  const guard = guardOf(members, policyOf());
  const states: readonly MotionState[] = ['open', 'enacted', 'withdrawn', 'expired'];
  const rules: Readonly<Record<string, (motion: MotionSkeleton, caller: string) => unknown>> = {
    castVote: (motion, caller) => castVote(motion, undefined, true, caller, now),
    withdrawMotion: (motion, caller) => withdrawMotion(motion, caller, now),
    expireMotion: (motion, caller) => expireMotion(motion, caller, later),
    enactMotion: (motion, caller) => enactMotion(motion, guard.active, guard, caller, now),
  };

  test.each(states.flatMap((state) => Object.keys(rules).map((verb) => [verb, state] as const)))('%s of one that is %s, by every member', (verb, state) => {
    const row = motionTable.transitions.find((each) => each.verb === verb)!;
    for (const caller of guard.active) {
      const run = () => rules[verb]!(Object.freeze({ ...open, state }), caller);
      if (!row.who.includes('anyone') && caller !== open.proposer) expect(codeOf(run)).toBe('NOT_A_PARTY');
      else if (state !== 'open') expect(codeOf(run)).toBe('WRONG_STATE');
      else expect(run).not.toThrow();
    }
  });

  test('no row is left out', () => {
    expect(motionTable.transitions.map(({ verb }) => verb)).toEqual(['proposeMotion', ...Object.keys(rules)]);
    expect(memberTable.transitions.map(({ verb }) => verb)).toEqual(['bootstrap', 'admitMember', 'changeRoles', 'suspendMember', 'readmitMember']);
  });

  test('has its time', () => {
    expect(codeOf(() => castVote(open, undefined, true, 'A', later))).toBe('EXPIRED');
    expect(codeOf(() => enactMotion(open, guard.active, guard, 'A', later))).toBe('EXPIRED');
    expect(codeOf(() => expireMotion(open, 'A', now))).toBe('NOT_YET');
    const at = (expiresAt: string) => () => proposeMotion({ id: 'M-2', change: open.change, expiresAt, proposer: 'B', at: now }, channelOf(), members);
    expect(codeOf(at(now))).toBe('EXPIRED');
    expect(codeOf(at('2027-02-22T08:00:00.001Z'))).toBe('INVALID_INPUT');
    expect(at('2027-02-22T08:00:00.000Z')).not.toThrow();
  });

  test('a vote is on exactly this motion and stands', () => {
    const vote = castVote(open, undefined, true, 'A', now);
    expect(castVote(open, vote, true, 'A', now)).toEqual(vote);
    expect(codeOf(() => castVote(open, vote, false, 'A', now))).toBe('ALREADY_EXISTS');
    expect(voteOn({ ...open, change: { kind: 'suspend', mspId: 'C', reason: 'r' } }, 'A', true).motion).not.toBe(vote.motion);
    expect(voteOn({ ...open, expiresAt: '2027-01-01T00:00:00.000Z' }, 'A', true).motion).not.toBe(vote.motion);
    expect(voteOn({ ...open, state: 'enacted' }, 'A', true)).toEqual(vote);
  });

  test.each([[['A', 'B']], [['A', 'B', 'X', 'Y']], [['C']], [[]]])('is not enacted with the votes of %j', (votes) => {
    expect(refusalOf(() => enactMotion(open, votes, guard, 'B', now))).toMatchObject({ code: 'VOTES_MISSING', details: { needed: 3 } });
  });
});
