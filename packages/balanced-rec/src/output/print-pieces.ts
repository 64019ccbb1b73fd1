/**
 * Writes pieces to standard output one after another, no faster than they are read. Ends early, without an error, if they
 * cannot be written: the end of the command decides what that means.
 */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    const error = await new Promise((resolve) => process.stdout.write(piece, resolve));
    if (error) return;
  }
}
