import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import type { Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway as gatewayProtos, peer } from '@hyperledger/fabric-protos';
import { failure, TestNetwork, testChaincode, text } from './testing';
import { blockHash } from './protos';

const { VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE, DUPLICATE_TXID } = peer.TxValidationCode;
let fabric: TestNetwork;
let first: string;
let second: string;
let third: string;

beforeAll(async () => {
  fabric = await TestNetwork.start(3, { executeTimeoutMs: 5000 });
  [first, second, third] = fabric.mspIds as [string, string, string];
}, 30_000);

afterAll(() => fabric.stop());

/** Submits and waits until every peer has it. */
async function submit(name: string, args: string[], endorsers?: string[]): Promise<string> {
  const result = await fabric.join(first).ledger.submit(name, { arguments: args, ...(endorsers && { endorsingOrganizations: endorsers }) });
  await fabric.settled();
  return text(result);
}

const endorse = (name: string, args: string[], endorsers?: string[]): Promise<Transaction> =>
  fabric.join(first).ledger.newProposal(name, { arguments: args, ...(endorsers && { endorsingOrganizations: endorsers }) }).endorse();

/** Puts transactions into one block, in this order; their validation codes. */
async function oneBlock(transactions: readonly Transaction[]): Promise<number[]> {
  const { orderer } = fabric.network;
  orderer.hold();
  const submitted = [];
  for (const transaction of transactions) submitted.push(await transaction.submit());
  orderer.release();
  const codes = await Promise.all(submitted.map((each) => each.getStatus()));
  expect(new Set(codes.map((each) => each.blockNumber)).size).toBe(1);
  await fabric.settled();
  return codes.map((each) => each.code);
}

const evaluate = async (name: string, ...args: string[]) => text(await fabric.join(first).ledger.evaluateTransaction(name, ...args));

describe('transactions', () => {
  it('submits, evaluates and streams events of the chaincode', async () => {
    const { network, ledger } = fabric.join(first);
    const events = await network.getChaincodeEvents(fabric.network.topology.chaincode.name);
    expect(text(await ledger.submitTransaction('put', 'a', '1'))).toBe('1');
    expect(await evaluate('get', 'a')).toBe('1');
    for await (const event of events) {
      expect([event.eventName, text(event.payload)]).toEqual(['put', 'a=1']);
      break;
    }
    events.close();
  });

  it('leaves an event of the past to be read again from its block', async () => {
    const { network, ledger } = fabric.join(second);
    const submitted = await ledger.submitAsync('put', { arguments: ['past', 'x'] });
    const { blockNumber, code } = await submitted.getStatus();
    expect(code).toBe(VALID);
    const events = await network.getChaincodeEvents(fabric.network.topology.chaincode.name, { startBlock: blockNumber });
    for await (const event of events) {
      expect([event.transactionId, event.blockNumber]).toEqual([submitted.getTransactionId(), blockNumber]);
      break;
    }
    events.close();
  });

  it('never shows a transaction its own writes', async () => {
    await submit('put', ['own', 'old']);
    expect(await submit('ownWrite', [])).toBe('old');
    expect(await evaluate('get', 'own')).toBe('new');
  });

  it('walks ranges in the order of UTF-8 bytes, past the first batch, without composite keys', async () => {
    await submit('putMany', ['range-', '250']);
    await submit('composite', ['range-type', 'a,b']);
    await submit('put', ['order-\u{1f336}', 'pepper']);
    await submit('put', ['order-\uffee', 'private']);
    expect((JSON.parse(await evaluate('range', 'range-', 'range-~', '')) as string[][]).length).toBe(250);
    expect((JSON.parse(await evaluate('range', 'order-', 'order-\u{10ffff}', '')) as string[][]).map(([, value]) => value)).toEqual(['private', 'pepper']);
    expect(JSON.parse(await evaluate('partial', 'range-type', 'a'))).toEqual(['a/b']);
  });

  it('pages through a range by bookmark and refuses writes after it', async () => {
    await submit('putMany', ['page-', '5']);
    const page = async (bookmark: string) => JSON.parse(await evaluate('page', 'page-', 'page-~', '2', bookmark)) as { rows: string[][]; bookmark: string; count: number };
    const [one, two] = [await page(''), await page('page-0002')];
    expect([one.rows.map(([key]) => key), one.bookmark, one.count]).toEqual([['page-0000', 'page-0001'], 'page-0002', 2]);
    expect([two.rows.map(([key]) => key), (await page(two.bookmark)).bookmark]).toEqual([['page-0002', 'page-0003'], '']);
    const refused = await failure(endorse('pageThenWrite', ['page-', 'page-~']));
    expect(refused.details?.[0]?.message).toContain('Transaction has already performed a paginated query. Writes are not allowed');
  });

  it('keeps the history of a key, newest first, with its deletion', async () => {
    for (const value of ['1', '2']) await submit('put', ['aged', value]);
    await submit('remove', ['aged']);
    const history = JSON.parse(await evaluate('history', 'aged')) as { value: string; isDelete: boolean }[];
    expect(history.map(({ value, isDelete }) => [value, isDelete])).toEqual([['', true], ['2', false], ['1', false]]);
    expect(await evaluate('get', 'aged')).toBe('');
  });

  it('answers rich queries as LevelDB does', async () => {
    expect((await failure(evaluate('query'))).details?.[0]?.message).toContain('ExecuteQuery not supported for leveldb');
  });

  it('refuses a call into itself and a call of a system chaincode from a chaincode', async () => {
    const { name } = fabric.network.topology.chaincode;
    expect((await failure(evaluate('call', name, 'ledger:get,a'))).details?.[0]?.message).toMatch(/txid: [0-9a-f]{64}\(dualchain\) exists/);
    expect(await evaluate('call', 'qscc', 'GetChainInfo,dualchain')).toContain('500');
  });
});

