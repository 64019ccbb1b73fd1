import { checkDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Command } from 'commander';

/** `balanced-rec check DIR` */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('validate a dataset and say what is wrong or untidy, by file and line')
    .argument('<dir>', 'a dataset folder (MMRec or LATTICE layout)')
    .option('--json', 'print JSON')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const report = await checkDataset(folder);
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${describe(report)}\n`);
      if (!report.ok) {
        throw new BalancedRecError({
          code: 'dataset/has-problems',
          message: `${report.problems.length} problem(s) in this dataset`,
          place: folder,
          expected: 'none',
          found: report.problems.map(({ code }) => code).join(', '),
          remedy: 'mend what is listed above',
        });
      }
    });
}

function describe({ problems, summary, findings }: Awaited<ReturnType<typeof checkDataset>>): string {
  const lines = problems.map(({ message }) => `PROBLEM ${message}`);
  if (summary) for (const [name, value] of Object.entries(summary)) lines.push(`${name}: ${JSON.stringify(value)}`);
  for (const { severity, message } of findings) lines.push(`${severity}: ${message}`);
  if (problems.length === 0) lines.push('no problems');
  return lines.join('\n');
}
