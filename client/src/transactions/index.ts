export { transactionStatus as status } from './status';
export type { TransactionStatus } from './status';
