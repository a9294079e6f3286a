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

/** The part of fabric-shim that talks with a peer; see ledger/bulk.ts for what it is used for. */
declare module 'fabric-shim/lib/handler' {
  interface ChaincodeMessage {
    getType(): number;
    getPayload_asU8(): Uint8Array;
    setType(type: number): void;
    setPayload(payload: Uint8Array): void;
    setTxid(transactionId: string): void;
    setChannelId(channel: string): void;
  }

  interface MessageStream {
    on(event: 'data', listener: (message: ChaincodeMessage) => void): unknown;
  }

  class ChaincodeMessageHandler {
    readonly _stream: MessageStream;
    chat(first: ChaincodeMessage): void;
    _askPeerAndListen(message: ChaincodeMessage, method: string): Promise<Buffer>;
    handleGetStateByRange(collection: string, startKey: string, endKey: string, channel: string, transactionId: string): Promise<{ readonly iterator: import('fabric-shim-api').Iterators.StateQueryIterator }>;
  }
}
