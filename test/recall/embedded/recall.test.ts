import { recallSuite } from '../recall';

recallSuite('embedded');
