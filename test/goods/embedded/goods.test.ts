import { goodsSuite } from '../goods';

goodsSuite('embedded');
