import { describe } from 'vitest';
import { runsItsCommands } from './support/run-commands.js';

describe('CONTRIBUTING.md', () => {
  // The loops run the tests, this one included; a debugger waits for somebody to attach.
  const isLoop = (command: string) => /^pnpm (?:install|test:|vitest)|--inspect-brk/.test(command);
  runsItsCommands('CONTRIBUTING.md', isLoop);
});
