/** The part of fabric-shim that turns contract classes into a chaincode; `fabric-chaincode-node server` uses it in the same way. */
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract' {
  import type { Contract, JSONSerializer } from 'fabric-contract-api';
  import type { ChaincodeInterface, ChaincodeResponse, ChaincodeStub } from 'fabric-shim-api';

  class ChaincodeFromContract implements ChaincodeInterface {
    constructor(contracts: (new () => Contract)[], serializers: { transaction: string; serializers: Record<string, typeof JSONSerializer> }, metadata: object, title: string, version: string);
    Init(stub: ChaincodeStub): Promise<ChaincodeResponse>;
    Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse>;
  }
  export = ChaincodeFromContract;
}
