import { contracts } from './contracts/index';
import { startChaincode } from './start';

startChaincode(contracts).catch((error: unknown) => {
  process.stderr.write(`The chaincode did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
