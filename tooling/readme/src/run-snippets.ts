/** Imports each file given, one after the other, and prints a line of JSON for each: its name, and what it threw, if it did. */
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) {
  const error = await import(pathToFileURL(file).href).then(
    () => undefined,
    (thrown) => String(thrown?.stack ?? thrown),
  );
  console.log(JSON.stringify({ file, error }));
}
