import type { Contract } from 'fabric-contract-api';
import { JSONSerializer } from 'fabric-contract-api';
import { Shim } from 'fabric-shim';
import type { ChaincodeServerOpts } from 'fabric-shim';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract';
import { readFileSync } from 'node:fs';
import { DualchainError } from '@dualchain/model';
import { hearOffers } from './ledger/bulk';

/** Messages grow with captures of hundreds of events; the limit is the peer's, not gRPC's default of 4 MB. */
const UNLIMITED = { 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 };

/** Loggers that the shim calls for every message of a transaction, by the names that it gives them. */
const SHIM_LOGGERS = ['lib/chaincode.js', 'lib/handler.js', 'lib/iterators.js', 'lib/stub.js', 'contracts-spi/chaincodefromcontract.js', 'contracts-spi/datamarshall.js'];
const QUIET_LEVELS = ['debug', 'info'] as const;

/**
 * Serves contracts to a peer. With CHAINCODE_SERVER_ADDRESS it is chaincode-as-a-service: the peer connects to that
 * address and knows the chaincode by CHAINCODE_ID; TLS unless CHAINCODE_TLS_DISABLED is "true", with the PEM files
 * CHAINCODE_TLS_KEY_FILE, CHAINCODE_TLS_CERT_FILE and, to demand the peer's certificate, CHAINCODE_CLIENT_CA_CERT_FILE.
 * Otherwise it dials its peer, as a peer's own Node builder wants it (CORE_PEER_ADDRESS or --peer.address).
 * Throws INVALID_PROFILE where a setting is missing.
 */
export async function startChaincode(contracts: readonly (new () => Contract)[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  silenceDisabledLevels();
  hearOffers();
  const chaincode = new ChaincodeFromContract([...contracts], { transaction: 'json', serializers: { json: JSONSerializer } }, {}, 'dualchain', env['CHAINCODE_VERSION'] ?? '');
  const address = env['CHAINCODE_SERVER_ADDRESS'];
  if (address === undefined) {
    Shim.start(chaincode);
    return;
  }
  const tlsProps = env['CHAINCODE_TLS_DISABLED'] === 'true' ? undefined : tlsOf(env);
  const options = { ccid: required(env, 'CHAINCODE_ID'), address, ...UNLIMITED, ...(tlsProps === undefined ? {} : { tlsProps }) };
  await Shim.server(chaincode, options as ChaincodeServerOpts).start();
}

/** The shim's loggers format every line before they drop those below CORE_CHAINCODE_LOGGING_LEVEL: a fifth of the time of a short transaction. */
function silenceDisabledLevels(): void {
  for (const name of SHIM_LOGGERS) {
    const logger = Shim.newLogger(name);
    for (const level of QUIET_LEVELS) if (!logger.isLevelEnabled(level)) logger[level] = () => logger;
  }
}

function tlsOf(env: NodeJS.ProcessEnv): { key: Buffer; cert: Buffer; clientCACerts?: Buffer } {
  const clients = env['CHAINCODE_CLIENT_CA_CERT_FILE'];
  return {
    key: pem(required(env, 'CHAINCODE_TLS_KEY_FILE')),
    cert: pem(required(env, 'CHAINCODE_TLS_CERT_FILE')),
    ...(clients === undefined || clients === '' ? {} : { clientCACerts: pem(clients) }),
  };
}

function pem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new DualchainError('INVALID_PROFILE', `The TLS file ${file} of the chaincode cannot be read.`, { details: { file }, cause });
  }
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new DualchainError('INVALID_PROFILE', `The environment variable ${name} is missing; the chaincode server needs it.`, { details: { name } });
  return value;
}
