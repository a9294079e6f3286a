import { governanceSuite } from '../suite';

governanceSuite('embedded');
