export { connect } from './connect';
export type { ConnectOptions, Dualchain, GatewayOptions, ProfileOptions } from './connect';
export type { BoundAction, BoundRoom } from './bind';
export type { Attempt, CallOptions, Committed, Hooks, RetryPolicy, Session } from './session';
export { defaultRetry } from './session';
export type { Deadlines } from './transport/connection';
export { defaultDeadlines } from './transport/connection';
export type { UserCredentials } from './transport/identity';
export type { PeerEndpoint, Profile, ProfileDocument } from './transport/profile';
export { loadProfile } from './transport/profile';
export type { Submitted } from './submission/submit';
export type { OrganisationAnswer } from './errors/answers';
export type { CheckpointStore, Position } from './events/checkpoint';
export { fileCheckpoint, memoryCheckpoint } from './events/checkpoint';
export type { HashedWrite, LedgerBlock, LedgerTransaction, PrivateWrite, PublicWrite } from './events/decode-block';
export { decodeBlock } from './events/decode-block';
export type * from './results/objects';
export type { PageParameters } from './results/pages';
export type { AmountField, Loose, TimeField, Typed } from './results/typed';

export { auditLedger, Auditor, findLeaks, exposedBy, firstDifference, invariants } from './audit/audit';
export type { AuditedLedger, AuditReport, Break, Exposed, Leak, SealedMarker, Verdict } from './audit/audit';

export { loadRoots, saveDisclosure, saveRoots } from './disclosure/files';
export { parsePack, parseRoots, verify as verifyDisclosure } from './disclosure/verify';
export type { Check, CheckName, DisclosurePack, Statement, TrustedOrganisation, TrustedRoots, Verification, VerifyOptions } from './disclosure/verify';

export type * from './attestations';
export type * from './certificates';
export type * from './consortium';
export type * from './credit-lines';
export type * from './disclosure';
export type * from './disputes';
export type * from './events';
export type * from './freezes';
export type * from './holdings';
export type * from './invoices';
export type * from './orders';
export type * from './quotes';
export type * from './recalls';
export type * from './receipt-pledges';
export type * from './receipts';
export type * from './settlements';
export type * from './shipments';
export type * from './trace';
export type * from './transactions';

// What applications need of the shared vocabulary: money, quantities, EPCIS, errors.
export {
  canonicalEvent,
  canonicalId,
  currencies,
  defaultChannelPolicy,
  DualchainError,
  errorCatalogue,
  eventHash,
  eventWarnings,
  formatAmount,
  formatQuantity,
  MAX_AMOUNT,
  parseAmount,
  parseContext,
  parseEpcisDocument,
  parseMinorUnits,
  parseQuantity,
  priceOf,
  roles,
  toQueryDocument,
  toUrn,
  validateEvent,
  writeEpcisXml,
} from '@dualchain/model';
export type { ChannelPolicy, EpcisProblem, ErrorCode, Member, QueryDocument, Role, SealedRecord, Subject, TraceCarrier, TraceEdge, TraceNode, TraceState } from '@dualchain/model';
