import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '../../client/src';
import { main } from '../../client/src/cli/main';
import { document } from '../support/deal';
import { newLot, placeOf, seen } from '../support/goods';
import type { TestNetwork } from '../support/network';
import { hashOf, TRY, watch } from './events';

/** `dualchain capture-sealed`. */
export function commandSuite(network: TestNetwork): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'capture-sealed-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, content: string | Uint8Array) => {
    const at = path.join(folder, name);
    writeFileSync(at, content);
    return at;
  };
  const run = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const terminal = { colour: false, write: (text: string) => void (out += text), error: (text: string) => void (err += text) };
    const status = await main(['capture-sealed', ...args, '--profile', network.network.profileDirectory('farm')], terminal);
    return { status, out, err };
  };

  it('seals a document to those it names', async () => {
    const lot = newLot('farm');
    const event = seen('farm', lot, 4);
    watch(network, event, [lot], ['farm', 'carrier']);
    const input = file('for-the-carrier.jsonld', JSON.stringify(document([event])));
    expect(await run(input, '--to', network.mspId('carrier'))).toEqual({ status: 0, err: '', out: `${input}: 1 event\n  1 captured under seal in 1 transaction\n` });
    expect(await run(input, '--to', network.mspId('carrier'))).toMatchObject({ status: 0, out: expect.stringContaining('1 on the ledger before') as string });
    await network.inStep();
    const { events } = await (await network.as('carrier')).trace.sealedEventsOf({ id: lot });
    expect(events.map(({ body }) => body?.eventId)).toEqual([hashOf(event)]);
  }, TRY);

  it('keeps a document internal, under the key of a file', async () => {
    const lot = newLot('farm');
    const event = seen('farm', lot, 3);
    watch(network, event, [lot], []);
    const key = randomBytes(32);
    const input = file('cooling.jsonld', JSON.stringify(document([event])));
    expect(await run(input, '--internal', '--key', file('farm.key', `${key.toString('hex')}\n`))).toMatchObject({ status: 0, err: '', out: expect.stringContaining('1 captured under seal') as string });
    const farm = await connect({ profile: network.network.profileDirectory('farm'), user: 'maker', internalKey: key });
    expect((await farm.trace.internalEventsOf({ id: lot })).map(({ eventId }) => eventId)).toEqual([hashOf(event)]);
    farm.close();
  }, TRY);

  it('says what is wrong, and which events were refused', async () => {
    const good = seen('farm', newLot('farm'), 2);
    const elsewhere = { ...seen('farm', newLot('farm'), 2), readPoint: { id: placeOf('brand') } };
    const input = file('mixed.jsonld', JSON.stringify(document([good, elsewhere])));
    const to = ['--to', network.mspId('carrier')];
    expect(await run(input)).toMatchObject({ status: 2, err: expect.stringContaining('--internal') as string });
    expect(await run(input, '--internal')).toMatchObject({ status: 2, err: expect.stringContaining('--key') as string });
    expect(await run(input, '--internal', '--key', file('short.key', 'abc'))).toMatchObject({ status: 2, err: expect.stringContaining('32 bytes') as string });
    expect(await run(input, ...to)).toMatchObject({ status: 2, err: expect.stringContaining('$.epcisBody.eventList[1].readPoint: ') as string });
    const told = await run(input, '--proceed', ...to);
    expect(told).toMatchObject({ status: 1, out: expect.stringMatching(/1 captured under seal in 1 transaction\n {2}1 refused\n {4}event 1 {2}\$\.epcisBody\.eventList\[1\]\.readPoint {2}trace\.place/) as string });
  }, TRY);
}
