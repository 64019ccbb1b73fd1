import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { ComparisonFile } from '../comparison-file/read-comparison.js';
import type { PlannedCell } from '../plan/plan.js';
import { checkVariant, expandVariant, type VariantReference } from '../variants/load-variant.js';

/** The cells of a comparison on one dataset, with its shorthands written out. */
export async function cellsOf(
  { comparison, place }: ComparisonFile,
  dataset: Dataset,
  definitions: ReadonlyMap<string, BackboneDefinition>,
): Promise<PlannedCell[]> {
  const common = await namedVariants(comparison.variants, dataset, (v) => place(['variants', v]));
  const cells: PlannedCell[] = [];
  for (const [k, { name, package: from, set, variants: own }] of comparison.backbones.entries()) {
    const variants = own ? await namedVariants(own, dataset, (v) => place(['backbones', k, 'variants', v])) : common;
    const backbone = { name, package: from, config: definitions.get(name)!.parseConfig(set) };
    for (const named of variants) {
      const { floor } = named.variant;
      cells.push({ ...named, backbone: floor ? { name: floor.name, config: floor.parseConfig({}) } : backbone });
    }
  }
  return cells;
}

async function namedVariants(
  references: readonly VariantReference[],
  dataset: Dataset,
  place: (index: number) => string,
): Promise<Omit<PlannedCell, 'backbone'>[]> {
  const named: Omit<PlannedCell, 'backbone'>[] = [];
  for (const [v, { name, package: from }] of references.entries()) {
    for (const each of expandVariant(name, dataset.modalities)) {
      const variant = await checkVariant({ name: each, package: from }, dataset, place(v));
      named.push({ variant, variantPackage: from });
    }
  }
  return named;
}
