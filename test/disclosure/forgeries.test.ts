import { common } from '@hyperledger/fabric-protos';
import { verifyDisclosure } from '../../client/src';
import { publicKeyOf } from '../../model/src';
import { assemble, forge } from './forger';
import type { Cast, Forgery } from './forger';

jest.setTimeout(60_000);
let cast: Cast;
beforeAll(async () => {
  cast = await assemble();
});

const verifyForged = async (forgery: Forgery = {}) => verifyDisclosure(await forge(cast, forgery), { roots: cast.roots });

it('what everyone signed as the ledger does is verified', async () => {
  const verification = await verifyForged();
  expect(verification).toMatchObject({
    verified: true,
    statement: { record: { fields: [{ name: 'currency', value: 'CNY' }, { name: 'total', value: '500' }], hidden: 1 }, position: { block: '5', index: 0 }, block: { orderedBy: ['OrdererMSP'] }, standing: { by: ['BrandMSP', 'FarmMSP'] }, transaction: { endorsedBy: ['BrandMSP', 'FarmMSP'], sender: { mspId: 'FarmMSP' } } },
  });
});

const other = publicKeyOf({ type: 'order', attributes: ['PO-2'] });
const own = publicKeyOf({ type: 'order', attributes: ['PO-1'] });
const cases: readonly (readonly [what: string, forgery: (cast: Cast) => Forgery, check: string, reason: RegExp])[] = [
  ['a user signs in the place of its peer', ({ brandPeer, farmUser }) => ({ endorsers: [brandPeer, farmUser] }), 'endorsements', /is no peer: its certificate does not name the unit "peer"/],
  ['one organisation endorses alone', ({ farmPeer }) => ({ endorsers: [farmPeer] }), 'endorsements', /peers of 1 organisation signed \(FarmMSP\), not of 2/],
  ['one organisation endorses twice', ({ farmPeer }) => ({ endorsers: [farmPeer, farmPeer] }), 'endorsements', /peers of 1 organisation/],
  ['nobody endorses', ({ brandPeer, farmPeer }) => ({ endorsers: [], standers: [brandPeer, farmPeer] }), 'endorsements', /peers of 0 organisations/],
  ['somebody with a certificate of an unknown authority endorses', ({ farmPeer, impostor }) => ({ endorsers: [impostor, farmPeer] }), 'endorsements', /not issued by an authority that you trust for BrandMSP/],
  ['a member endorses in the name of another', ({ farmPeer }) => ({ endorsers: [{ ...farmPeer, mspId: 'BrandMSP' }, farmPeer] }), 'endorsements', /not issued by an authority that you trust for BrandMSP/],
  ['a certificate authority itself endorses', ({ farmPeer, brandAuthority }) => ({ endorsers: [brandAuthority, farmPeer] }), 'endorsements', /not issued by/],
  ['an orderer endorses', ({ farmPeer, orderer }) => ({ endorsers: [orderer, farmPeer] }), 'endorsements', /OrdererMSP is not among the members that you trust/],
  ['the endorsers endorsed another proposal', () => ({ otherProposal: true }), 'endorsements', /another proposal/],
  ['signatures have the high s that Fabric refuses', () => ({ highS: true }), 'transaction', /the signature of "client of FarmMSP" of FarmMSP does not fit/],
  ['another chaincode wrote it', () => ({ chaincode: 'look-alike' }), 'endorsements', /of the chaincode "look-alike"/],
  ['a stranger sent it', ({ impostor }) => ({ sender: impostor }), 'transaction', /not issued by/],
  ['it was signed before the certificates were valid', () => ({ at: new Date('2001-01-01T00:00:00Z') }), 'transaction', /is not valid at 2001-01-01/],
  ['the transaction id is a made-up one', () => ({ transactionId: '00'.repeat(32) }), 'transaction', /not made of the nonce and the sender/],
  ['it is no transaction', () => ({ type: common.HeaderType.MESSAGE }), 'transaction', /no call of a chaincode/],
  ['it has two actions', () => ({ actions: 2 }), 'transaction', /no call of one function/],
  ['something is appended to the envelope', () => ({ appended: Uint8Array.of(0x1a, 0x01, 0x41) }), 'transaction', /more than a payload and a signature/],
  ['it wrote another object', () => ({ writes: [{ key: other, value: { id: 'PO-2' } }] }), 'object', /did not write order\/PO-1/],
  ['it wrote another root', () => ({ writes: [{ key: own, value: { id: 'PO-1', root: '00'.repeat(32) } }] }), 'object', /another Merkle root/],
  ['it wrote the object twice', () => ({ writes: [{ key: own, value: { root: '1' } }, { key: own, value: { root: '2' } }] }), 'object', /did not write/],
  ['it deleted the object', () => ({ writes: [{ key: own, value: undefined }] }), 'object', /deleted order\/PO-1/],
  ['a peer of a member signed the block', ({ farmPeer }) => ({ orderers: [farmPeer] }), 'ordering', /FarmMSP is not among the ordering organisations/],
  ['nobody signed the block', () => ({ orderers: [] }), 'ordering', /nobody signed the block/],
  ['a stranger signed the block beside the orderer', ({ orderer, impostor }) => ({ orderers: [orderer, impostor] }), 'ordering', /not among the ordering organisations/],
  ['only its maker says that it stands', ({ farmPeer }) => ({ standers: [farmPeer] }), 'standing', /not of 2/],
  ['users say that it stands', ({ brandPeer, farmUser }) => ({ standers: [brandPeer, farmUser] }), 'standing', /is no peer/],
  ['it was overwritten since', () => ({ version: [6, 0] }), 'standing', /transaction 0 of block 6 wrote it, not 0 of 5/],
  ['it lost a race in its block', () => ({ version: [5, 1] }), 'standing', /transaction 1 of block 5 wrote it, not 0 of 5/],
  ['peers were asked for another object', () => ({ readKey: other }), 'standing', /not asked for order\/PO-1/],
  ['peers answered for another object', () => ({ answer: { type: 'order', attributes: ['PO-2'], hash: '' } }), 'standing', /answered for another object/],
  ['peers saw another value', () => ({ answer: { type: 'order', attributes: ['PO-1'], hash: '00'.repeat(32) } }), 'standing', /another value/],
  ['peers were asked something that lets the caller choose the answer', () => ({ question: 'attestation:attest' }), 'standing', /asked attestation:attest, not consortium:publicObject/],
  ['peers of another channel say that it stands', () => ({ standingChannel: 'other' }), 'standing', /of the channel "other", not of "dualchain"/],
];

it.each(cases)('proves nothing if %s', async (_what, forgery, check, reason) => {
  const verification = await verifyForged(forgery(cast));
  expect(verification).toMatchObject({ verified: false, failed: { check, reason: expect.stringMatching(reason) as unknown } });
  expect(verification).not.toHaveProperty('statement');
});

it('without the block, what peers sign is what counts', async () => {
  const { block: _block, ...pack } = await forge(cast);
  expect(verifyDisclosure(pack, { roots: cast.roots })).toMatchObject({ verified: true, statement: { position: { block: '5', index: 0 } } });
});

it.each([
  ['no roots', {}],
  ['roots of no authority', (made: Cast) => ({ ...made.roots, members: { BrandMSP: { certificates: [made.brandPeer.certificate] } } })],
  ['a root that is no certificate', (made: Cast) => ({ ...made.roots, members: { BrandMSP: { certificates: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'] } } })],
  ['no member', (made: Cast) => ({ ...made.roots, members: {} })],
])('refuses %s', async (_what, roots) => {
  const pack = await forge(cast);
  expect(() => verifyDisclosure(pack, { roots: typeof roots === 'function' ? roots(cast) : roots })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as Error);
});
