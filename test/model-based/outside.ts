/** Verbs of the money chain that no random sequence tries, each with the reason. A verb that is neither here nor on the wheel fails a test. */
export const outside: Readonly<Record<string, string>> = {
  bootstrap: 'once for each ledger, before the first sequence',
  setOrganisationPolicy: 'it would change what the makers and checkers of all other sequences may do; test/governance plays it',
  dispatchShipment: 'needs goods events; test/trade plays shipments, and the orders of the sequences are matched two-way',
  arriveShipment: 'as dispatchShipment',
  receiveShipment: 'as dispatchShipment',
  shipReceipt: 'needs goods events of two warehouses and a carrier; test/collateral plays it',
  takeCustody: 'as shipReceipt',
  arriveReceipt: 'as shipReceipt',
};
