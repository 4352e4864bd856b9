/** The part of dynalite, which has no types of its own, that the tests use. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A server that keeps all tables in memory. The times are how long tables take to be made and deleted. */
  export default function createServer(options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
  }): Server;
}
