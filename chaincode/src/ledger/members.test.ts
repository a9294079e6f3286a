import { defaultChannelPolicy } from '@dualchain/model';
import type { ChannelPolicy, MemberRecord } from '@dualchain/model';
import { membersOf, memberOf, requireMember } from './members';
import { policyOfVersion, sayOwn, twoPeopleAt, versionAttribute } from './own-facts';
import { MemoryLedger } from './testing/memory-ledger';

const policy: ChannelPolicy = { ...defaultChannelPolicy, currencies: ['CNY'], voteThreshold: 2 };
const record = (mspId: string, change: Partial<MemberRecord> = {}): MemberRecord => ({ mspId, name: mspId, gln: '', roles: ['supplier'], state: 'active', since: '', version: 1, ...change });

async function ledger(): Promise<MemoryLedger> {
  const made = new MemoryLedger();
  await made.transact(async ({ state }) => {
    await state.create('channelPolicy', ['current'], { policy, version: 1, foundedAt: '', foundation: '', members: ['BrandMSP', 'FarmMSP', 'GoneMSP'] }, 'any');
    for (const member of [record('BrandMSP'), record('FarmMSP'), record('GoneMSP', { state: 'suspended' })]) await state.create('member', [member.mspId], member, 'any');
  });
  return made;
}

test('a record that the channel does not name makes nobody a member', async () => {
  const made = await ledger();
  await made.transact(async ({ state }) => {
    for (let index = 0; index < 50; index++) await state.create('member', [`A${index}MSP`], record(`A${index}MSP`, { roles: ['authority'] }), 'any');
  });
  await made.transact(async (call) => {
    expect(await memberOf(call.state, 'A1MSP')).toBeUndefined();
    await expect(requireMember(call, 'A1MSP')).rejects.toMatchObject({ code: 'NOT_A_MEMBER' });
    expect((await membersOf(call.state)).map(({ mspId }) => mspId)).toEqual(['BrandMSP', 'FarmMSP', 'GoneMSP']);
  });
});

test('a suspended member is a member, and not one that may act', async () => {
  const made = await ledger();
  await made.transact(async (call) => {
    expect((await memberOf(call.state, 'GoneMSP'))?.state).toBe('suspended');
    await expect(requireMember(call, 'GoneMSP')).rejects.toMatchObject({ code: 'NOT_A_MEMBER', message: expect.stringContaining('suspended') as unknown });
    await expect(requireMember(call, 'FarmMSP', 'settler')).rejects.toMatchObject({ code: 'WRONG_ROLE' });
    expect(await requireMember(call, 'FarmMSP', 'supplier')).toEqual(record('FarmMSP'));
  });
});

test('the list of members is read once a transaction', async () => {
  const made = await ledger();
  made.reads = 0;
  await made.transact(async (call) => {
    for (const mspId of ['BrandMSP', 'FarmMSP', 'BrandMSP']) await requireMember(call, mspId);
  });
  expect(made.reads).toBe(3);
});

test('an organisation asks for two people until its own anchor says otherwise, whatever others wrote under its name', async () => {
  const made = await ledger();
  const stated = { mspId: 'BrandMSP', twoPeople: false };
  await made.transact(({ state }) => state.create('organisationPolicy', ['BrandMSP'], stated, 'FarmMSP'));
  await made.transact(async (call) => expect(await twoPeopleAt(call, 'BrandMSP')).toBe(true));
  await made.transact((call) => sayOwn(call, 'organisationPolicy', ['BrandMSP'], stated, 'BrandMSP'));
  await made.transact(async (call) => {
    expect(await twoPeopleAt(call, 'BrandMSP')).toBe(false);
    expect(await twoPeopleAt(call, 'FarmMSP')).toBe(true);
  });
});

test('a row that others occupied does not stop an organisation from saying its word', async () => {
  const made = await ledger();
  const vote = (inFavour: boolean) => ({ motionId: 'M-1', mspId: 'BrandMSP', inFavour, motion: 'hash' });
  await made.transact(({ state }) => state.create('vote', ['M-1', 'BrandMSP'], vote(false), 'FarmMSP'));
  await made.transact((call) => sayOwn(call, 'vote', ['M-1', 'BrandMSP'], vote(true), 'BrandMSP'));
  expect(made.values('vote')).toEqual([vote(false)]);
  await made.transact(async ({ anchors }) => {
    expect(await anchors.stands('vote', ['M-1', 'BrandMSP'], vote(true), 'BrandMSP')).toBe(true);
    expect(await anchors.stands('vote', ['M-1', 'BrandMSP'], vote(false), 'BrandMSP')).toBe(false);
  });
});

test('an old version of the policy is found, a reserved one is none', async () => {
  const made = await ledger();
  await made.transact(async ({ state }) => {
    await state.create('policyVersion', [versionAttribute(1)], { version: 1, policy, since: '' }, 'any');
    await state.create('policyVersion', [versionAttribute(2)], { reserved: true }, 'any');
  });
  await made.transact(async (call) => {
    expect(await policyOfVersion(call, 1)).toEqual(policy);
    await expect(policyOfVersion(call, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
