import { governanceSuite } from '../suite';

governanceSuite('fabric');