describe('conflicts', () => {
  it('invalidates the second of two transactions that read and write one key', async () => {
    await submit('put', ['conflict', '']);
    const both = [await endorse('append', ['conflict', 'a']), await endorse('append', ['conflict', 'b'])];
    expect(await oneBlock(both)).toEqual([VALID, MVCC_READ_CONFLICT]);
    expect(await evaluate('get', 'conflict')).toBe('a');
  });

  it.each([3, 120])('finds a phantom in a range of %i rows', async (rows) => {
    await submit('putMany', [`phantom${rows}-`, String(rows)]);
    const counted = ['count', [`phantom${rows}-`, `phantom${rows}-~`, `counted${rows}`]] as const;
    const [add, count] = [await endorse('put', [`phantom${rows}-0001x`, 'x']), await endorse(counted[0], [...counted[1]])];
    expect(await oneBlock([add, count])).toEqual([VALID, PHANTOM_READ_CONFLICT]);
    expect(await submit(counted[0], [...counted[1]])).toBe(String(rows + 1));
  });

  it('admits a transaction once: endorsing it again, and replaying its envelope, are refused', async () => {
    const { gateway, ledger, client } = fabric.join(first);
    const proposal = ledger.newProposal('put', { arguments: ['once', '1'] });
    const transaction = await proposal.endorse();
    const submitted = await transaction.submit();
    const { blockNumber } = await submitted.getStatus();
    await fabric.settled();
    const again = await failure(gateway.newSignedProposal(proposal.getBytes(), signatureOf(proposal.getBytes())).endorse());
    expect(again.details?.map((each) => each.message).join()).toContain(`duplicate transaction found [${submitted.getTransactionId()}]`);

    const prepared = gatewayProtos.PreparedTransaction.deserializeBinary(transaction.getBytes());
    const request = new gatewayProtos.SubmitRequest();
    request.setChannelId('dualchain');
    request.setTransactionId(submitted.getTransactionId());
    request.setPreparedTransaction(prepared.getEnvelope());
    const height = fabric.network.ledger(first).height;
    await new Promise<void>((resolve, reject) => client.makeUnaryRequest('/gateway.Gateway/Submit', (message: gatewayProtos.SubmitRequest) => Buffer.from(message.serializeBinary()), gatewayProtos.SubmitResponse.deserializeBinary, request, (error) => (error ? reject(error) : resolve())));
    await fabric.settled();
    expect(codesOf(fabric.network.ledger(first).getBlock(height)!)).toEqual([DUPLICATE_TXID]);
    expect((await submitted.getStatus()).blockNumber).toBe(blockNumber);

    function signatureOf(bytes: Uint8Array): Uint8Array {
      const signed = gatewayProtos.ProposedTransaction.deserializeBinary(bytes).getProposal();
      return signed!.getSignature_asU8();
    }
  });
});

