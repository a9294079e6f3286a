export * from './story/index';
