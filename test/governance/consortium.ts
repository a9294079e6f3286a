import type { AttestResult } from '../../client/src/attestations';
import { defaultChannelPolicy, DualchainError, sha256Hex } from '../../model/src';
import type { ChannelPolicy, MotionChange } from '../../model/src';
import type { Topology } from '../../network/src/topology';
import { ahead } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';

export const HOUR = 3_600_000;

/** The farm is on the channel and no member; the factor only operates. */
export const founders = ['brand', 'processor', 'carrier', 'bank', 'factor', 'clearing', 'regulator'] as const satisfies readonly Slug[];

export const firstPolicy: ChannelPolicy = {
  ...defaultChannelPolicy,
  currencies: ['CNY'],
  voteThreshold: 4,
  evidenceForFinance: [
    { claim: 'inspected', role: 'inspector', count: 1, finance: ['with recourse', 'without recourse', 'pledge'] },
    { claim: 'weighed', role: 'carrier', count: 1, finance: ['pledge'] },
  ],
};

/** The buyer has one person with both attributes. */
export function withDirector(topology: Topology): Topology {
  return { ...topology, organisations: topology.organisations.map((each) => (each.slug === 'brand' ? { ...each, users: [...each.users, { name: 'director', admin: false, attributes: { 'dualchain.roles': 'maker checker' } }] } : each)) };
}

export function memberOf(network: TestNetwork, slug: Slug) {
  const { mspId, name, gln, roles } = network.organisations.find((each) => each.slug === slug)!;
  return { mspId, name, gln, roles: slug === 'factor' ? (['operator'] as const).slice() : [...roles] };
}

export async function foundSmall(network: TestNetwork): Promise<void> {
  const brand = await network.as('brand');
  await brand.consortium.bootstrap({ members: founders.map((slug) => memberOf(network, slug)), policy: firstPolicy });
}

let motions = 0;

/** A motion by the first of these; the others vote for it. Its id. */
export async function carry(network: TestNetwork, change: MotionChange, [proposer, ...voters]: readonly [Slug, ...Slug[]], expiresInMs = HOUR): Promise<string> {
  motions += 1;
  const motionId = `M-${process.pid}-${motions}`;
  await (await network.as(proposer)).consortium.proposeMotion({ motionId, change, expiresAt: ahead(expiresInMs) });
  await network.inStep();
  await Promise.all(voters.map(async (slug) => (await network.as(slug)).consortium.castVote({ motionId, inFavour: true })));
  await network.inStep();
  return motionId;
}

/** Carries a motion and puts it into force. */
export async function decide(network: TestNetwork, change: MotionChange, voters: readonly [Slug, ...Slug[]]): Promise<string> {
  const motionId = await carry(network, change, voters);
  await (await network.as(voters[0])).consortium.enactMotion({ motionId });
  await network.inStep();
  return motionId;
}

export async function attest(network: TestNetwork, slug: Slug, attestationId: string, claim: 'inspected' | 'weighed' | 'disputed', subject: { type: 'lot' | 'certificate'; id: string }, more: { expiresAt?: Date } = {}): Promise<AttestResult> {
  await network.inStep();
  return (await network.as(slug)).attestations.attest({ attestationId, subject, claim, evidenceHash: sha256Hex(attestationId), ...more });
}

/** Asks again as long as the ledger says that the time has not come, or that it has not passed. */
export async function until<Result>(code: 'NOT_YET', call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DualchainError) || error.code !== code) throw error;
    }
  }
}
