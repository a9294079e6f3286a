import { createHash } from 'node:crypto';
import { ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos';
import { status } from '@grpc/grpc-js';
import { failure, TestNetwork, text } from './testing';

const { VALID, ENDORSEMENT_POLICY_FAILURE } = peer.TxValidationCode;
const SECRET = 'price 12.34';
let fabric: TestNetwork;
let first: string;
let second: string;
let third: string;

beforeAll(async () => {
  fabric = await TestNetwork.start(3);
  [first, second, third] = fabric.mspIds as [string, string, string];
}, 30_000);

afterAll(() => fabric.stop());

/** Writes a value into the implicit collections of some organisations, endorsed by others. */
async function put(key: string, owners: string[], endorsers: string[], value = SECRET): Promise<{ code: number; blockNumber: bigint }> {
  const submitted = await fabric.join(first).private.submitAsync('put', { arguments: [key, owners.join(',')], transientData: { value }, endorsingOrganizations: endorsers });
  const outcome = await submitted.getStatus();
  await fabric.settled();
  return outcome;
}

const readAt = async (mspId: string, key: string, owner: string) => text(await fabric.join(mspId).private.evaluate('get', { arguments: [key, owner], endorsingOrganizations: [mspId] }));

it('keeps a private value with its organisation, and its hash with everybody', async () => {
  expect((await put('price', [third], [first, third])).code).toBe(VALID);
  expect(await readAt(third, 'price', third)).toBe(SECRET);
  for (const mspId of [first, second]) {
    expect((await failure(readAt(mspId, 'price', third))).message).toMatch(/evaluate/);
    const error = await failure(readAt(mspId, 'price', third));
    expect(error.details?.[0]?.message).toContain('private data matching public hash version is not available. Public hash version = {BlockNum: ');
    expect(error.details?.[0]?.message).toContain('Private data version = <nil>');
  }
  const expected = createHash('sha256').update(SECRET).digest('hex');
  for (const mspId of fabric.mspIds) expect(text(await fabric.join(mspId).private.evaluateTransaction('hash', 'price', third))).toBe(expected);
});

it('invalidates a write to an organisation that did not endorse it, without keeping the value', async () => {
  expect((await put('forced', [third], [first, second])).code).toBe(ENDORSEMENT_POLICY_FAILURE);
  expect(await readAt(third, 'forced', third)).toBe('');
  expect(text(await fabric.join(third).private.evaluateTransaction('hash', 'forced', third))).toBe('');
});

it('refuses transient data without named organisations where others would see it', async () => {
  const error = await failure(fabric.join(first).private.newProposal('put', { arguments: ['unnamed', `${first},${third}`], transientData: { value: SECRET } }).endorse());
  expect(error.code).toBe(status.FAILED_PRECONDITION);
  expect(error.message).toContain(`retry specifying trusted endorsing organizations to protect transient data`);
});

it('hands private data out only to members, with the block that wrote it', async () => {
  const { blockNumber, code } = await put('shared', [first, third], [first, third]);
  expect(code).toBe(VALID);
  const seen = async (mspId: string) => {
    const blocks = await fabric.join(mspId).network.getBlockAndPrivateDataEvents({ startBlock: blockNumber });
    for await (const block of blocks) {
      blocks.close();
      return [...block.getPrivateDataMapMap().entries()].flatMap(([, set]) => collectionsOf(set));
    }
    return undefined;
  };
  expect(await seen(first)).toEqual([[`_implicit_org_${first}`, SECRET]]);
  expect(await seen(third)).toEqual([[`_implicit_org_${third}`, SECRET]]);
  expect(await seen(second)).toEqual([]);
});

it('stands in no block in the clear', async () => {
  await put('sealed', [first], [first, second]);
  const ledger = fabric.network.ledger(second);
  for (let number = 0; number < ledger.height; number += 1) expect(Buffer.from(ledger.getBlock(number) ?? []).includes(SECRET)).toBe(false);
});

it('forgets a purged value everywhere, in the blocks it handed out too', async () => {
  const { blockNumber } = await put('forgotten', [third], [first, third]);
  const purged = await fabric.join(first).private.submitAsync('purge', { arguments: ['forgotten', third], endorsingOrganizations: [first, third] });
  expect((await purged.getStatus()).code).toBe(VALID);
  await fabric.settled();
  expect(await readAt(third, 'forgotten', third)).toBe('');
  expect(fabric.network.ledger(third).getPrivateDataOfBlock(Number(blockNumber)).size).toBe(0);
});

it('refuses a collection that is not defined', async () => {
  expect((await failure(fabric.join(first).private.evaluateTransaction('unknown'))).details?.[0]?.message).toContain('collection dualchain/dualchain/nowhere could not be found');
});

it('gives a lagging member its values once it catches up', async () => {
  fabric.network.pauseCommits(third);
  const submitted = await fabric.join(first).private.submitAsync('put', { arguments: ['late', third], transientData: { value: SECRET }, endorsingOrganizations: [first, third] });
  expect((await submitted.getStatus()).code).toBe(VALID);
  expect(await readAt(third, 'late', third)).toBe('');
  fabric.network.resumeCommits(third);
  await fabric.settled();
  expect(await readAt(third, 'late', third)).toBe(SECRET);
});

function collectionsOf(set: ledgerProtos.rwset.TxPvtReadWriteSet): [string, string][] {
  return set.getNsPvtRwsetList().flatMap((ns) =>
    ns.getCollectionPvtRwsetList().flatMap((part) =>
      ledgerProtos.rwset.kvrwset.KVRWSet.deserializeBinary(part.getRwset_asU8())
        .getWritesList()
        .map((write): [string, string] => [part.getCollectionName(), text(write.getValue_asU8())]),
    ),
  );
}
