import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Contract } from '@hyperledger/fabric-gateway';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { generateCrypto, peerFolder } from '../../network/src/pki';
import { blockOf, codesOf, dataHash, effectsOf, headerHash, take } from './blocks';
import { credentialsOf, openSession, organisationOf, text } from './session';
import type { Stage } from './stage';
import { attempt, bend, sha256 } from './stage';

/** One thing that a client can notice. What `observe` gives must be the same on both engines once hashes, ports and times are masked. */
export interface Behaviour {
  readonly name: string;
  readonly observe: (stage: Stage) => Promise<unknown>;
}

const bytes = (value: string): Uint8Array => new Uint8Array(Buffer.from(value));
const unknownTx = '0'.repeat(63) + '1';
const system = (stage: Stage, chaincode: string, user = 'maker'): Contract => stage.session(stage.a, user).contract(undefined, chaincode);
const channel = (stage: Stage): string => stage.network.topology.channel.name;

/** In this order on one network each; every behaviour has keys of its own. */
export const behaviours: readonly Behaviour[] = [
  // Evaluate, endorse, submit.
  { name: 'submit: result and validation code', observe: async (s) => [text(await s.ledger().submitTransaction('put', 'submit', '1')), await s.run(s.ledger(), 'put', ['submit', '2'])] },
  { name: 'submit: endorsers found by the gateway', observe: async (s) => s.commit(await s.ledger().newProposal('put', { arguments: ['planned', '1'] }).endorse()) },
  { name: 'evaluate: value and absent key', observe: async (s) => [await attempt(() => s.ledger().evaluateTransaction('get', 'submit')), await attempt(() => s.ledger().evaluateTransaction('get', 'absent'))] },
  { name: 'evaluate: own write is not read', observe: (s) => attempt(() => s.ledger().evaluateTransaction('ownWrite')) },
  { name: 'evaluate: transient data', observe: (s) => attempt(() => s.ledger().evaluate('transient', { transientData: { one: '1', two: '2' } })) },
  { name: 'evaluate: at another organisation', observe: (s) => attempt(() => s.ledger().evaluate('flavour', { endorsingOrganizations: [s.b] })) },
  { name: 'evaluate: at an unknown organisation', observe: (s) => attempt(() => s.ledger().evaluate('flavour', { endorsingOrganizations: ['NobodyMSP'] })) },
  { name: 'evaluate: chaincode refuses', observe: (s) => attempt(() => s.ledger().evaluateTransaction('fail', 'no pepper')) },
  { name: 'endorse: chaincode refuses', observe: (s) => attempt(() => s.endorse(s.ledger(), 'fail', ['no pepper'])) },
  { name: 'endorse: chaincode refuses, planned', observe: (s) => attempt(() => s.ledger().newProposal('fail', { arguments: ['no pepper'] }).endorse()) },
  { name: 'evaluate: unknown function', observe: (s) => attempt(() => s.ledger().evaluateTransaction('nothing')) },
  { name: 'evaluate: too few arguments', observe: (s) => attempt(() => s.ledger().evaluateTransaction('put', 'one')) },
  { name: 'evaluate: unknown contract', observe: (s) => attempt(() => s.session().contract('nowhere').evaluateTransaction('get')) },
  { name: 'evaluate: unknown chaincode', observe: (s) => attempt(() => s.session().contract(undefined, 'nowhere').evaluateTransaction('get')) },
  { name: 'endorse: unknown chaincode', observe: (s) => attempt(() => s.session().contract(undefined, 'nowhere').submitTransaction('get')) },
  { name: 'evaluate: unknown channel', observe: (s) => attempt(() => s.session().gateway.getNetwork('nowhere').getContract('dualchain').evaluateTransaction('get')) },
  { name: 'endorse: unknown channel', observe: (s) => attempt(() => s.session().gateway.getNetwork('nowhere').getContract('dualchain').submitTransaction('get')) },
  { name: 'endorse: unknown organisation', observe: (s) => attempt(() => s.endorse(s.ledger(), 'put', ['x', '1'], [s.a, 'NobodyMSP'])) },
  { name: 'endorse: different results', observe: async (s) => anonymous(s, await attempt(() => s.endorse(s.ledger(), 'differ', []))) },
  { name: 'endorse: different results, planned', observe: async (s) => anonymous(s, await attempt(() => s.ledger().submitTransaction('differ'))) },
  { name: 'read-only transaction is committed', observe: (s) => s.run(s.ledger(), 'get', ['submit']) },
  { name: 'keys: empty, in the composite range, empty value', observe: (s) => Promise.all([attempt(() => s.ledger().evaluateTransaction('put', '', '1')), attempt(() => s.ledger().evaluateTransaction('put', '\u0000x', '1')), attempt(() => s.ledger().evaluateTransaction('get', '')), attempt(() => s.ledger().evaluateTransaction('put', 'empty', ''))]) },
  { name: 'empty value is committed', observe: async (s) => [await s.run(s.ledger(), 'put', ['empty', '']), await attempt(() => s.ledger().evaluateTransaction('range', 'empty', 'empty~', ''))] },
  { name: 'large value', observe: async (s) => [await s.run(s.ledger(), 'put', ['large', 'x'.repeat(1_500_000)]), text(await s.ledger().evaluateTransaction('get', 'large')).length] },
  { name: 'writes started together', observe: async (s) => [await s.run(s.ledger(), 'many', []), await attempt(() => s.ledger().evaluateTransaction('range', 'many-', 'many-~', ''))] },

  // State queries.
  { name: 'range: whole, limited', observe: async (s) => [await s.run(s.ledger(), 'putMany', ['r', '150']), text(await s.ledger().evaluateTransaction('range', 'r', 's', '')).length, await attempt(() => s.ledger().evaluateTransaction('range', 'r', 's', '3'))] },
  { name: 'range: pages and bookmarks', observe: async (s) => [await attempt(() => s.ledger().evaluateTransaction('page', 'r', 's', '2', '')), await attempt(() => s.ledger().evaluateTransaction('page', 'r', 's', '2', 'r0148')), await attempt(() => s.ledger().evaluateTransaction('page', 'r', 's', '2', 's'))] },
  { name: 'range: paged query in a writing transaction', observe: (s) => attempt(() => s.endorse(s.ledger(), 'pageThenWrite', ['r', 's'])) },
  { name: 'composite keys', observe: async (s) => [await s.run(s.ledger(), 'composite', ['lot', 'farm,1']), await s.run(s.ledger(), 'composite', ['lot', 'farm,2']), await s.run(s.ledger(), 'composite', ['lot', 'farmer,3']), await attempt(() => s.ledger().evaluateTransaction('partial', 'lot', 'farm')), await attempt(() => s.ledger().evaluateTransaction('partial', 'lot', 'farmer'))] },
  { name: 'history with a deletion', observe: async (s) => {
    for (const value of ['1', '2']) await s.run(s.ledger(), 'put', ['history', value]);
    await s.run(s.ledger(), 'remove', ['history']);
    return [await attempt(() => s.ledger().evaluateTransaction('history', 'history')), await attempt(() => s.ledger().evaluateTransaction('get', 'history'))];
  } },
  { name: 'rich query on a key-value database', observe: (s) => attempt(() => s.ledger().evaluateTransaction('query')) },

  // Chaincode to chaincode.
  { name: 'call: itself, system chaincode, unknown', observe: (s) => Promise.all([attempt(() => s.ledger().evaluateTransaction('call', 'dualchain', 'ledger:get,submit')), attempt(() => s.ledger().evaluateTransaction('call', 'dualchain', 'ledger:fail,inner')), attempt(() => s.ledger().evaluateTransaction('call', 'nowhere', 'get')), attempt(() => s.ledger().evaluateTransaction('call', 'qscc', `GetChainInfo,${channel(s)}`))]) },

  // Validation.
  { name: 'conflict: two on one key in a row', observe: async (s) => {
    await s.run(s.ledger(), 'put', ['mvcc', '0']);
    const [first, second] = [await s.endorse(s.ledger(), 'append', ['mvcc', '1']), await s.endorse(s.ledger(), 'append', ['mvcc', '2'])];
    return [await s.commit(first), await s.commit(second), await attempt(() => s.ledger().evaluateTransaction('get', 'mvcc'))];
  } },
  { name: 'conflict: many at once, one winner', observe: async (s) => {
    await s.run(s.ledger(), 'put', ['race', '']);
    const endorsed = await Promise.all(['1', '2', '3', '4', '5'].map((value) => s.endorse(s.ledger(), 'append', ['race', value])));
    const codes = await Promise.all(endorsed.map(async (each) => s.outcome(await each.submit())));
    return [codes.sort(), text(await s.ledger().evaluateTransaction('get', 'race')).length];
  } },
  { name: 'conflict: key read as absent', observe: async (s) => {
    const [first, second] = [await s.endorse(s.ledger(), 'append', ['fresh', '1']), await s.endorse(s.ledger(), 'append', ['fresh', '2'])];
    return [await s.commit(first), await s.commit(second)];
  } },
  { name: 'phantom: row added, row removed, row changed', observe: async (s) => {
    const codes: string[] = [];
    await s.run(s.ledger(), 'putMany', ['p', '3']);
    for (const [name, args] of [['put', ['p5', 'x']], ['remove', ['p5']], ['put', ['p0001', 'changed']], ['put', ['q', 'outside']]] as const) {
      const counted = await s.endorse(s.ledger(), 'count', ['p', 'q', 'counted']);
      codes.push(await s.run(s.ledger(), name, args), await s.commit(counted));
    }
    return codes;
  } },
  { name: 'policy: one organisation of two', observe: (s) => s.run(s.ledger(), 'put', ['single', '1'], [s.a]) },
  { name: 'policy: both from another client', observe: (s) => s.run(s.ledger(s.c), 'put', ['others', '1'], [s.a, s.b]) },
  { name: 'policy of a key: with and without its owners', observe: async (s) => [
    await s.run(s.ledger(), 'put', ['owned', '1']),
    await s.run(s.ledger(), 'own', ['owned', `${s.a},${s.b}`]),
    await s.run(s.ledger(s.c), 'put', ['owned', '2'], [s.b, s.c]),
    await s.run(s.ledger(s.c), 'put', ['owned', '3'], [s.a, s.b]),
    await s.run(s.ledger(s.c), 'own', ['owned', s.c], [s.b, s.c]),
    await s.run(s.ledger(s.c), 'remove', ['owned'], [s.a, s.c]),
    await attempt(() => s.ledger().evaluateTransaction('get', 'owned')),
  ] },
  { name: 'policy of a key: the gateway finds its owners', observe: async (s) => {
    await s.run(s.ledger(), 'own', ['found', `${s.b},${s.c}`]);
    return s.commit(await s.ledger().newProposal('put', { arguments: ['found', '1'] }).endorse());
  } },
  { name: 'policy of a key: as chaincode reads it', observe: async (s) => text(await s.ledger().evaluateTransaction('owned', 'owned')).length > 0 },
  { name: 'policy of a key: changed before in one block or the next', observe: async (s) => {
    await s.run(s.ledger(), 'put', ['handed', '1']);
    const write = await s.endorse(s.ledger(), 'put', ['handed', '2'], [s.a, s.b]);
    const hand = await s.endorse(s.ledger(), 'own', ['handed', s.c], [s.a, s.b]);
    return [await s.commit(hand), await s.commit(write)];
  } },
  { name: 'same transaction submitted twice', observe: async (s) => {
    const transaction = await s.endorse(s.ledger(), 'put', ['twice', '1']);
    const first = await s.commit(transaction);
    const height = await s.height();
    // The first block with the transaction answers for it, so the status says nothing of the second.
    const code = await s.outcome(await transaction.submit());
    await s.reached(height + 1);
    return [first, code, codesOf(await s.block(height))];
  } },
  { name: 'proposal of a committed transaction', observe: async (s) => {
    const proposal = s.ledger().newProposal('put', { arguments: ['again', '1'], endorsingOrganizations: [s.a, s.b] });
    const code = await s.commit(await proposal.endorse());
    const outcome = JSON.stringify(await attempt(() => proposal.endorse()));
    // The text names the creator in hexadecimal, which is longer than a hash.
    return [code, outcome];
  } },
  { name: 'endorsement removed', observe: async (s) => tampered(s, 'removed', (action) => action.setEndorsementsList(action.getEndorsementsList().slice(0, 1))) },
  { name: 'endorsement repeated', observe: async (s) => tampered(s, 'repeated', (action) => {
    const [first] = action.getEndorsementsList();
    if (first !== undefined) action.setEndorsementsList([first, first]);
  }) },
  { name: 'no endorsement at all', observe: async (s) => tampered(s, 'none', (action) => action.setEndorsementsList([])) },
  { name: 'endorsement with a wrong signature', observe: async (s) => tampered(s, 'forged', (action) => {
    const [first] = action.getEndorsementsList();
    const signature = first?.getSignature_asU8().slice();
    if (signature === undefined || first === undefined) return;
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    first.setSignature(signature);
  }) },
  { name: 'result altered after endorsement', observe: async (s) => tampered(s, 'altered', (action) => {
    const payload = peer.ProposalResponsePayload.deserializeBinary(action.getProposalResponsePayload_asU8());
    const inner = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
    inner.getResponse()?.setPayload(bytes('another result'));
    payload.setExtension$(inner.serializeBinary());
    action.setProposalResponsePayload(payload.serializeBinary());
  }) },
  { name: 'proposal hash altered after endorsement', observe: async (s) => tampered(s, 'rehashed', (action) => {
    const payload = peer.ProposalResponsePayload.deserializeBinary(action.getProposalResponsePayload_asU8());
    payload.setProposalHash(sha256(bytes('another proposal')));
    action.setProposalResponsePayload(payload.serializeBinary());
  }) },
  { name: 'envelope with a wrong signature', observe: async (s) => {
    const transaction = await s.endorse(s.ledger(), 'put', ['envelope', '1']);
    return attempt(() => s.session().gateway.newSignedTransaction(transaction.getBytes(), bytes('not a signature')).submit());
  } },

  // Wrong identities.
  { name: 'identity: another organisation\'s name', observe: (s) => asIdentity(s, { ...credentialsOf(s.network, s.a), mspId: s.b }) },
  { name: 'identity: unknown organisation', observe: (s) => asIdentity(s, { ...credentialsOf(s.network, s.a), mspId: 'NobodyMSP' }) },
  { name: 'identity: another\'s private key', observe: (s) => asIdentity(s, { ...credentialsOf(s.network, s.a), privateKey: credentialsOf(s.network, s.b).privateKey }) },
  { name: 'identity: not a certificate', observe: (s) => asIdentity(s, { ...credentialsOf(s.network, s.a), certificate: bytes('nonsense') }) },
  { name: 'identity: certificate of a foreign authority', observe: async (s) => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'foreign-'));
    try {
      await generateCrypto(s.network.topology, directory);
      return await asIdentity(s, credentialsOf({ topology: s.network.topology, directory }, s.a));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  } },
  { name: 'identity: a peer is no client', observe: (s) => {
    const organisation = organisationOf(s.network, s.a);
    const home = path.join(peerFolder(s.network.directory, organisation, organisation.peers[0]?.name ?? ''), 'msp');
    const only = (folder: string) => readFileSync(path.join(home, folder, readdirSync(path.join(home, folder))[0] ?? ''));
    return asIdentity(s, { mspId: s.a, certificate: only('signcerts'), privateKey: only('keystore').toString() });
  } },
  { name: 'identity: client of another organisation\'s peer', observe: async (s) => {
    const session = s.keep('visitor', openSession(s.network, credentialsOf(s.network, s.a), s.b));
    return [await attempt(() => session.contract('ledger').evaluateTransaction('get', 'submit')), await s.run(session.contract('ledger'), 'put', ['visitor', '1'])];
  } },

  // Private data in implicit collections.
  { name: 'private: write, read, hash', observe: async (s) => {
    const code = await s.run(s.private(), 'put', ['sealed', `${s.a},${s.b}`], [s.a, s.b], { value: 'terms' });
    const hash = text(await s.private(s.c).evaluateTransaction('hash', 'sealed', s.a));
    return [code, await attempt(() => s.private().evaluateTransaction('get', 'sealed', s.a)), await attempt(() => s.private(s.b).evaluateTransaction('get', 'sealed', s.b)), hash === sha256(bytes('terms')).toString('hex')];
  } },
  { name: 'private: another organisation\'s collection', observe: async (s) => [await attempt(() => s.private(s.c).evaluateTransaction('get', 'sealed', s.a)), await attempt(() => s.private(s.b).evaluate('get', { arguments: ['sealed', s.a], endorsingOrganizations: [s.a] })), await attempt(() => s.private(s.c).evaluateTransaction('range', s.a))] },
  { name: 'private: own range, absent key, absent hash', observe: async (s) => [await attempt(() => s.private().evaluateTransaction('range', s.a)), await attempt(() => s.private().evaluateTransaction('get', 'absent', s.a)), await attempt(() => s.private().evaluateTransaction('hash', 'absent', s.b))] },
  { name: 'private: unknown collection, unknown organisation', observe: async (s) => [await attempt(() => s.private().evaluateTransaction('unknown')), await attempt(() => s.private().evaluateTransaction('hash', 'x', 'NobodyMSP'))] },
  { name: 'private: endorsers not named', observe: async (s) => {
    const outcome = JSON.stringify(await attempt(() => s.private().newProposal('put', { arguments: ['unnamed', `${s.a},${s.b}`], transientData: { value: 'x' } }).endorse()));
    // Fabric names the collections in no order.
    return outcome.replace(/\[(_implicit_org_\w+) (_implicit_org_\w+)\]/, (_, one: string, other: string) => `[${[one, other].sort().join(' ')}]`);
  } },
  { name: 'private: own collection, endorsers not named', observe: (s) => attempt(() => s.private().newProposal('put', { arguments: ['unnamed', s.a], transientData: { value: 'x' } }).endorse().then(() => 'endorsed')) },
  { name: 'private: without the owner\'s endorsement', observe: async (s) => {
    const code = await s.run(s.private(), 'put', ['pushed', s.c], [s.a, s.b], { value: 'forged' });
    const began = Date.now();
    const next = await s.run(s.ledger(s.c), 'put', ['after-pushed', '1'], [s.b, s.c]);
    return [code, next, Date.now() - began < 10_000 ? 'the owner goes on at once' : 'the owner is held up', await attempt(() => s.private(s.c).evaluateTransaction('hash', 'pushed', s.c))];
  } },
  { name: 'private: conflict on a hash', observe: async (s) => {
    const writes = await Promise.all(['1', '2'].map((value) => s.endorse(s.private(), 'remove', ['sealed', s.b], [s.a, s.b], { value })));
    return Promise.all(writes.map(async (each) => s.outcome(await each.submit())));
  } },
  { name: 'private: delete and purge', observe: async (s) => [
    await s.run(s.private(), 'put', ['gone', `${s.a},${s.b}`], [s.a, s.b], { value: 'x' }),
    await s.run(s.private(), 'remove', ['gone', s.a], [s.a, s.b]),
    await s.run(s.private(), 'purge', ['gone', s.b], [s.a, s.b]),
    await attempt(() => s.private().evaluateTransaction('get', 'gone', s.a)),
    await attempt(() => s.private(s.b).evaluateTransaction('get', 'gone', s.b)),
    await attempt(() => s.private().evaluateTransaction('hash', 'gone', s.b)),
  ] },

  // Events.
  { name: 'chaincode events: from a block', observe: async (s) => {
    const startBlock = BigInt(await s.height());
    await s.run(s.ledger(), 'put', ['event', '1']);
    await s.run(s.ledger(), 'put', ['event', '2'], [s.a]);
    await s.run(s.ledger(), 'put', ['event', '3']);
    const events = await take(await s.session().channel.getChaincodeEvents('dualchain', { startBlock }), (found) => found.length === 2);
    return events.map(({ eventName, chaincodeName, payload, blockNumber }) => [chaincodeName, eventName, text(payload), Number(blockNumber - startBlock)]);
  } },
  { name: 'chaincode events: after a transaction', observe: async (s) => {
    const startBlock = BigInt(await s.height());
    const commit = await (await s.endorse(s.ledger(), 'put', ['checkpoint', '1'])).submit();
    await s.outcome(commit);
    await s.run(s.ledger(), 'put', ['checkpoint', '2']);
    const checkpoint = { getBlockNumber: () => startBlock, getTransactionId: () => commit.getTransactionId() };
    const events = await take(await s.session().channel.getChaincodeEvents('dualchain', { checkpoint }), (found) => found.length === 1);
    return events.map(({ payload }) => text(payload));
  } },
  { name: 'chaincode events: other chaincode, unknown channel', observe: async (s) => attempt(async () => take(await s.session().gateway.getNetwork('nowhere').getChaincodeEvents('dualchain'), (found) => found.length === 1)) },
  { name: 'filtered blocks: no payload', observe: async (s) => {
    const startBlock = BigInt(await s.height());
    await s.run(s.ledger(), 'put', ['filtered', '1']);
    const [block] = await take(await s.session().channel.getFilteredBlockEvents({ startBlock }), (found) => found.length === 1);
    return block?.getFilteredTransactionsList().map((each) => [each.getType(), each.getTxValidationCode(), each.getTransactionActions()?.getChaincodeActionsList().map((action) => [action.getChaincodeEvent()?.getEventName(), text(action.getChaincodeEvent()?.getPayload_asU8() ?? bytes(''))])]);
  } },
  { name: 'blocks with private data: only one\'s own', observe: async (s) => {
    const startBlock = BigInt(await s.height());
    await s.run(s.private(), 'put', ['delivered', `${s.a},${s.b}`], [s.a, s.b], { value: 'x' });
    const read = async (mspId: string) => {
      const [found] = await take(await s.session(mspId).channel.getBlockAndPrivateDataEvents({ startBlock }), (blocks) => blocks.length === 1);
      return found?.getPrivateDataMapMap().toArray().map(([transaction, data]) => [transaction, (data as { getNsPvtRwsetList?: () => { getNamespace(): string; getCollectionPvtRwsetList(): { getCollectionName(): string }[] }[] }).getNsPvtRwsetList?.().map((set) => [set.getNamespace(), set.getCollectionPvtRwsetList().map((each) => each.getCollectionName())])]);
    };
    return [await read(s.a), await read(s.c)];
  } },
  { name: 'blocks: refused to a stranger', observe: async (s) => {
    const session = s.keep('stranger', openSession(s.network, { ...credentialsOf(s.network, s.a), privateKey: credentialsOf(s.network, s.b).privateKey }));
    return [await attempt(async () => take(await session.channel.getBlockEvents(), (found) => found.length === 1)), await attempt(async () => take(await session.channel.getChaincodeEvents('dualchain'), (found) => found.length === 1))];
  } },
  { name: 'commit status: refused to a stranger', observe: async (s) => {
    const submitted = await (await s.endorse(s.ledger(), 'put', ['status', '1'])).submit();
    await s.outcome(submitted);
    return attempt(() => s.session().gateway.newSignedCommit(submitted.getBytes(), bytes('not a signature')).getStatus());
  } },
  { name: 'commit status: deadline', observe: async (s) => {
    const submitted = await (await s.endorse(s.ledger(), 'put', ['deadline', '1'])).submit();
    await s.outcome(submitted);
    // The client's own words for a deadline tell how long each step took.
    const outcome = JSON.stringify(await attempt(() => submitted.getStatus({ deadline: Date.now() - 1_000 })));
    return outcome.replace(/Deadline exceeded after.*?"/, 'Deadline exceeded"');
  } },

  // Blocks and read/write sets.
  { name: 'blocks: chain of header hashes, data hashes, flags', observe: async (s) => {
    const height = await s.height();
    const blocks = await Promise.all(Array.from({ length: height }, (_, number) => s.block(number)));
    return {
      numbered: blocks.every((block, number) => block.getHeader()?.getNumber() === number),
      chained: blocks.every((block, number) => number === 0 || headerHash(blocks[number - 1]?.getHeader() ?? new common.BlockHeader()).equals(block.getHeader()?.getPreviousHash_asU8() ?? bytes(''))),
      hashed: blocks.every((block) => dataHash(block).equals(block.getHeader()?.getDataHash_asU8() ?? bytes(''))),
      flagged: blocks.every((block) => codesOf(block).length === block.getData()?.getDataList().length),
      metadata: [...new Set(blocks.slice(1).map((block) => block.getMetadata()?.getMetadataList().length))],
      genesis: [blocks[0]?.getHeader()?.getPreviousHash_asU8().length, blocks[0]?.getMetadata()?.getMetadataList().length, codesOf(blocks[0] ?? new common.Block())],
    };
  } },
  { name: 'blocks: the same on every peer, signed by the orderer', observe: async (s) => {
    const last = (await s.height()) - 1;
    const copies = await Promise.all([s.a, s.b, s.c].map((mspId) => s.block(last, mspId)));
    const signatures = common.Metadata.deserializeBinary(copies[0]?.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES] ?? bytes(''));
    const creators = signatures.getSignaturesList().map((each) => msp.SerializedIdentity.deserializeBinary(common.SignatureHeader.deserializeBinary(each.getSignatureHeader_asU8()).getCreator_asU8()).getMspid());
    return [new Set(copies.map((block) => Buffer.from(block.serializeBinary()).toString('base64'))).size, creators];
  } },
  { name: 'effects: write of a new key', observe: (s) => effects(s, s.ledger(), 'put', ['effect', '1']) },
  { name: 'effects: read and write', observe: (s) => effects(s, s.ledger(), 'append', ['effect', '2']) },
  { name: 'effects: deletion', observe: (s) => effects(s, s.ledger(), 'remove', ['effect']) },
  { name: 'effects: range, raw reads', observe: (s) => effects(s, s.ledger(), 'count', ['p', 'q', 'counted']) },
  { name: 'effects: range, summary of reads', observe: (s) => effects(s, s.ledger(), 'count', ['r', 's', 'counted']) },
  { name: 'effects: policy of a key', observe: (s) => effects(s, s.ledger(), 'own', ['effect-owned', `${s.a},${s.b}`]) },
  { name: 'effects: call to itself', observe: (s) => effects(s, s.ledger(), 'call', ['dualchain', 'ledger:put,inner,1']) },
  { name: 'effects: private write', observe: (s) => effects(s, s.private(), 'put', ['effect', `${s.a},${s.b}`], { value: 'x' }) },
  { name: 'effects: private deletion', observe: (s) => effects(s, s.private(), 'remove', ['effect', s.a]) },
  { name: 'effects: private purge', observe: (s) => effects(s, s.private(), 'purge', ['effect', s.b]) },

  // System chaincode.
  { name: 'qscc: block by hash, by transaction', observe: async (s) => {
    const block = await s.block(1);
    const byHash = await system(s, 'qscc').evaluate('GetBlockByHash', { arguments: [channel(s), headerHash(block.getHeader() ?? new common.BlockHeader())] });
    const commit = await (await s.endorse(s.ledger(), 'put', ['located', '1'])).submit();
    await s.outcome(commit);
    return [common.Block.deserializeBinary(byHash).getHeader()?.getNumber(), (await blockOf(s, commit.getTransactionId())) === (await s.height()) - 1];
  } },
  { name: 'qscc: transaction with its code', observe: async (s) => {
    const commit = await (await s.endorse(s.ledger(), 'put', ['coded', '1'], [s.a])).submit();
    await s.outcome(commit);
    return peer.ProcessedTransaction.deserializeBinary(await system(s, 'qscc').evaluateTransaction('GetTransactionByID', channel(s), commit.getTransactionId())).getValidationcode();
  } },
  { name: 'qscc: unknown transaction', observe: (s) => attempt(() => system(s, 'qscc').evaluateTransaction('GetTransactionByID', channel(s), unknownTx)) },
  { name: 'qscc: unknown block of a transaction', observe: (s) => attempt(() => system(s, 'qscc').evaluateTransaction('GetBlockByTxID', channel(s), unknownTx)) },
  { name: 'qscc: block not there yet', observe: (s) => attempt(() => system(s, 'qscc').evaluateTransaction('GetBlockByNumber', channel(s), '999999')) },
  { name: 'qscc: not a number', observe: (s) => attempt(() => system(s, 'qscc').evaluateTransaction('GetBlockByNumber', channel(s), 'first')) },
  { name: 'qscc: unknown channel', observe: (s) => attempt(() => system(s, 'qscc').evaluateTransaction('GetChainInfo', 'nowhere')) },
  { name: 'qscc: unknown function, too few arguments', observe: async (s) => [await attempt(() => system(s, 'qscc').evaluateTransaction('GetNothing', channel(s), 'x')), await attempt(() => system(s, 'qscc').evaluateTransaction('GetNothing', channel(s))), await attempt(() => system(s, 'qscc').evaluateTransaction('GetChainInfo')), await attempt(() => system(s, 'qscc').evaluateTransaction('GetBlockByNumber', channel(s)))] },
  { name: 'cscc: channels, configuration, unknown function', observe: async (s) => [
    peer.ChannelQueryResponse.deserializeBinary(await system(s, 'cscc').evaluateTransaction('GetChannels')).getChannelsList().map((each) => each.getChannelId()),
    common.Block.deserializeBinary(await system(s, 'cscc').evaluateTransaction('GetConfigBlock', channel(s))).getHeader()?.getNumber(),
    await attempt(() => system(s, 'cscc').evaluateTransaction('GetNothing')),
    await attempt(() => system(s, 'cscc').evaluateTransaction('GetNothing', channel(s))),
    await attempt(() => system(s, 'cscc').evaluateTransaction('GetConfigBlock', 'nowhere')),
  ] },
  { name: 'lifecycle: committed definition', observe: async (s) => {
    const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    args.setName('dualchain');
    const answer = await system(s, '_lifecycle').evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] });
    const found = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(answer);
    return [found.getSequence(), found.getVersion(), found.getEndorsementPlugin(), found.getValidationPlugin(), Buffer.from(found.getValidationParameter_asU8()).toString('base64'), found.getInitRequired(), found.getApprovalsMap().toArray().sort()];
  } },
  { name: 'lifecycle: unknown definition', observe: (s) => {
    const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    args.setName('nowhere');
    return attempt(() => system(s, '_lifecycle').evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] }));
  } },
  { name: 'lifecycle: administrators only', observe: (s) => attempt(() => system(s, '_lifecycle').evaluate('QueryInstalledChaincodes', { arguments: [new peer.lifecycle.QueryInstalledChaincodesArgs().serializeBinary()] })) },
  { name: 'lifecycle: unknown function', observe: (s) => attempt(() => system(s, '_lifecycle', 'Admin').evaluateTransaction('Nothing', '')) },

  // Last: it ends the chaincode's process.
  { name: 'chaincode that ends', observe: (s) => attempt(() => s.ledger(s.c).evaluate('crash', { endorsingOrganizations: [s.c] })) },
];

