import { describe } from 'vitest';
import { commandsOf, runsItsCommands } from './support/run-commands.js';

/** The README's own test runs these. */
const ofReadme = commandsOf('README.md');

describe('docs/cli.md', () => runsItsCommands('docs/cli.md', (command) => ofReadme.includes(command)));