describe('endorsement', () => {
  it('plans endorsers by a key-level policy, and invalidates a transaction that lacks them', async () => {
    await submit('put', ['theirs', '1']);
    await submit('own', ['theirs', third]);
    expect(await oneBlock([await endorse('put', ['theirs', '2'], [first, second])])).toEqual([ENDORSEMENT_POLICY_FAILURE]);
    expect(await evaluate('get', 'theirs')).toBe('1');
    expect(await oneBlock([await endorse('put', ['theirs', '3'])])).toEqual([VALID]);
    expect(await evaluate('get', 'theirs')).toBe('3');
  });

  it('invalidates a write to a key whose policy an earlier transaction of the block changes', async () => {
    await submit('put', ['changing', '1']);
    const [own, put] = [await endorse('own', ['changing', second]), await endorse('put', ['changing', '2'], [first, second, third])];
    expect(await oneBlock([own, put])).toEqual([VALID, ENDORSEMENT_POLICY_FAILURE]);
    expect(await oneBlock([await endorse('put', ['changing', '2'], [second])])).toEqual([VALID]);
  });

  it('invalidates a transaction with too few endorsements', async () => {
    expect(await oneBlock([await endorse('put', ['alone', '1'], [first])])).toEqual([ENDORSEMENT_POLICY_FAILURE]);
    expect(await evaluate('get', 'alone')).toBe('');
  });

  it('stops at results that differ, and names the peer', async () => {
    const error = await failure(endorse('differ', []));
    expect(error.code).toBe(status.ABORTED);
    expect(error.message).toContain('failed to collect enough transaction endorsements');
    expect(error.details?.map((each) => each.message)).toContain('ProposalResponsePayloads do not match');
    expect(fabric.mspIds).toContain(error.details?.[0]?.mspId);
    expect(error.details?.[0]?.address).toMatch(/^localhost:[0-9]+$/);
  });

  it('passes the text of a chaincode error on', async () => {
    const error = await failure(evaluate('fail', 'no such thing'));
    expect([error.code, error.details?.[0]?.message]).toEqual([status.UNKNOWN, 'chaincode response 500, no such thing']);
  });

  it('lets one organisation alter its chaincode, which the others notice', async () => {
    const altered = path.join(fabric.directory, 'altered.cjs');
    writeFileSync(altered, `process.env.FLAVOUR = 'altered';\nrequire(${JSON.stringify(testChaincode)});\n`);
    await fabric.network.replaceChaincode(second, altered);
    expect(text(await fabric.join(second).ledger.evaluateTransaction('flavour'))).toBe('altered');
    expect(await evaluate('flavour')).toBe('plain');
    expect((await failure(endorse('flavour', [], [first, second]))).details?.map((each) => each.message)).toContain('ProposalResponsePayloads do not match');
    await fabric.network.replaceChaincode(second, testChaincode);
    expect(text(await fabric.join(second).ledger.evaluateTransaction('flavour'))).toBe('plain');
  });
});

describe('chaincode that fails', () => {
  it('is started again after it ended', async () => {
    const error = await failure(evaluate('crash'));
    expect(error.details?.map((each) => each.message).join()).toContain('chaincode stream terminated');
    expect(await evaluate('flavour')).toBe('plain');
  });

  it('is given up after the execution timeout', async () => {
    const error = await failure(endorse('hang', [], [first]));
    expect([error.code, error.details?.[0]?.message]).toEqual([status.ABORTED, expect.stringContaining('timeout expired while executing transaction')]);
  }, 15_000);
});

