import { contracts, startChaincode } from '@dualchain/chaincode';
import { FloorContract } from './contract';

startChaincode([...contracts, FloorContract]).catch((error: unknown) => {
  process.stderr.write(`The bench build of the chaincode did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
