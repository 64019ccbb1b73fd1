/** A subcommand of `pnpm bench`. */
export interface Command {
  /** What follows the name, for the usage text. */
  readonly usage: string;
  /** Reads the arguments after the name, measures, and gives what to print. */
  run(args: readonly string[]): Promise<object>;
}
