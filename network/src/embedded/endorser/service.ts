import { status, type sendUnaryData, type ServerUnaryCall, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import type { Endorser } from './endorser';

/** protos.Endorser. Where Fabric's endorser returns an error, gRPC drops the response. */
export function endorserService(endorser: Endorser): UntypedServiceImplementation {
  return {
    processProposal(call: ServerUnaryCall<peer.SignedProposal, peer.ProposalResponse>, callback: sendUnaryData<peer.ProposalResponse>) {
      void endorser.process(call.request).then(({ response, error }) => {
        if (error === undefined && response !== undefined) callback(null, response);
        else callback(Object.assign(new Error(error), { code: status.UNKNOWN, details: error ?? 'no response' }));
      });
    },
  };
}
