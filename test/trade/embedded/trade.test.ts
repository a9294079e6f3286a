import { runOn } from '../../support/suites';
import { invoicesSuite } from '../invoices';
import { ordersSuite } from '../orders';

runOn('embedded', { orders: ordersSuite, invoices: invoicesSuite }, { policy: { priceToleranceBps: 100 } });
