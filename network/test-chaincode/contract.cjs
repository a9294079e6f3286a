// Chaincode for the tests of the embedded engine, on the unmodified fabric-contract-api and fabric-shim. Two contracts
// of one file: "ledger" reads and writes in every way the shim offers, "private" works with collections. The contract
// API counts parameters, so lists are texts with commas.
const { Buffer } = require('node:buffer');
const { readFileSync } = require('node:fs');
const shim = require('fabric-shim');
const { Contract, JSONSerializer } = require('fabric-contract-api');
// The contract API itself exports no way to make a chaincode of contract classes; its own start script uses this module.
const ChaincodeFromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract');

const text = (bytes) => Buffer.from(bytes ?? []).toString();

async function rows(iterator, limit = Infinity) {
  const found = [];
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
    found.push([step.value.key, text(step.value.value)]);
    if (found.length >= limit) break;
  }
  await iterator.close();
  return found;
}

class LedgerContract extends Contract {
  constructor() {
    super('ledger');
  }

  async put({ stub }, key, value) {
    await stub.putState(key, Buffer.from(value));
    stub.setEvent('put', Buffer.from(`${key}=${value}`));
    return value;
  }

  async putMany({ stub }, prefix, count) {
    for (let index = 0; index < Number(count); index += 1) await stub.putState(prefix + String(index).padStart(4, '0'), Buffer.from(String(index)));
  }

  async get({ stub }, key) {
    return text(await stub.getState(key));
  }

  async remove({ stub }, key) {
    await stub.deleteState(key);
  }

  /** Reads and writes one key: two of these in one block conflict. */
  async append({ stub }, key, value) {
    const before = text(await stub.getState(key));
    await stub.putState(key, Buffer.from(before + value));
    return before + value;
  }

  /** Writes a key after counting a range: a row added meanwhile is a phantom. */
  async count({ stub }, start, end, into) {
    const found = await rows(await stub.getStateByRange(start, end));
    await stub.putState(into, Buffer.from(String(found.length)));
    return String(found.length);
  }

  async range({ stub }, start, end, limit) {
    return JSON.stringify(await rows(await stub.getStateByRange(start, end), limit === '' ? Infinity : Number(limit)));
  }

  async page({ stub }, start, end, size, bookmark) {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination(start, end, Number(size), bookmark);
    return JSON.stringify({ rows: await rows(iterator), count: metadata.fetchedRecordsCount, bookmark: metadata.bookmark });
  }

  async pageThenWrite({ stub }, start, end) {
    const { iterator } = await stub.getStateByRangeWithPagination(start, end, 2, '');
    await rows(iterator);
    await stub.putState('written', Buffer.from('x'));
  }

  async history({ stub }, key) {
    const iterator = await stub.getHistoryForKey(key);
    const found = [];
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) found.push({ txId: step.value.txId, value: text(step.value.value), isDelete: step.value.isDelete });
    await iterator.close();
    return JSON.stringify(found);
  }

  async query({ stub }) {
    await stub.getQueryResult('{"selector":{}}');
  }

  async composite({ stub }, type, list) {
    const attributes = list.split(',');
    await stub.putState(stub.createCompositeKey(type, attributes), Buffer.from(attributes.join('/')));
  }

  async partial({ stub }, type, list) {
    return JSON.stringify((await rows(await stub.getStateByPartialCompositeKey(type, list.split(',')))).map(([, value]) => value));
  }

  /** Only these organisations, all of them, may change the key from now on. */
  async own({ stub }, key, mspIds) {
    const policy = new shim.KeyEndorsementPolicy();
    policy.addOrgs('PEER', ...mspIds.split(','));
    await stub.setStateValidationParameter(key, policy.getPolicy());
  }

  async owned({ stub }, key) {
    return Buffer.from((await stub.getStateValidationParameter(key)) ?? []).toString('hex');
  }

  async ownWrite({ stub }) {
    await stub.putState('own', Buffer.from('new'));
    return text(await stub.getState('own'));
  }

  async transient({ stub }) {
    return JSON.stringify(Object.fromEntries([...stub.getTransient()].map(([key, value]) => [key, text(value)])));
  }

  async fail(_context, message) {
    throw new Error(message);
  }

  /** Another result on every peer. */
  async differ({ stub }) {
    await stub.putState('differ', Buffer.from(stub.getMspID()));
  }

  /** The same everywhere unless a peer's chaincode was given another FLAVOUR. */
  async flavour() {
    console.log(`flavour asked of ${process.env.CORE_PEER_LOCALMSPID}`);
    return process.env.FLAVOUR ?? 'plain';
  }

  async crash() {
    process.exit(7);
  }

  async hang() {
    await new Promise(() => undefined);
  }

  async call({ stub }, chaincode, args) {
    const response = await stub.invokeChaincode(chaincode, args.split(','), '');
    return `${response.status} ${text(response.payload)}`;
  }

  async many({ stub }) {
    await Promise.all(['a', 'b', 'c'].map((key) => stub.putState(`many-${key}`, Buffer.from(key))));
  }
}

const implicit = (mspId) => `_implicit_org_${mspId}`;

class PrivateContract extends Contract {
  constructor() {
    super('private');
  }

  /** Stores the transient "value" in the implicit collections of the organisations. */
  async put({ stub }, key, mspIds) {
    for (const mspId of mspIds.split(',')) await stub.putPrivateData(implicit(mspId), key, stub.getTransient().get('value'));
  }

  /** What the answering peer holds in the implicit collection of an organisation. */
  async get({ stub }, key, mspId) {
    return text(await stub.getPrivateData(implicit(mspId), key));
  }

  async hash({ stub }, key, mspId) {
    return Buffer.from(await stub.getPrivateDataHash(implicit(mspId), key)).toString('hex');
  }

  async range({ stub }, mspId) {
    // Unlike the other range queries this one answers with the iterator inside an object.
    const { iterator } = await stub.getPrivateDataByRange(implicit(mspId), '', '');
    return JSON.stringify(await rows(iterator));
  }

  async remove({ stub }, key, mspId) {
    await stub.deletePrivateData(implicit(mspId), key);
  }

  async purge({ stub }, key, mspId) {
    await stub.purgePrivateData(implicit(mspId), key);
  }

  async unknown({ stub }) {
    await stub.getPrivateData('nowhere', 'key');
  }
}

const chaincode = new ChaincodeFromContract([LedgerContract, PrivateContract], { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } }, {}, 'test', '1.0');
const { CHAINCODE_ID: ccid, CHAINCODE_SERVER_ADDRESS: address, CHAINCODE_TLS_DISABLED: plain, CHAINCODE_TLS_KEY_FILE: key, CHAINCODE_TLS_CERT_FILE: cert } = process.env;
if (address === undefined) {
  shim.start(chaincode);
} else {
  const tlsProps = plain === 'true' ? undefined : { key: readFileSync(key), cert: readFileSync(cert) };
  shim.server(chaincode, { ccid, address, ...(tlsProps && { tlsProps }) }).start();
}
