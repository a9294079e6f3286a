import { callersSuite } from '../callers';

callersSuite('embedded');
