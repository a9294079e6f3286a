import { recallSuite } from '../recall';

recallSuite('fabric');
