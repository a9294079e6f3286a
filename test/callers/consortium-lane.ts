import type { MotionChange } from '../../model/src';
import { ahead } from '../support/deal';
import type { Slug } from '../support/network';
import { whenTime } from '../support/time';
import { HOUR } from './lanes';
import type { Cast } from './lanes';

const voters = ['bank', 'carrier', 'clearing', 'processor', 'regulator'] as const satisfies readonly Slug[];

/** Who belongs to the consortium; played when nobody else plays, because it changes who may do what. */
export async function consortiumLane({ network, as, msp, done, tried, soon }: Cast): Promise<void> {
  const [brand, carrier] = [await as('brand'), await as('carrier')];
  const roles = (slug: Slug) => [...network.organisations.find((each) => each.slug === slug)!.roles];
  const carried = async (motionId: string, change: MotionChange) => {
    await done(brand.consortium.proposeMotion({ motionId, change, expiresAt: ahead(HOUR) }));
    await done(Promise.all(voters.map(async (slug) => (await as(slug)).consortium.castVote({ motionId, inFavour: true }))));
    return () => brand.consortium.enactMotion({ motionId });
  };
  const over = { motionId: 'M-over' };
  await done(brand.consortium.proposeMotion({ ...over, change: { kind: 'suspend', mspId: msp('carrier'), reason: 'Late.' }, expiresAt: soon() }));
  await done((await carried('M-1', { kind: 'change roles', mspId: msp('farm'), roles: [...roles('farm')].reverse() }))());
  await done((await carried('M-2', { kind: 'suspend', mspId: msp('farm'), reason: 'Insolvent.' }))());
  const changed = await carried('M-3', { kind: 'change roles', mspId: msp('farm'), roles: roles('farm') });
  await tried(changed);
  await done(brand.consortium.withdrawMotion({ motionId: 'M-3' }));
  await done((await carried('M-4', { kind: 'readmit', mspId: msp('farm') }))());
  await whenTime(() => done(carrier.consortium.expireMotion(over)));
  const { mspId, name, gln } = network.organisations.find(({ slug }) => slug === 'factor')!;
  await done((await carried('M-5', { kind: 'admit', member: { mspId, name, gln, roles: roles('factor') } }))());
}
