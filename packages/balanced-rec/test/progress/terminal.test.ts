import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { comparisonFile, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { expect, test } from 'vitest';
import { cliCommand } from '../support/cli.js';
import { Screen } from '../support/screen.js';

/** `script` from util-linux gives a command a pseudo-terminal. */
const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

test.skipIf(!hasTerminal)('in a real terminal, progress is drawn in place and only results remain', async () => {
  const root = await scratchFolder();
  await tinyDataset(root);
  const yaml =
    'datasets: [tiny]\nbackbones: [vbpr]\nvariants: [plain, only:text]\nprotocol: { name: mmrec, maxEpochs: 60 }\n';
  const file = await comparisonFile(root, yaml);
  const command = [...cliCommand, 'compare', file, '--jobs', '1', '--out', join(root, 'out')].join(' ');
  const child = spawn('script', ['-qec', `stty cols 100; ${command}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = new Screen(100);
  child.stdout.setEncoding('utf8').on('data', (text: string) => screen.write(text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, screen.raw).toBe(0);
  expect(screen.raw).toMatch(/run +epoch /);
  expect(screen.raw).toMatch(/ \d+\/60 /);
  expect(screen.raw).toContain('\r\x1b[3A\x1b[J');
  expect(screen.isCursorVisible).toBe(true);
  const shown = screen.lines.join('\n');
  expect(shown).toMatch(/^done {2}tiny\/vbpr\/plain seed 1 .*\[[12]\/2\]$/m);
  expect(shown).toMatch(/^done {2}tiny\/vbpr\/only:text seed 1 .*\[[12]\/2\]$/m);
  expect(shown).not.toMatch(/starting|^run |running/m);
  expect(shown).toMatch(/^report: .*report\.html$/m);
});
