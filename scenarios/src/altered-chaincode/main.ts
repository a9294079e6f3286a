import { contracts, startChaincode } from '@dualchain/chaincode';
import { ForgeryContract } from './forgery';

startChaincode([...contracts, ForgeryContract]).catch((error: unknown) => {
  process.stderr.write(`The altered chaincode did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
