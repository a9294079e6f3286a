// A small chaincode for the tests of the network package: public values, and values in implicit collections.
// It serves as chaincode-as-a-service where CHAINCODE_SERVER_ADDRESS is set, otherwise it dials its peer.
const { readFileSync } = require('node:fs');
const shim = require('fabric-shim');

const implicit = (mspId) => `_implicit_org_${mspId}`;

const functions = {
  async put(stub, key, value) {
    await stub.putState(key, Buffer.from(value));
    stub.setEvent('put', Buffer.from(key));
    return value;
  },

  async get(stub, key) {
    const value = await stub.getState(key);
    if (value.length === 0) throw new Error(`no value at ${key}`);
    return Buffer.from(value).toString();
  },

  /** Reads and writes one key: two of these in one block conflict. */
  async append(stub, key, value) {
    const before = Buffer.from(await stub.getState(key)).toString();
    await stub.putState(key, Buffer.from(before + value));
    return before + value;
  },

  /** Stores the transient "value" in the implicit collection of an organisation. */
  async putPrivate(stub, mspId, key) {
    await stub.putPrivateData(implicit(mspId), key, stub.getTransient().get('value'));
  },

  /** What the answering peer holds in its own organisation's implicit collection. */
  async getPrivate(stub, key) {
    return Buffer.from(await stub.getPrivateData(implicit(stub.getMspID()), key)).toString();
  },

  async getPrivateHash(stub, mspId, key) {
    return Buffer.from(await stub.getPrivateDataHash(implicit(mspId), key)).toString('hex');
  },

  /** The same everywhere unless a process was given another FLAVOUR. */
  async flavour() {
    return process.env.FLAVOUR ?? 'plain';
  },

  /** Ends the chaincode's process. */
  async crash() {
    process.exit(7);
  },
};

const chaincode = {
  async Init() {
    return shim.success();
  },

  async Invoke(stub) {
    const { fcn, params } = stub.getFunctionAndParameters();
    try {
      if (functions[fcn] === undefined) throw new Error(`unknown function ${fcn}`);
      return shim.success(Buffer.from((await functions[fcn](stub, ...params)) ?? ''));
    } catch (error) {
      return shim.error(error.message);
    }
  },
};

const { CHAINCODE_ID: ccid, CHAINCODE_SERVER_ADDRESS: address, CHAINCODE_TLS_DISABLED: plain, CHAINCODE_TLS_KEY_FILE: key, CHAINCODE_TLS_CERT_FILE: cert } = process.env;
if (address === undefined) {
  shim.start(chaincode);
} else {
  const tlsProps = plain === 'true' ? undefined : { key: readFileSync(key), cert: readFileSync(cert) };
  shim.server(chaincode, { ccid, address, ...(tlsProps && { tlsProps }) }).start();
}
