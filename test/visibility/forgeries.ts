import { randomBytes } from 'node:crypto';
import { connect } from '../../client/src';
import { alteredChaincodeBundle, chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import type { ForgedObject } from '../../scenarios/src/altered-chaincode';
import { forge } from '../../scenarios/src/play';
import { document } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';
import { newLot, seen } from '../support/goods';
import { TRY } from './events';

const colluders = ['carrier', 'bank'] as const satisfies readonly Slug[];

/** Two organisations that run chaincode which checks nothing, the carrier being a party of the farm's event. */
export function forgeriesSuite(network: TestNetwork): void {
  const lot = newLot('farm');
  let id: string;
  let tag: string;
  let batch: string;

  beforeAll(async () => {
    const before = new Set(Object.keys(await network.objects()));
    [id] = (await (await network.as('farm')).trace.captureSealedEvents(document([seen('farm', lot, 6)]), { parties: [network.mspId('carrier'), network.mspId('brand')] })).captured.map((each) => each.id) as [string];
    await network.inStep();
    tag = Object.keys(await network.objects()).find((key) => key.startsWith('sealedSubject/') && !before.has(key))!.split('/')[1]!;
    const carrier = await connect({ profile: network.network.profileDirectory('carrier'), user: 'maker', internalKey: randomBytes(32) });
    batch = (await carrier.trace.captureInternalEvents(document([seen('carrier', newLot('carrier'), 5)]))).captured[0]!.transactionId!;
    carrier.close();
    await network.inStep();
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle())));
  }, 120_000);

  const write = async (object: ForgedObject) => forge(await network.as('bank'), 'writeObject', object, colluders.map((slug) => network.mspId(slug)));

  it('cannot change what the farm captured', async () => {
    const skeleton = (await network.objects())[`sealedEvent/${id}`] as Record<string, unknown>;
    const before = await network.objects();
    const error: unknown = await write({ type: 'sealedEvent', attributes: [id], value: { ...skeleton, root: '00'.repeat(32) } }).then(() => undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE' });
    expect(await network.objects()).toEqual(before);
  }, TRY);

  it('cannot change what one of them committed to: a root holds against its author', async () => {
    const standing = (await network.objects())[`internalBatch/${batch}`] as Record<string, unknown>;
    const before = await network.objects();
    const error: unknown = await write({ type: 'internalBatch', attributes: [batch], value: { ...standing, root: '00'.repeat(32) }, anchors: [network.mspId('carrier')] }).then(() => undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE' });
    expect(await network.objects()).toEqual(before);
  }, TRY);

  it('cannot make others believe in events of the farm that it never captured', async () => {
    const invented = 'ab'.repeat(32);
    const skeleton = (await network.objects())[`sealedEvent/${id}`] as Record<string, unknown>;
    const { transactionId } = await write({ type: 'sealedEvent', attributes: [invented], value: { ...skeleton, id: invented } });
    await write({ type: 'sealedSubject', attributes: [tag, invented], value: {} });
    // Text that nobody believes; auditors tell of it.
    network.tolerate('sealed events', transactionId);
    await network.inStep();
    const { trace } = await network.as('brand');
    const found = await trace.sealedEventsOf({ id: lot });
    expect([found.events.map((event) => event.id), found.hidden]).toEqual([[id], 0]);
    expect((await trace.requireSealedEvent(invented)).body).toBeUndefined();
    expect((await trace.traceBack({ id: lot })).hidden).toEqual([]);
  }, TRY);
}
