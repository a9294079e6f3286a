import { alteredChaincodeBundle, chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import type { ForgedObject } from '../../scenarios/src/altered-chaincode';
import { forge } from '../../scenarios/src/play';
import { canonicalJson, sha256Hex } from '../../model/src';
import type { DualchainError } from '../../model/src';
import { ahead } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';
import { memberOf } from './consortium';

const TRY = 60_000;
const colluders = ['processor', 'bank'] as const satisfies readonly Slug[];

/** Two members run chaincode that was really altered: it checks nothing and writes what it is told. The farm is no member yet. */
export function forgeriesSuite(network: TestNetwork): void {
  const mspIds = () => colluders.map((slug) => network.mspId(slug));
  const motionId = 'M-forged';
  const write = async (object: ForgedObject) => forge(await network.as('bank'), 'writeObject', object, mspIds());

  beforeAll(async () => {
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
    await (await network.as('factor')).consortium.proposeMotion({ motionId, change: { kind: 'suspend', mspId: network.mspId('carrier'), reason: 'Invented.' }, expiresAt: ahead(3_600_000), witness: network.mspId('regulator') });
    await network.inStep();
  }, 240_000);
  afterAll(async () => {
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle())));
  }, 120_000);

  const rejected = async (object: ForgedObject): Promise<void> => {
    const before = await network.objects();
    const error = await write(object).then(
      () => undefined,
      (reason: unknown) => reason as DualchainError,
    );
    expect(error).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE', details: { validationCode: 'ENDORSEMENT_POLICY_FAILURE' } });
    expect(await network.objects()).toEqual(before);
  };

  const brandVote = async () => {
    const { motion } = (await (await network.as('regulator')).consortium.getMotion(motionId))!;
    const fact = { id: motion.id, proposer: motion.proposer, change: motion.change, base: motion.base, proposedAt: motion.proposedAt.toISOString(), expiresAt: motion.expiresAt.toISOString() };
    return { type: 'vote', attributes: [motionId, network.mspId('brand')], value: { motionId, mspId: network.mspId('brand'), inFavour: true, motion: sha256Hex(canonicalJson(fact)) } } as const;
  };

  it('cannot vote in the name of another, not even into its records', async () => rejected({ ...(await brandVote()), anchors: [network.mspId('brand')] }), TRY);

  it('a forged vote without its anchor counts for nothing and keeps nobody from voting', async () => {
    const forged = await brandVote();
    await write(forged);
    await network.inStep();
    const { consortium } = await network.as('brand');
    expect(await consortium.getMotion(motionId)).toMatchObject({ inFavour: ['FactorMSP'], against: [], carried: false });
    await consortium.castVote({ motionId, inFavour: false });
    await network.inStep();
    expect(await consortium.getMotion(motionId)).toMatchObject({ inFavour: ['FactorMSP'], against: ['BrandMSP'] });
  }, TRY);

  it('cannot suspend a member, change the policy or write its next version', async () => {
    const { consortium } = await network.as('regulator');
    const brand = (await consortium.getMember(network.mspId('brand')))!;
    await rejected({ type: 'member', attributes: [brand.mspId], value: { ...brand, since: brand.since.toISOString(), state: 'suspended' } });
    const channel = await consortium.policy();
    await rejected({ type: 'channelPolicy', attributes: ['current'], value: { ...channel, foundedAt: channel.foundedAt.toISOString(), policy: { ...channel.policy, voteThreshold: 1 } } });
    await rejected({ type: 'policyVersion', attributes: ['00000002'], value: { version: 2, policy: channel.policy, since: channel.foundedAt.toISOString() } });
  }, TRY);

  it('cannot close the motion of another, nor make it say something else', async () => {
    const { motion } = (await (await network.as('regulator')).consortium.getMotion(motionId))!;
    const wire = JSON.parse(JSON.stringify(motion)) as Record<string, unknown>;
    await rejected({ type: 'motion', attributes: [motionId], value: { ...wire, state: 'withdrawn' } });
    await rejected({ type: 'motion', attributes: [motionId], value: { ...wire, change: { kind: 'suspend', mspId: network.mspId('brand'), reason: 'Invented.' } } });
  }, TRY);

  it('a forged member is none', async () => {
    const { transactionId } = await write({ type: 'member', attributes: [network.mspId('farm')], value: { ...memberOf(network, 'farm'), roles: ['settler'], state: 'active', since: new Date().toISOString(), version: 1 } });
    // Auditors say that no verb made this member.
    network.tolerate('18', transactionId);
    await network.inStep();
    const farm = await network.as('farm');
    expect(await farm.consortium.getMember(network.mspId('farm'))).toBeUndefined();
    const names: string[] = [];
    for await (const { mspId } of farm.consortium.members()) names.push(mspId);
    expect(names).not.toContain(network.mspId('farm'));
    await network.refused('farm', 'NOT_A_MEMBER', () => farm.consortium.castVote({ motionId, inFavour: true, witness: network.mspId('regulator') }));
    await network.refused('farm', 'NOT_A_MEMBER', () => farm.attestations.attest({ attestationId: 'AT-farm', subject: { type: 'lot', id: 'urn:epc:class:lgtin:9524002.050001.X' }, claim: 'authentic', evidenceHash: sha256Hex('x'), witness: network.mspId('regulator') }));
  }, TRY);

  it('nobody relaxes the two people of another organisation', async () => {
    await write({ type: 'organisationPolicy', attributes: [network.mspId('brand')], value: { mspId: network.mspId('brand'), twoPeople: false } });
    await network.inStep();
    expect(await (await network.as('brand')).consortium.organisationPolicy(network.mspId('brand'))).toEqual({ mspId: 'BrandMSP', twoPeople: true });
    await rejected({ type: 'organisationPolicy', attributes: [network.mspId('brand')], value: { mspId: network.mspId('brand'), twoPeople: false }, anchors: [network.mspId('brand')] });
  }, TRY);
}
