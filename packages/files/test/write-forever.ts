import { writeFileAtomically, writeFolderAtomically } from '../src/index.js';

// Run as a separate process that is killed: replaces a folder and a file repeatedly, each time with a new generation.
const [folder, file, files] = process.argv.slice(2) as [string, string, string];
for (let generation = 1; ; generation++) {
  const content = `${generation}\n`.repeat(2000);
  const names = Array.from({ length: Number(files) }, (_, k) => `part-${k}`);
  await writeFolderAtomically(folder, Object.fromEntries(names.map((name) => [name, content])));
  await writeFileAtomically(file, content.repeat(20));
  if (generation === 1) process.stdout.write('ready');
}
