import { visibilitySuite } from '../visibility';

visibilitySuite('fabric');
