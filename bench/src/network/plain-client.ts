import { createPrivateKey } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadProfile } from '@dualchain/client';
import { Client, credentials } from '@grpc/grpc-js';
import type { Contract, Gateway, ProposalOptions } from '@hyperledger/fabric-gateway';
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';

/** One user on `@hyperledger/fabric-gateway` as it comes: what an application without Dualchain's SDK would write. */
export class PlainClient {
  readonly #client: Client;
  readonly #gateway: Gateway;
  readonly #channel: string;
  readonly #contract: Contract;
  /** Transactions that were ordered and found invalid. */
  conflicts = 0;

  constructor(profileFolder: string, user: string, channel: string, chaincode: string) {
    const profile = loadProfile(profileFolder);
    const [peer] = profile.peers;
    const folder = profile.userFolder(user);
    if (peer?.tlsRoots === undefined || folder === undefined) throw new Error(`The profile ${profileFolder} has no peer with TLS or no users.`);
    this.#client = new Client(peer.address, credentials.createSsl(peer.tlsRoots), peer.serverName === undefined ? {} : { 'grpc.ssl_target_name_override': peer.serverName, 'grpc.default_authority': peer.serverName });
    this.#gateway = connect({
      client: this.#client,
      identity: { mspId: profile.mspId, credentials: onlyFile(path.join(folder, 'signcerts')) },
      signer: signers.newPrivateKeySigner(createPrivateKey(onlyFile(path.join(folder, 'keystore')))),
      hash: hash.sha256,
    });
    this.#channel = channel;
    this.#contract = this.#gateway.getNetwork(channel).getContract(chaincode);
  }

  /** Endorses, submits and waits for the commit; an invalid transaction counts as a conflict and is an error. */
  async submit(name: string, args: readonly string[], endorsers: readonly string[], transientData?: ProposalOptions['transientData']): Promise<void> {
    const commit = await this.#contract.submitAsync(name, { arguments: [...args], endorsingOrganizations: [...endorsers], ...(transientData === undefined ? {} : { transientData }) });
    const { successful, code, transactionId } = await commit.getStatus();
    if (successful) return;
    this.conflicts += 1;
    throw new Error(`${name} was recorded as invalid (code ${code}, transaction ${transactionId}).`);
  }

  /** Asks the organisation's own peer. */
  async evaluate(name: string, args: readonly string[]): Promise<Uint8Array> {
    return this.#contract.evaluateTransaction(name, ...args);
  }

  /** Number of blocks of the organisation's peer. */
  async height(): Promise<number> {
    const answer = await this.#gateway.getNetwork(this.#channel).getContract('qscc').evaluateTransaction('GetChainInfo', this.#channel);
    return common.BlockchainInfo.deserializeBinary(answer).getHeight();
  }

  close(): void {
    this.#gateway.close();
    this.#client.close();
  }
}

function onlyFile(folder: string): Buffer {
  const [name = ''] = readdirSync(folder);
  return readFileSync(path.join(folder, name));
}
