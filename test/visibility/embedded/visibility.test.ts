import { visibilitySuite } from '../visibility';

visibilitySuite('embedded');
