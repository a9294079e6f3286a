import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { DualchainError } from '@dualchain/model';
import { connect } from '../connect';
import { loadUser } from './identity';
import type { ProfileDocument } from './profile';
import { loadProfile } from './profile';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'profile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const good = {
  client: { organization: 'brand' },
  organizations: { brand: { mspid: 'BrandMSP', peers: ['peer0'], cryptoPath: 'users/{username}/msp' } },
  peers: { peer0: { url: 'grpcs://localhost:7051', tlsCACerts: { pem }, grpcOptions: { 'ssl-target-name-override': 'peer0.brand.example' } } },
  'x-dualchain': { channel: 'goods', chaincode: 'dual', members: [{ mspId: 'BrandMSP', name: 'Brand', gln: '9524003000009', roles: ['obligor'] }] },
};

function refusal(call: () => unknown): DualchainError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(DualchainError);
    return error as DualchainError;
  }
  throw new Error('nothing was refused');
}

it('reads a profile from its folder, its file or its content', () => {
  const home = path.join(folder, 'good');
  mkdirSync(home);
  writeFileSync(path.join(home, 'connection.json'), JSON.stringify(good));
  const expected = { mspId: 'BrandMSP', channel: 'goods', chaincode: 'dual', peers: [{ name: 'peer0', address: 'localhost:7051', serverName: 'peer0.brand.example', tlsRoots: Buffer.from(pem) }] };
  for (const source of [home, path.join(home, 'connection.json'), good]) expect(loadProfile(source)).toMatchObject(expected);
  expect(loadProfile(home).userFolder('maker')).toBe(path.join(home, 'users/maker/msp'));
});

it('takes plain profiles of other Fabric tools', () => {
  const { 'x-dualchain': _, ...plain } = good;
  expect(loadProfile({ ...plain, channels: { tuna: {} } })).toMatchObject({ channel: 'tuna', chaincode: 'dualchain', members: [] });
  expect(loadProfile({ ...plain, peers: { peer0: { url: 'grpc://localhost:7051' } } }).peers).toEqual([{ name: 'peer0', address: 'localhost:7051' }]);
});

const broken: readonly (readonly [string, ProfileDocument, RegExp])[] = [
  ['no organisation', {}, /client\.organization/],
  ['another organisation', { ...good, client: { organization: 'nobody' } }, /client\.organization/],
  ['no MSP id', { ...good, organizations: { brand: {} } }, /organizations\.brand\.mspid/],
  ['no peer', { ...good, organizations: { brand: { mspid: 'BrandMSP', peers: [] } } }, /peers is empty/],
  ['an unknown peer', { ...good, organizations: { brand: { mspid: 'BrandMSP', peers: ['peer9'] } } }, /peers\.peer9 is missing/],
  ['a strange address', { ...good, peers: { peer0: { url: 'https://localhost' } } }, /grpcs:\/\/localhost:7051/],
  ['no TLS root', { ...good, peers: { peer0: { url: 'grpcs://localhost:7051' } } }, /tlsCACerts/],
  ['a TLS root that is not there', { ...good, peers: { peer0: { url: 'grpcs://localhost:7051', tlsCACerts: { path: 'nowhere/ca.crt' } } } }, /not readable at .*nowhere/],
  ['inherited fields', Object.create(good) as ProfileDocument, /client\.organization/],
];

it.each(broken)('refuses a profile with %s, and says what to do', (_, profile, message) => {
  const error = refusal(() => loadProfile(profile));
  expect(error.code).toBe('INVALID_PROFILE');
  expect(error.message).toMatch(message);
});

it('names the file that is missing or no JSON', () => {
  expect(refusal(() => loadProfile(path.join(folder, 'nowhere')))).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining('start the network first') });
  const file = path.join(folder, 'broken.json');
  writeFileSync(file, '{');
  expect(refusal(() => loadProfile(file))).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining(`${file} is not JSON`) });
});

it('loads users by name or folder, and says what is wrong with them', () => {
  const profile = { mspId: 'BrandMSP', userFolder: (user: string) => path.join(folder, 'users', user, 'msp') };
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const home = profile.userFolder('maker');
  for (const [name, content] of [['signcerts', pem], ['keystore', privateKey.export({ type: 'pkcs8', format: 'pem' })]] as const) {
    mkdirSync(path.join(home, name), { recursive: true });
    writeFileSync(path.join(home, name, 'file.pem'), content);
  }
  expect(loadUser(profile, 'maker').identity).toEqual({ mspId: 'BrandMSP', credentials: Buffer.from(pem) });
  expect(loadUser(profile, home).identity.mspId).toBe('BrandMSP');
  expect(loadUser(profile, { mspId: 'OtherMSP', certificate: pem, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) }).identity.mspId).toBe('OtherMSP');
  expect(refusal(() => loadUser(profile, 'nobody'))).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining('Is the user name right?') });
  expect(refusal(() => loadUser({ mspId: 'BrandMSP', userFolder: () => undefined }, 'maker'))).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining('cryptoPath') });
  expect(refusal(() => loadUser(profile, { certificate: pem }))).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining('signer function') });
  const secret = 'not a key at all';
  const error = refusal(() => loadUser(profile, { certificate: pem, privateKey: secret }));
  expect(error).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining('PKCS #8') });
  expect(JSON.stringify(error)).not.toContain(secret);
});

const options: readonly (readonly [string, unknown, string])[] = [
  ['nothing', undefined, ''],
  ['a text', 'network/out/brand', ''],
  ['no profile', { user: 'maker' }, 'profile'],
  ['no user', { profile: good }, 'user'],
  ['an unknown option', { profile: good, user: 'maker', retries: 3 }, 'retries'],
  ['a wrong type', { profile: 3, user: 'maker' }, 'profile'],
  ['an empty name', { profile: good, user: '' }, 'user'],
  ['a signer that is none', { profile: good, user: 'maker', signer: 'hsm' }, 'signer'],
  ['a user beside a gateway', { gateway: {}, user: 'maker' }, 'user'],
  ['a deadline of text', { profile: good, user: 'maker', deadlines: { endorse: '30s' } }, 'deadlines.endorse'],
  ['an unknown deadline', { profile: good, user: 'maker', deadlines: { commit: 5 } }, 'deadlines.commit'],
  ['no attempt', { profile: good, user: 'maker', retry: { attempts: 0 } }, 'retry.attempts'],
  ['an unknown hook', { profile: good, user: 'maker', hooks: { onBlock: () => undefined } }, 'hooks.onBlock'],
  ['a hook that is none', { profile: good, user: 'maker', hooks: { onCommit: 'log' } }, 'hooks.onCommit'],
];

it.each(options)('refuses to connect with %s', async (_, value, where) => {
  await expect(connect(value as never)).rejects.toMatchObject({ name: 'DualchainError', code: 'INVALID_INPUT', details: { issues: [{ path: where }] } });
});

it('refuses a peer that the profile does not name', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const user = { certificate: pem, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  await expect(connect({ profile: good, user, peer: 'peer7' })).rejects.toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringContaining('it has peer0') });
});
