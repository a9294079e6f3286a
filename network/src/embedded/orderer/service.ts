import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { common, orderer as protos } from '@hyperledger/fabric-protos';
import type { Orderer } from './orderer';
import type { BlockSource } from '../deliver/seek';
import { serveDeliver } from '../deliver/seek';
import type { ChannelBundle } from '../interfaces';


/** orderer.AtomicBroadcast. A broadcast stream ends after the first refusal, as Fabric's does. */
export function atomicBroadcast(orderer: Orderer, bundle: ChannelBundle): UntypedServiceImplementation {
  const source: BlockSource = { height: () => orderer.height, block: (number) => orderer.block(number), onBlock: (listener) => orderer.onBlock((_, number) => listener(number)) };
  return {
    broadcast(call: ServerDuplexStream<common.Envelope, protos.BroadcastResponse>) {
      call.on('data', (envelope: common.Envelope) => {
        const { status, info } = orderer.broadcast(envelope);
        const response = new protos.BroadcastResponse();
        response.setStatus(status as common.StatusMap[keyof common.StatusMap]);
        response.setInfo(info);
        call.write(response);
        if (status !== common.Status.SUCCESS) call.end();
      });
      call.on('end', () => call.end());
      call.on('error', () => undefined);
    },
    deliver(call: ServerDuplexStream<common.Envelope, protos.DeliverResponse>) {
      serveDeliver(call, source, bundle, '/Channel/Readers', {
        status: (status) => {
          const response = new protos.DeliverResponse();
          response.setStatus(status as common.StatusMap[keyof common.StatusMap]);
          return response;
        },
        block: (bytes) => {
          const response = new protos.DeliverResponse();
          response.setBlock(common.Block.deserializeBinary(bytes));
          return response;
        },
      });
    },
  };
}
