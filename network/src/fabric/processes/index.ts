export * from './log-file';
export * from './operations';
export * from './supervised';
export * from './wait';
export * from './watchdog';
