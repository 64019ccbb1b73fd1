/** Imports the given files one after another and prints a line of JSON for each: its name, and the error if it threw one. */
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) {
  const error = await import(pathToFileURL(file).href).then(
    () => undefined,
    (thrown) => String(thrown?.stack ?? thrown),
  );
  console.log(JSON.stringify({ file, error }));
}
