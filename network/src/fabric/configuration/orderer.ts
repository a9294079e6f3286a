import path from 'node:path';
import type { OrdererNode } from '../../topology/types';
import type { Layout } from '../layout';
import { bindAddress } from '../layout';

/** orderer.yaml of one orderer: no system channel, joined through its administration port. */
export function ordererConfiguration(orderer: OrdererNode, layout: Layout): unknown {
  const folder = layout.node(orderer.name);
  const crypto = layout.ordererCrypto(orderer);
  const key = path.join(crypto, 'tls', 'server.key');
  const certificate = path.join(crypto, 'tls', 'server.crt');
  const authority = path.join(crypto, 'tls', 'ca.crt');
  const bind = bindAddress(orderer.host);
  return {
    General: {
      ListenAddress: bind,
      ListenPort: orderer.port,
      TLS: { Enabled: true, PrivateKey: key, Certificate: certificate, RootCAs: [authority], ClientAuthRequired: false },
      Cluster: { ClientCertificate: certificate, ClientPrivateKey: key, RootCAs: [authority], SendBufferSize: 100 },
      BootstrapMethod: 'none',
      LocalMSPDir: path.join(crypto, 'msp'),
      LocalMSPID: layout.topology.ordererOrganisation.mspId,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      MaxRecvMsgSize: 100 * 1024 * 1024,
      MaxSendMsgSize: 100 * 1024 * 1024,
    },
    FileLedger: { Location: path.join(folder, 'data') },
    Consensus: { WALDir: path.join(folder, 'raft', 'wal'), SnapDir: path.join(folder, 'raft', 'snapshot') },
    Admin: {
      ListenAddress: `${bind}:${orderer.adminPort}`,
      TLS: { Enabled: true, PrivateKey: key, Certificate: certificate, RootCAs: [authority], ClientAuthRequired: true, ClientRootCAs: [authority] },
    },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: 8 * 1024 * 1024 },
    Operations: { ListenAddress: `${bind}:${orderer.operationsPort}`, TLS: { Enabled: false } },
    Metrics: { Provider: 'prometheus' },
  };
}
