import { ahead } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';
import { carry, decide, firstPolicy, founders, memberOf, until } from './consortium';

const TRY = 60_000;

/** Members and policy change by vote and by nothing else. The farm is no member before, and is one afterwards. */
export function motionsSuite(network: TestNetwork): void {
  const consortium = async (slug: Slug) => (await network.as(slug)).consortium;
  const farm = () => ({ kind: 'admit' as const, member: memberOf(network, 'farm') });

  it('an operator alone, or a minority, admits nobody', async () => {
    const motionId = await carry(network, farm(), ['factor', 'bank', 'clearing']);
    const factor = await consortium('factor');
    await network.refused('factor', 'VOTES_MISSING', () => factor.enactMotion({ motionId }));
    await network.refused('factor', 'VOTES_MISSING', () => factor.enactMotion({ motionId, endorsers: [network.mspId('factor')] }));
    expect(await factor.getMotion(motionId)).toMatchObject({ needed: 4, carried: false, inFavour: ['bank', 'clearing', 'factor'].map((slug) => network.mspId(slug as Slug)).sort(), against: [] });
    await network.refused('farm', 'NOT_A_MEMBER', async () => (await consortium('farm')).castVote({ motionId, inFavour: true }));
    await network.refused('farm', 'NOT_A_MEMBER', async () => (await consortium('farm')).enactMotion({ motionId }));
    await network.refused('bank', 'NOT_A_PARTY', async () => (await consortium('bank')).withdrawMotion({ motionId }));
    await factor.withdrawMotion({ motionId });
    await network.inStep();
    await network.refused('regulator', 'WRONG_STATE', async () => (await consortium('regulator')).castVote({ motionId, inFavour: true }));
    await network.refused('factor', 'WRONG_STATE', () => factor.enactMotion({ motionId }));
  }, TRY);

  it('a vote counts once and stands', async () => {
    const motionId = await carry(network, farm(), ['bank', 'clearing', 'regulator']);
    const brand = await consortium('brand');
    await brand.castVote({ motionId, inFavour: false });
    expect(await brand.castVote({ motionId, inFavour: false })).toMatchObject({ already: true });
    await network.refused('brand', 'ALREADY_EXISTS', () => brand.castVote({ motionId, inFavour: true }));
    const bank = await consortium('bank');
    expect(await bank.castVote({ motionId, inFavour: true })).toMatchObject({ already: true });
    expect(await bank.getMotion(motionId)).toMatchObject({ inFavour: ['BankMSP', 'ClearingMSP', 'RegulatorMSP'], against: ['BrandMSP'], carried: false });
    await network.refused('bank', 'VOTES_MISSING', () => bank.enactMotion({ motionId }));
    await bank.withdrawMotion({ motionId });
  }, TRY);

  it('the peers enforce the threshold: a carried motion is not enacted by fewer than it needs', async () => {
    const motionId = await carry(network, farm(), ['bank', 'clearing', 'regulator', 'carrier']);
    const bank = await consortium('bank');
    expect(await bank.getMotion(motionId)).toMatchObject({ carried: true });
    await network.refused('bank', 'ENDORSEMENT_POLICY_FAILURE', () => bank.enactMotion({ motionId, endorsers: ['bank', 'clearing', 'carrier'].map((slug) => network.mspId(slug as Slug)) }));
    expect(await bank.getMember(network.mspId('farm'))).toBeUndefined();
    const enacted = await bank.enactMotion({ motionId });
    expect(enacted).toMatchObject({ motion: { state: 'enacted' }, member: { mspId: 'FarmMSP', state: 'active', roles: ['supplier'], version: 1, motionId }, channel: { version: 1, authority: 'RegulatorMSP' } });
    expect(enacted.channel.members).toHaveLength(founders.length + 1);
    await network.inStep();
    await network.refused('bank', 'WRONG_STATE', () => bank.enactMotion({ motionId }));
    await network.refused('bank', 'ALREADY_EXISTS', () => bank.proposeMotion({ motionId: `${motionId}-again`, change: farm(), expiresAt: ahead(60_000) }));
  }, TRY);

  it('with eight members a vote needs five: a majority, whatever the policy says; and the keys are guarded by five', async () => {
    const change = { kind: 'change roles', mspId: network.mspId('factor'), roles: ['operator', 'financier'] } as const;
    const motionId = await carry(network, { ...change, roles: [...change.roles] }, ['farm', 'bank', 'clearing', 'regulator']);
    const farmer = await consortium('farm');
    expect(await farmer.getMotion(motionId)).toMatchObject({ needed: 5, carried: false });
    await network.refused('farm', 'VOTES_MISSING', () => farmer.enactMotion({ motionId }));
    await (await consortium('brand')).castVote({ motionId, inFavour: true });
    await network.inStep();
    await network.refused('farm', 'ENDORSEMENT_POLICY_FAILURE', () => farmer.enactMotion({ motionId, endorsers: ['FarmMSP', 'BankMSP', 'ClearingMSP', 'RegulatorMSP'] }));
    expect((await farmer.enactMotion({ motionId })).member).toMatchObject({ mspId: 'FactorMSP', roles: ['operator', 'financier'], version: 2 });
  }, TRY);

  it('a motion has its time', async () => {
    const brand = await consortium('brand');
    const motionId = 'M-short';
    const expiresAt = ahead(2_000);
    await brand.proposeMotion({ motionId, change: { kind: 'suspend', mspId: network.mspId('carrier'), reason: 'Late.' }, expiresAt });
    await network.inStep();
    const late = await until('NOT_YET', async () => (await consortium('carrier')).expireMotion({ motionId }));
    expect(late).toMatchObject({ state: 'expired' });
    expect(late.closedAt!.getTime()).toBeGreaterThanOrEqual(expiresAt.getTime());
    await network.inStep();
    await network.refused('bank', 'WRONG_STATE', async () => (await consortium('bank')).castVote({ motionId, inFavour: true }));
    expect((await brand.getMember(network.mspId('carrier')))!.state).toBe('active');
  }, TRY);

  it('after its expiry nobody votes for a motion and nobody enacts it, closed or not', async () => {
    const brand = await consortium('brand');
    const change = { kind: 'suspend', mspId: network.mspId('carrier'), reason: 'Late.' } as const;
    const expiresAt = ahead(1_500);
    await brand.proposeMotion({ motionId: 'M-over', change, expiresAt });
    // A probe that must be refused as expired at its creation says that the ledger's time has come.
    for (let number = 0; ; number++) {
      const answer = await brand.proposeMotion({ motionId: `M-probe-${number}`, change, expiresAt }).catch((error: unknown) => error);
      if (answer instanceof Error) break;
    }
    await network.inStep();
    await network.refused('bank', 'EXPIRED', async () => (await consortium('bank')).castVote({ motionId: 'M-over', inFavour: true }));
    await network.refused('brand', 'EXPIRED', () => brand.enactMotion({ motionId: 'M-over' }));
    await network.refused('brand', 'EXPIRED', () => brand.proposeMotion({ motionId: 'M-late', change, expiresAt }));
  }, TRY);

  it('the policy has versions; two motions about one version are not both enacted', async () => {
    const voters = ['brand', 'bank', 'clearing', 'regulator', 'farm'] as const;
    const change = (policy: object) => ({ kind: 'change policy' as const, policy: { ...firstPolicy, voteThreshold: 5, auditors: [network.mspId('carrier')], ...policy } });
    const [first, second] = [await carry(network, change({ graceDays: 7 }), voters), await carry(network, change({ graceDays: 9 }), voters)];
    const brand = await consortium('brand');
    expect((await brand.enactMotion({ motionId: first })).channel).toMatchObject({ version: 2, policy: { graceDays: 7, voteThreshold: 5 } });
    await network.inStep();
    await network.refused('brand', 'WRONG_STATE', () => brand.enactMotion({ motionId: second }));
    const versions = [];
    for await (const version of (await consortium('farm')).policyVersions()) versions.push(version);
    expect(versions).toMatchObject([
      { version: 1, policy: { graceDays: firstPolicy.graceDays, auditors: [] } },
      { version: 2, policy: { graceDays: 7, auditors: ['CarrierMSP'] }, motionId: first },
    ]);
    expect(await brand.policy()).toMatchObject({ version: 2, policy: { graceDays: 7 } });
    await network.refused('brand', 'INVALID_INPUT', () => brand.proposeMotion({ motionId: 'M-weak', change: change({ voteThreshold: 4 }), expiresAt: ahead(60_000) }));
    await network.refused('brand', 'INVALID_INPUT', () => brand.proposeMotion({ motionId: 'M-strange', change: change({ auditors: ['NobodyMSP'] }), expiresAt: ahead(60_000) }));
  }, TRY);

  it('there is one authority at most, and a vote moves the seat', async () => {
    const voters = ['brand', 'bank', 'clearing', 'processor', 'farm'] as const;
    const roles = (slug: Slug, ...list: ('authority' | 'inspector' | 'carrier' | 'warehouse')[]) => ({ kind: 'change roles' as const, mspId: network.mspId(slug), roles: list });
    await network.refused('brand', 'INVALID_INPUT', async () => (await consortium('brand')).proposeMotion({ motionId: 'M-two', change: roles('carrier', 'carrier', 'authority'), expiresAt: ahead(60_000) }));
    await decide(network, roles('regulator', 'inspector'), voters);
    expect(await (await consortium('farm')).policy()).not.toHaveProperty('authority');
    await decide(network, roles('carrier', 'carrier', 'warehouse', 'authority'), voters);
    expect(await (await consortium('farm')).policy()).toMatchObject({ authority: 'CarrierMSP', version: 2 });
    await decide(network, roles('carrier', 'carrier', 'warehouse'), voters);
    await decide(network, roles('regulator', 'authority', 'inspector'), voters);
    expect(await (await consortium('farm')).policy()).toMatchObject({ authority: 'RegulatorMSP' });
  }, TRY);
}
