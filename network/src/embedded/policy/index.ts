export * from './evaluate';
export * from './manager';
export * from './notation';
