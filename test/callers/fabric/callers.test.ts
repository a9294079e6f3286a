import { callersSuite } from '../callers';

callersSuite('fabric');
