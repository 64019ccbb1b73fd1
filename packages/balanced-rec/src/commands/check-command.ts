import { checkDataset, type DatasetReport } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { plainErrorDetails } from '@balanced-rec/errors/schema';
import { requireEnoughItems } from '@balanced-rec/eval';
import type { Command } from 'commander';
import {
  confirmSizes,
  describeConfirmation,
  type ExpectedSizes,
  expectedSizes,
  notAsExpected,
  type SizeConfirmation,
} from '../options/expected-sizes.js';
import { cosineThreshold } from '../options/option-values.js';
import { describeFinding, describeSummary } from '../text/describe-dataset.js';
import { describeDiagnosis } from '../text/describe-diagnosis.js';

interface CheckFlags {
  readonly expect?: ExpectedSizes;
  readonly nearDuplicates?: number;
  readonly probe?: boolean;
  readonly json?: boolean;
}

/** `balanced-rec check DIR` */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('validate and measure a dataset; report problems and warnings with file and line')
    .argument('<dir>', 'a dataset folder (MMRec or LATTICE layout)')
    .option(
      '--expect <sizes>',
      'check sizes: users, items, interactions, train, validation, test, or the columns of a modality, such as users=19445,image=4096',
      expectedSizes('--expect'),
    )
    .option(
      '--near-duplicates <cosine>',
      'cosine at or above which two items count as near-duplicates (default: 0.999)',
      cosineThreshold('--near-duplicates'),
    )
    .option(
      '--probe',
      'measure how strong each modality is alone, however long it takes (default: only if it is quick)',
    )
    .option('--no-probe', 'skip that measurement')
    .option('--json', 'print JSON')
    .action(async (folder: string, { expect, json, ...options }: CheckFlags) => {
      const report = await checkDataset(folder, options);
      const sizes = expect && confirmSizes(expect, report.summary);
      process.stdout.write(`${json ? toJson(report, sizes) : describe(report, sizes)}\n`);
      if (!report.ok) throw hasProblems(report, folder);
      if (report.summary) requireEnoughItems(report.summary.itemCount, report.summary.name);
      if (sizes?.some(({ ok }) => !ok)) throw notAsExpected(sizes, report.summary, folder);
    });
}

function toJson(report: DatasetReport, sizes: readonly SizeConfirmation[] | undefined): string {
  const problems = report.problems.map(({ details }) => plainErrorDetails(details));
  return JSON.stringify({ ...report, problems, expected: sizes }, null, 2);
}

function describe(
  { problems, problemCount, summary, findings, diagnosis, itemNames }: DatasetReport,
  sizes: readonly SizeConfirmation[] = [],
): string {
  const lines = problems.map(({ code, message }) => `PROBLEM ${code}\n${message}`);
  if (problemCount > problems.length) lines.push(`and ${problemCount - problems.length} more problems`);
  if (summary) lines.push(...describeSummary(summary));
  if (diagnosis) lines.push(...describeDiagnosis(diagnosis, itemNames), '');
  lines.push(...findings.map(describeFinding));
  lines.push(...sizes.map(describeConfirmation));
  if (problemCount === 0 && !findings.some(({ code }) => code === 'items/too-few')) lines.push('no problems');
  return lines.join('\n');
}

function hasProblems({ problems, problemCount }: DatasetReport, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'dataset/has-problems',
    message: problemCount === 1 ? 'this dataset has a problem' : `this dataset has ${problemCount} problems`,
    place,
    expected: 'no problems',
    found: [...new Set(problems.map(({ code }) => code))].join(', '),
    remedy: 'fix the problems listed above',
  });
}
