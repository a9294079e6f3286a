import { collateralSuite } from '../collateral';

collateralSuite('fabric');
