import { peer } from '@hyperledger/fabric-protos';
import { fromUtf8 } from '../protos';
import { AccessError, requireSystemAccess } from './access';
import type { SystemCall } from './call';
import { callLifecycle, NotDefinedError } from './lifecycle';
import { callQscc, csccFunction, QueryError } from './queries';

const NAMES = new Set(['_lifecycle', 'qscc', 'cscc']);

/** True for the chaincodes that are part of every peer. */
export function isSystemChaincode(name: string): boolean {
  return NAMES.has(name);
}

/** Answers as Fabric's system chaincodes do: refusals are responses with status 500 (404: not defined), never errors. */
export function invokeSystemChaincode(call: SystemCall): peer.Response {
  const { chaincode, name, args } = call;
  try {
    switch (chaincode) {
      case '_lifecycle':
        if (args.length !== 1) return answer(500, `lifecycle scc operations require exactly two arguments but received ${args.length + 1}`);
        return lifecycle(call);
      case 'qscc':
        if (args.length < 1) throw new QueryError(`Incorrect number of arguments, ${args.length + 1}`);
        if (name !== 'GetChainInfo' && args.length < 2) throw new QueryError(`missing 3rd argument for ${name}`);
        if (fromUtf8(args[0] ?? new Uint8Array()) !== call.ledger.channelId) throw new QueryError(`Invalid chain ID, ${fromUtf8(args[0] ?? new Uint8Array())}`);
        authorise(call);
        return success(callQscc(name, args, call.ledger));
      default: {
        if (name !== 'GetChannels' && args.length < 1) throw new QueryError(`Incorrect number of arguments, ${args.length + 1}`);
        const query = csccFunction(name);
        if (name !== 'GetChannels') requireChannel(name, fromUtf8(args[0] ?? new Uint8Array()), call.ledger.channelId);
        authorise(call);
        return success(query(call.ledger, call.bundle));
      }
    }
  } catch (error) {
    if (error instanceof QueryError || error instanceof AccessError) return answer(500, error.message);
    throw error;
  }
}

/** The channel's policies decide; where there is no such channel, nothing can. */
function requireChannel(name: string, wanted: string, channelId: string): void {
  if (wanted !== channelId) throw new QueryError(`access denied for [${name}][${wanted}]: Failed to get policy manager for channel [${wanted}]`);
}

function authorise({ chaincode, name, args, bundle, signed, creator, mspId }: SystemCall): void {
  try {
    requireSystemAccess(bundle, `${chaincode}/${name}`, signed, creator, mspId);
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    const target = args[0] === undefined ? '' : `[${fromUtf8(args[0])}]`;
    throw new QueryError(chaincode === 'qscc' ? `access denied for [${name}]${target}: [${error.message}]` : `access denied for [${name}]${target}: ${error.message}`, { cause: error });
  }
}

function lifecycle(call: SystemCall): peer.Response {
  const { bundle, name, signed, creator, mspId } = call;
  try {
    requireSystemAccess(bundle, `_lifecycle/${name}`, signed, creator, mspId);
  } catch (error) {
    if (error instanceof AccessError) return answer(500, `Failed to authorize invocation due to failed ACL check: ${error.message}`);
    throw error;
  }
  try {
    return success(callLifecycle(call));
  } catch (error) {
    if (error instanceof NotDefinedError) return answer(404, error.message);
    return answer(500, `failed to invoke backing implementation of '${name}': ${error instanceof Error ? error.message : String(error)}`);
  }
}

function success(payload: Uint8Array): peer.Response {
  const response = answer(200, '');
  response.setPayload(payload);
  return response;
}

function answer(status: number, message: string): peer.Response {
  const response = new peer.Response();
  response.setStatus(status);
  response.setMessage(message);
  return response;
}
