import { join } from 'node:path';
import { appendDigest, writeFileAtomically, writeFolderAtomically } from '@balanced-rec/files';

// Runs as a separate process: replaces a file and a folder repeatedly and prints which generation is safe.
const [disk] = process.argv.slice(2) as [string];
for (let generation = 1; ; generation++) {
  const content = Buffer.concat([...appendDigest([Buffer.from(`${generation}\n${'x'.repeat(100_000)}`)])]);
  await writeFileAtomically(join(disk, 'record'), content);
  await writeFolderAtomically(
    join(disk, 'model'),
    Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, content])),
  );
  process.stdout.write(`${generation}\n`);
}
