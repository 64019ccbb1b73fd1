import { checkDataset, type DatasetReport, type DatasetSummary } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Command } from 'commander';
import { describeFinding } from './describe-finding.js';

/** `balanced-rec check DIR` */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('validate a dataset and say what is wrong or untidy, by file and line')
    .argument('<dir>', 'a dataset folder (MMRec or LATTICE layout)')
    .option('--json', 'print JSON')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const report = await checkDataset(folder);
      process.stdout.write(`${json ? toJson(report) : describe(report)}\n`);
      if (!report.ok) throw hasProblems(report, folder);
    });
}

function toJson(report: DatasetReport): string {
  const problems = report.problems.map(({ details: { cause: _, ...details } }) => details);
  return JSON.stringify({ ...report, problems }, null, 2);
}

function describe({ problems, problemCount, summary, findings }: DatasetReport): string {
  const lines = problems.map(({ code, message }) => `PROBLEM ${code}\n${message}`);
  if (problemCount > problems.length) lines.push(`and ${problemCount - problems.length} problems more`);
  if (summary) lines.push(...describeSummary(summary));
  lines.push(...findings.map(describeFinding));
  if (problemCount === 0) lines.push('no problems');
  return lines.join('\n');
}

function describeSummary(summary: DatasetSummary): string[] {
  const { name, layout, userCount, itemCount, train, validation, test, density, modalities } = summary;
  return [
    `dataset ${name} (${layout} layout)`,
    `  ${userCount} users, ${itemCount} items`,
    `  interactions: ${train} training, ${validation} validation, ${test} test; density ${(100 * density).toPrecision(3)} %`,
    ...modalities.map(({ name: modality, rows, dimension }) => `  ${modality} features: ${rows} x ${dimension}`),
  ];
}

function hasProblems({ problems, problemCount }: DatasetReport, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'dataset/has-problems',
    message: problemCount === 1 ? 'there is a problem in this dataset' : `${problemCount} problems in this dataset`,
    place,
    expected: 'none',
    found: [...new Set(problems.map(({ code }) => code))].join(', '),
    remedy: 'mend what is listed above',
  });
}
