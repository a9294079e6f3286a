/** The part of tar-stream that the package writer uses; the library ships no types. */
declare module 'tar-stream' {
  import type { Readable } from 'node:stream';

  interface Header {
    readonly name: string;
    readonly mode?: number;
    readonly mtime?: Date;
    readonly uid?: number;
    readonly gid?: number;
  }

  interface Pack extends Readable {
    entry(header: Header, content: Buffer): void;
    finalize(): void;
  }

  export function pack(): Pack;
}
