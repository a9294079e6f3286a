import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect as connectGateway, hash, signers } from '@hyperledger/fabric-gateway';
import type { Committed, ProfileDocument } from '../../client/src';
import { connect, loadProfile } from '../../client/src';
import { withNetwork } from '../support/network';

const network = withNetwork('embedded');
const expiresAt = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000);
const order = (orderId: string) => ({ orderId, supplier: 'ProcessorMSP', expiresAt, currency: 'CNY', matchPolicy: 'three-way', lines: [{ line: 1, gtin: '09524002000017', quantity: '1', unit: 'KGM', unitPrice: 100n }] }) as const;

const folderOf = (slug: string) => network.network.profileDirectory(slug);
const profileOf = (slug: string) => loadProfile(folderOf(slug));
const mspFolder = (slug: string, user: string) => profileOf(slug).userFolder(user)!;
const onlyFile = (folder: string) => readFileSync(path.join(folder, readdirSync(folder)[0]!));

/** A way to a peer that can be cut. */
class Wire {
  readonly #sockets = new Set<net.Socket>();
  readonly #far = new Set<net.Socket>();
  readonly #server: net.Server;
  connections = 0;

  constructor(target: number) {
    this.#server = net.createServer((near) => {
      this.connections += 1;
      const far = net.connect(target, 'localhost');
      this.#far.add(far);
      for (const [from, to] of [[near, far], [far, near]] as const) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy()).on('close', () => to.destroy());
        from.pipe(to);
      }
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, 'localhost', resolve));
    return (this.#server.address() as net.AddressInfo).port;
  }

  /** Loses the next answer, and the connection with it. */
  loseNextAnswer(): void {
    for (const far of this.#far) {
      far.unpipe();
      far.once('data', () => far.destroy());
      far.resume();
    }
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

const wires: Wire[] = [];
afterAll(async () => {
  for (const wire of wires) await wire.cut();
});

/** The profile of an organisation whose first way to its peer is a wire, the second the peer itself. */
async function twoWays(slug: string): Promise<{ profile: ProfileDocument; wire: Wire }> {
  const { peers, mspId, members } = profileOf(slug);
  const [peer] = peers;
  const wire = new Wire(Number(peer!.address.split(':')[1]));
  wires.push(wire);
  const port = await wire.listen();
  const way = (url: string) => ({ url, tlsCACerts: { pem: peer!.tlsRoots!.toString() }, grpcOptions: { 'ssl-target-name-override': peer!.serverName } });
  return {
    wire,
    profile: {
      client: { organization: slug },
      organizations: { [slug]: { mspid: mspId, peers: ['wire', 'peer'] } },
      peers: { wire: way(`grpcs://localhost:${port}`), peer: way(`grpcs://${peer!.address}`) },
      'x-dualchain': { channel: 'dualchain', chaincode: 'dualchain', members },
    },
  };
}

it('connects by folder, file or parsed profile, and by user name, MSP folder or certificate', async () => {
  const file = path.join(folderOf('brand'), 'connection.json');
  const folder = mspFolder('brand', 'maker');
  const user = { certificate: onlyFile(path.join(folder, 'signcerts')), privateKey: onlyFile(path.join(folder, 'keystore')).toString() };
  const { profile, wire } = await twoWays('brand');
  for (const options of [{ profile: file, user: 'maker' }, { profile: folderOf('brand'), user: folder }, { profile, user }]) {
    await using brand = await connect(options);
    expect({ mspId: brand.mspId, channel: brand.channel, chaincode: brand.chaincode }).toEqual({ mspId: 'BrandMSP', channel: 'dualchain', chaincode: 'dualchain' });
    expect((await brand.consortium.policy()).policy.voteThreshold).toBeGreaterThan(0);
  }
  await wire.cut();
});

it('signs with a function where the key is elsewhere', async () => {
  const key = createPrivateKey(onlyFile(path.join(mspFolder('brand', 'maker'), 'keystore')));
  let signatures = 0;
  const inner = signers.newPrivateKeySigner(key);
  await using brand = await connect({ profile: folderOf('brand'), user: 'maker', signer: (digest) => ((signatures += 1), inner(digest)) });
  expect(await brand.orders.issueOrder(order('SIGN-1'))).toMatchObject({ state: 'issued' });
  expect(signatures).toBeGreaterThanOrEqual(3);
  await using forged = await connect({ profile: folderOf('brand'), user: 'maker', signer: async (digest) => sign('sha256', digest, key) });
  await expect(forged.orders.issueOrder(order('SIGN-2'))).rejects.toMatchObject({ name: 'DualchainError' });
});

it('uses a gateway of the application, and leaves it open', async () => {
  const { peers } = profileOf('brand');
  const folder = mspFolder('brand', 'maker');
  const client = new Client(peers[0]!.address, credentials.createSsl(peers[0]!.tlsRoots!), { 'grpc.ssl_target_name_override': peers[0]!.serverName! });
  const gateway = connectGateway({ client, identity: { mspId: 'BrandMSP', credentials: onlyFile(path.join(folder, 'signcerts')) }, signer: signers.newPrivateKeySigner(createPrivateKey(onlyFile(path.join(folder, 'keystore')))), hash: hash.sha256 });
  try {
    const brand = await connect({ gateway });
    expect(brand.session.members.map(({ mspId }) => mspId).sort()).toEqual(network.organisations.map(({ mspId }) => mspId).sort());
    expect(await brand.orders.issueOrder(order('GATEWAY-1'))).toMatchObject({ state: 'issued' });
    brand.close();
    expect(await (await connect({ gateway })).orders.getOrder('GATEWAY-1')).toMatchObject({ state: 'issued' });
  } finally {
    gateway.close();
    client.close();
  }
});

it('turns to another peer when one is gone, in the middle of a stream too', async () => {
  const { profile, wire } = await twoWays('brand');
  await using brand = await connect({ profile, user: mspFolder('brand', 'maker'), retry: { baseDelay: 5, maxDelay: 50 } });
  const direct = await network.as('brand');
  await brand.orders.issueOrder(order('WIRE-1'));
  expect(wire.connections).toBe(1);
  const stop = new AbortController();
  const stream = brand.events.stream({ from: 'earliest', verbs: ['issueOrder'] }, { signal: stop.signal });
  const seen: string[] = [];
  for await (const { ids, verb } of stream) {
    expect(verb).toBe('issueOrder');
    seen.push(String(ids['order']));
    if (ids['order'] === 'WIRE-1') {
      await wire.cut();
      await direct.orders.issueOrder(order('WIRE-2'));
      expect(await brand.orders.issueOrder(order('WIRE-3'))).toMatchObject({ state: 'issued' });
    }
    if (ids['order'] === 'WIRE-3') stop.abort();
  }
  expect(seen.filter((id) => id.startsWith('WIRE'))).toEqual(['WIRE-1', 'WIRE-2', 'WIRE-3']);
});

/** A user whose way to the peer breaks as it signs for the so-manieth time: 1 the proposal, 2 the transaction, 3 the question for its status. */
async function breakingAt(signature: number, breakIt: (wire: Wire) => Promise<void> | void) {
  const { profile, wire } = await twoWays('brand');
  const inner = signers.newPrivateKeySigner(createPrivateKey(onlyFile(path.join(mspFolder('brand', 'maker'), 'keystore'))));
  let signatures = 0;
  const commits: Committed[] = [];
  const brand = await connect({
    profile,
    user: mspFolder('brand', 'maker'),
    retry: { baseDelay: 5, maxDelay: 50 },
    deadlines: { resolve: 500 },
    hooks: { onCommit: (committed) => commits.push(committed) },
    signer: async (digest) => {
      signatures += 1;
      if (signatures === signature) await breakIt(wire);
      return inner(digest);
    },
  });
  return { brand, commits };
}

it.each([
  ['the proposal is on its way', 'LOST-1', 1, (wire: Wire) => wire.cut()],
  ['the transaction is on its way', 'LOST-2', 2, (wire: Wire) => wire.cut()],
  ['the answer to the transaction is on its way', 'LOST-3', 2, (wire: Wire) => wire.loseNextAnswer()],
  ['the commit is awaited', 'LOST-4', 3, (wire: Wire) => wire.cut()],
] as const)('writes once and tells so when the connection breaks while %s', async (_, orderId, signature, breakIt) => {
  const { brand, commits } = await breakingAt(signature, breakIt);
  const created = await brand.orders.issueOrder(order(orderId));
  expect(created).toMatchObject({ id: orderId, state: 'issued' });
  expect(created.already).toBeUndefined();
  expect(commits).toMatchObject([{ verb: 'issueOrder', attempts: signature === 1 ? 2 : 1 }]);
  const ordered: string[] = [];
  for await (const { transactions } of brand.events.blocks({ to: 'latest' })) ordered.push(...transactions.filter(({ args, valid }) => valid && args[1]?.includes(`"${orderId}"`) === true).map(({ id }) => id));
  expect(ordered).toEqual([commits[0]!.transactionId]);
  brand.close();
});

it('says that no peer is there', async () => {
  const { profile, wire } = await twoWays('brand');
  await wire.cut();
  const peers = profile['peers'] as Record<string, unknown>;
  const alone = { ...profile, peers: { wire: peers['wire'], peer: peers['wire'] } };
  await using brand = await connect({ profile: alone, user: mspFolder('brand', 'maker'), retry: { attempts: 3, baseDelay: 1 } });
  await network.refused('brand', 'UNAVAILABLE', () => brand.consortium.policy());
  await network.refused('brand', 'UNAVAILABLE', () => brand.orders.issueOrder(order('NOBODY-1')));
});
