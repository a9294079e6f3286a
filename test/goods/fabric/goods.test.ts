import { goodsSuite } from '../goods';

goodsSuite('fabric');
