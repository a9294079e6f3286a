import path from 'node:path';
import { scenariosFolder } from '../story/index';

export type { ForgedObject, Invention } from './forgery';

/** The honest chaincode as one file that a peer's organisation runs; `scripts/bundle-chaincode.mjs` writes it. */
export function chaincodeBundle(): string {
  return path.join(scenariosFolder(), '..', 'chaincode', 'dist', 'main.js');
}

/** The same chaincode with a contract `forgery` more, as colluding organisations would run it; written by the same script. */
export function alteredChaincodeBundle(): string {
  return path.join(scenariosFolder(), 'dist', 'altered-chaincode.cjs');
}
