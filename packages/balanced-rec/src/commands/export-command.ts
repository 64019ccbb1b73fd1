import { EXPORT_FORMATS, exportModel } from '@balanced-rec/models';
import type { Command } from 'commander';
import { commaSeparated, oneOf, positiveInteger } from '../options/option-values.js';
import { type ModelFlags, openNamedModel, withModelOptions } from './model-options.js';

interface ExportFlags extends ModelFlags {
  readonly out: string;
  readonly format: string;
  readonly k: number;
  readonly overwrite?: boolean;
}

const names = EXPORT_FORMATS.map(({ name }) => name);

/** `balanced-rec export MODEL --data DIR --out DIR` */
export function addExportCommand(program: Command): void {
  withModelOptions(
    program
      .command('export')
      .description("write a saved model's embeddings, whose dot products are the scores, and each user's list"),
  )
    .requiredOption('-o, --out <dir>', 'output folder')
    .option('--format <names>', `comma-separated: ${names.join(', ')}`, 'npy,parquet,safetensors')
    .option('-k, --k <n>', "items in each user's list", positiveInteger('--k'), 20)
    .option('--overwrite', 'replace the contents of the output folder')
    .action(async (folder: string, flags: ExportFlags) => {
      const chosen = commaSeparated('--format')(flags.format).map(oneOf('--format', names));
      const formats = EXPORT_FORMATS.filter(({ name }) => chosen.includes(name));
      const model = await openNamedModel(folder, flags);
      await exportModel(model, flags.out, { k: flags.k, formats, overwrite: flags.overwrite });
      const { userCount, itemCount, dimension } = model.recommender;
      model.recommender.dispose();
      process.stdout.write(`${userCount} users, ${itemCount} items, ${dimension} dimensions: ${flags.out}\n`);
    });
}
