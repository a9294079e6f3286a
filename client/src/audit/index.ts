/** What an application does with its own ledger; the rules themselves are in audit.ts. */
export { auditOwnLedger, readOwnLedger } from './audit';
