export * from './altered-chaincode/index';
export * from './play/index';
export * from './story/index';
