import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { peer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors';
import type { OrdererNode } from '../../topology/types';
import type { FabricBinaries } from '../binaries';
import { PROFILE } from '../configuration';
import type { Layout } from '../layout';
import type { PeerClient } from './peer-client';

/** Writes the channel's first block with configtxgen, unless it is there. Throws NODE_FAILED with the tool's words. */
export async function writeGenesisBlock(binaries: FabricBinaries, layout: Layout): Promise<void> {
  if (existsSync(layout.genesisBlock)) return;
  const partial = `${layout.genesisBlock}.partial`;
  await tool(binaries.configtxgen, ['-profile', PROFILE, '-channelID', layout.topology.channel.name, '-outputBlock', partial], { FABRIC_CFG_PATH: layout.configtx });
  renameSync(partial, layout.genesisBlock);
}

/** Makes an orderer serve the channel; one that does already is left alone. */
export async function joinOrderer(binaries: FabricBinaries, orderer: OrdererNode, layout: Layout): Promise<void> {
  const tls = layout.ordererAdminTls;
  const administration = ['-o', `${orderer.host}:${orderer.adminPort}`, '--ca-file', path.join(tls, 'ca.crt'), '--client-cert', path.join(tls, 'client.crt'), '--client-key', path.join(tls, 'client.key')];
  const channel = layout.topology.channel.name;
  const output = await tool(binaries.osnadmin, ['channel', 'join', '--channelID', channel, '--config-block', layout.genesisBlock, ...administration]);
  const status = Number(/Status:\s*(\d+)/.exec(output)?.[1]);
  // 405 is the answer of an orderer that serves the channel already.
  if (status !== 201 && status !== 405) throw new NetworkError('NODE_FAILED', `${orderer.name} refuses to join channel ${channel}: ${output.trim()}`, { node: orderer.name, status });
}

/** Makes a peer join the channel; one that has is left alone. */
export async function joinPeer(client: PeerClient, layout: Layout): Promise<void> {
  const channels = peer.ChannelQueryResponse.deserializeBinary(await client.query({ channel: '', chaincode: 'cscc', args: ['GetChannels'] }));
  if (channels.getChannelsList().some((info) => info.getChannelId() === layout.topology.channel.name)) return;
  await client.query({ channel: '', chaincode: 'cscc', args: ['JoinChain', readFileSync(layout.genesisBlock)] });
}

async function tool(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, [...args], { env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env }, timeout: 60_000 });
    return `${stdout}${stderr}`;
  } catch (cause) {
    const output = typeof cause === 'object' && cause !== null && 'stderr' in cause && 'stdout' in cause ? `${String(cause.stdout)}${String(cause.stderr)}` : '';
    // osnadmin ends with an error status when the orderer answers with one; the answer itself is what counts.
    if (/Status:\s*\d+/.test(output)) return output;
    const reason = output.trim().split('\n').slice(-6).join('\n') || (cause instanceof Error ? cause.message : String(cause));
    throw new NetworkError('NODE_FAILED', `${path.basename(file)} failed:\n${reason}`, { file, args }, { cause });
  }
}
