/** The parser of ioredis, without types of its own. It reads requests too, which are arrays of strings. */
declare module 'redis-parser' {
  export default class Parser {
    constructor(options: {
      returnReply(reply: unknown): void;
      returnError(error: Error): void;
      returnBuffers?: boolean;
    });
    execute(bytes: Buffer): void;
  }
}