/** Without the organisations' names, where chance decides which of them is asked or answers first. */
function anonymous({ a, b, c }: Stage, observation: unknown): string {
  return [a, b, c].reduce((text, mspId) => text.replaceAll(mspId, '<MSP>'), JSON.stringify(observation));
}

/** Endorses properly, then changes the transaction before it is ordered: how the peers judge it. */
async function tampered(stage: Stage, key: string, change: (action: peer.ChaincodeEndorsedAction) => void): Promise<unknown> {
  const transaction = await stage.endorse(stage.ledger(), 'put', [`tampered-${key}`, '1']);
  const altered = stage.session().gateway.newTransaction(bend(transaction, ({ action }) => change(action)));
  return [await attempt(async () => stage.outcome(await altered.submit())), await attempt(() => stage.ledger().evaluateTransaction('get', `tampered-${key}`))];
}

async function asIdentity(stage: Stage, identity: ReturnType<typeof credentialsOf>): Promise<unknown> {
  const session = openSession(stage.network, identity, stage.a);
  try {
    const contract = session.contract('ledger');
    return { evaluate: await attempt(() => contract.evaluateTransaction('get', 'submit')), endorse: await attempt(() => stage.endorse(contract, 'put', ['identity', '1']).then(() => 'endorsed')) };
  } finally {
    session.close();
  }
}

/** Runs a transaction and gives what it read and wrote, from the block. */
async function effects(stage: Stage, contract: Contract, name: string, args: readonly string[], transientData: Record<string, string> = {}): Promise<unknown> {
  const commit = await (await stage.endorse(contract, name, args, undefined, transientData)).submit();
  return [await stage.outcome(commit), await effectsOf(stage, commit.getTransactionId())];
}
