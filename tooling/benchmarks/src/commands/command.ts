/** A subcommand of `pnpm bench`. */
export interface Command {
  /** The part of the usage text after the name. */
  readonly usage: string;
  /** Reads the arguments after the name, measures, and returns what to print. */
  run(args: readonly string[]): Promise<object>;
}
