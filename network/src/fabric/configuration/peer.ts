import path from 'node:path';
import type { Organisation, PeerNode } from '../../topology/types';
import type { Layout } from '../layout';
import { bindAddress, peerName } from '../layout';

/** Name of the external builder in the peers' configuration. */
export const BUILDER = 'dualchain-ccaas';

/** core.yaml of one peer. Times are short because a network of this engine lives on one machine or one site. */
export function peerConfiguration(organisation: Organisation, peer: PeerNode, layout: Layout): unknown {
  const folder = layout.node(peerName(organisation, peer));
  const crypto = layout.peerCrypto(organisation, peer);
  const address = `${peer.host}:${peer.port}`;
  const siblings = organisation.peers.filter((other) => other.name !== peer.name).map((other) => `${other.host}:${other.port}`);
  const tls = (name: string) => ({ file: path.join(crypto, 'tls', name) });
  return {
    peer: {
      id: `${peer.name}.${organisation.domain}`,
      networkId: layout.topology.name,
      listenAddress: `${bindAddress(peer.host)}:${peer.port}`,
      address,
      // Chaincode runs as a service which the peer dials; nothing dials in, so any free port will do.
      chaincodeListenAddress: '127.0.0.1:0',
      localMspId: organisation.mspId,
      mspConfigPath: path.join(crypto, 'msp'),
      fileSystemPath: path.join(folder, 'data'),
      gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '30s' },
      tls: { enabled: true, clientAuthRequired: false, cert: tls('server.crt'), key: tls('server.key'), rootcert: tls('ca.crt') },
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      gossip: {
        bootstrap: siblings.length > 0 ? siblings.join(' ') : address,
        endpoint: address,
        externalEndpoint: address,
        // Every peer pulls its blocks from the ordering service itself, so none waits for another to be elected.
        useLeaderElection: false,
        orgLeader: true,
        // Also how often the number of known peers is reported, which tells that a network is ready.
        membershipTrackerInterval: '500ms',
        publishStateInfoInterval: '1s',
        requestStateInfoInterval: '1s',
        publishCertPeriod: '5s',
        // A peer that another finds not joined yet is asked again after this time; Fabric's 25 s would delay the first private data.
        reconnectInterval: '1s',
        aliveTimeInterval: '1s',
        aliveExpirationTimeout: '25s',
        state: { enabled: false },
        pvtData: {
          // A transaction refused at commit must not make this peer wait for its private data: anyone who may submit could stall a member otherwise.
          skipPullingInvalidTransactionsDuringCommit: true,
          pullRetryThreshold: '2s',
          transientstoreMaxBlockRetention: 20_000,
          pushAckTimeout: '3s',
          btlPullMargin: 10,
          reconcileBatchSize: 10,
          reconcileSleepInterval: '5s',
          reconciliationEnabled: true,
          implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
        },
      },
      deliveryclient: { blockGossipEnabled: false, reconnectTotalTimeThreshold: '3600s', connTimeout: '3s', reConnectBackoffThreshold: '5s' },
      discovery: { enabled: true, authCacheEnabled: true, authCacheMaxSize: 1000, authCachePurgeRetentionRatio: 0.75, orgMembersAllowedAccess: true },
      handlers: {
        authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }, { name: 'TimeWindowCheck' }],
        decorators: [{ name: 'DefaultDecorator' }],
        endorsers: { escc: { name: 'DefaultEndorsement' } },
        validators: { vscc: { name: 'DefaultValidation' } },
      },
      limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
      maxRecvMsgSize: 100 * 1024 * 1024,
      maxSendMsgSize: 100 * 1024 * 1024,
    },
    // An empty endpoint means no Docker; with any other value the health check stays red on a machine without it.
    vm: { endpoint: '' },
    chaincode: {
      mode: 'net',
      installTimeout: '60s',
      startuptimeout: '30s',
      executetimeout: '30s',
      // fabric-shim for Node ends its process on a keep-alive message.
      keepalive: 0,
      externalBuilders: [{ name: BUILDER, path: path.join(folder, 'builder') }],
      system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
      logging: { level: 'info', shim: 'warning' },
      // Many reads or writes of a transaction in one message: offered to chaincode by Fabric 3, and by no peer unless it is told to.
      runtimeParams: { useWriteBatch: true, maxSizeWriteBatch: 1000, useGetMultipleKeys: true, maxSizeGetMultipleKeys: 1000 },
    },
    ledger: {
      state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
      history: { enableHistoryDatabase: true },
      pvtdataStore: { collElgProcMaxDbBatchSize: 5000, collElgProcDbBatchesInterval: 1000, deprioritizedDataReconcilerInterval: '60m', purgeInterval: 100, purgedKeyAuditLogging: true },
      snapshots: { rootDir: path.join(folder, 'data', 'snapshots') },
    },
    operations: { listenAddress: `${bindAddress(peer.host)}:${peer.operationsPort}`, tls: { enabled: false } },
    metrics: { provider: 'prometheus' },
  };
}