describe('identities', () => {
  it('turns away who claims to be of another organisation', async () => {
    const { identity, key } = fabric.user(first);
    const { ledger } = fabric.join(first, 'maker', { identity: { ...identity, mspId: second }, key });
    const error = await failure(ledger.newProposal('put', { arguments: ['forged', '1'] }).endorse());
    expect(error.details?.[0]?.message).toContain('creator org unknown, creator is malformed');
  });

  it('turns away a signature of another key', async () => {
    const { ledger } = fabric.join(first, 'maker', { identity: fabric.user(first).identity, key: fabric.user(first, 'checker').key });
    const error = await failure(ledger.newProposal('put', { arguments: ['forged', '1'] }).endorse());
    expect(error.details?.[0]?.message).toContain(`access denied: channel [dualchain] creator org [${first}]`);
  });

  it('does not order an envelope whose signature fails', async () => {
    const { gateway } = fabric.join(first);
    const transaction = await endorse('put', ['forged', '1']);
    const signature = (await endorse('put', ['other', '1'])).getBytes();
    const foreign = gatewayProtos.PreparedTransaction.deserializeBinary(signature).getEnvelope()?.getSignature_asU8() ?? new Uint8Array();
    const error = await failure(gateway.newSignedTransaction(transaction.getBytes(), Uint8Array.from([...foreign, 1])).submit());
    expect(error.code).toBe(status.ABORTED);
    expect(error.message).toContain('status=FORBIDDEN');
    expect(error.message).toContain("implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied");
  });
});

describe('blocks', () => {
  it('come from any number on, chained by their hashes', async () => {
    const { network } = fabric.join(third);
    const height = fabric.network.ledger(third).height;
    const blocks = await network.getBlockEvents({ startBlock: 0n });
    let previous = new Uint8Array();
    let number = 0;
    for await (const block of blocks) {
      const header = block.getHeader()!;
      expect(header.getNumber()).toBe(number);
      expect(Buffer.from(header.getPreviousHash_asU8())).toEqual(Buffer.from(previous));
      const data = createHash('sha256');
      for (const envelope of block.getData()!.getDataList_asU8()) data.update(envelope);
      expect(Buffer.from(header.getDataHash_asU8())).toEqual(data.digest());
      previous = new Uint8Array(blockHash(number, header.getPreviousHash_asU8(), header.getDataHash_asU8()));
      number += 1;
      if (number === height) break;
    }
    blocks.close();
    expect(Buffer.from(fabric.network.ledger(third).chainInfo().currentBlockHash)).toEqual(Buffer.from(previous));
  });

  it('come filtered without the payload of events', async () => {
    const { network, ledger } = fabric.join(first);
    const submitted = await ledger.submitAsync('put', { arguments: ['filtered', '1'] });
    const { blockNumber } = await submitted.getStatus();
    const blocks = await network.getFilteredBlockEvents({ startBlock: blockNumber });
    for await (const block of blocks) {
      const [transaction] = block.getFilteredTransactionsList();
      expect([transaction?.getTxid(), transaction?.getTxValidationCode()]).toEqual([submitted.getTransactionId(), VALID]);
      const event = transaction?.getTransactionActions()?.getChaincodeActionsList()[0]?.getChaincodeEvent();
      expect([event?.getEventName(), event?.getPayload_asU8().length]).toEqual(['put', 0]);
      break;
    }
    blocks.close();
  });

  it('are found by number and transaction through qscc', async () => {
    const { network, ledger } = fabric.join(first);
    const submitted = await ledger.submitAsync('put', { arguments: ['found', '1'] });
    const { blockNumber } = await submitted.getStatus();
    const qscc = network.getContract('qscc');
    const byTransaction = common.Block.deserializeBinary(await qscc.evaluateTransaction('GetBlockByTxID', 'dualchain', submitted.getTransactionId()));
    expect(BigInt(byTransaction.getHeader()!.getNumber())).toBe(blockNumber);
    const info = common.BlockchainInfo.deserializeBinary(await qscc.evaluateTransaction('GetChainInfo', 'dualchain'));
    expect(BigInt(info.getHeight())).toBe(blockNumber + 1n);
    expect((await failure(qscc.evaluateTransaction('GetTransactionByID', 'dualchain', 'none'))).details?.[0]?.message).toContain('no such transaction ID [none] in index');
  });
});

it('leaves every peer with the same state', async () => {
  await fabric.settled();
  const hashes = fabric.mspIds.map((mspId) => fabric.network.ledger(mspId).stateHash());
  expect(new Set(hashes).size).toBe(1);
});

function codesOf(bytes: Uint8Array): number[] {
  return [...common.Block.deserializeBinary(bytes).getMetadata()!.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER]!];
}
