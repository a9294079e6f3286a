import { collateralSuite } from '../collateral';

collateralSuite('embedded');
