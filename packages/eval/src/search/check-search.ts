import {
  type BackboneDefinition,
  type ConfigPath,
  distillationSchema,
  modulationSchema,
  parseConfig,
  protocolSchema,
} from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { checkConfig } from '../comparison-file/check-comparison.js';
import type { Candidates, Space } from '../comparison-file/comparison-schema.js';
import type { ComparisonFile } from '../comparison-file/read-comparison.js';

/**
 * Checks a search before anything is trained: every candidate and both ends of every range must be valid values of the hyperparameter.
 * @throws BalancedRecError `config/invalid` with the line, `search/range-in-grid`, `search/no-space`
 */
export function checkSearch(file: ComparisonFile, definitions: ReadonlyMap<string, BackboneDefinition>): void {
  const { comparison, place } = file;
  const { search } = comparison;
  if (!search) return;
  const { backbone: common, protocol, distillation, modulation } = search.space;
  const check = (space: Space, path: ConfigPath, parse: (value: Readonly<Record<string, unknown>>) => void) => {
    for (const [name, candidates] of Object.entries(space)) {
      if (search.method === 'grid' && !Array.isArray(candidates)) throw rangeInGrid(place([...path, name]), candidates);
      for (const value of extremes(candidates)) parse({ [name]: value });
    }
  };
  const at = (section: string): ConfigPath => ['search', 'space', section];
  const within = (path: ConfigPath) => (inner: ConfigPath) => place([...path, ...inner]);
  for (const [k, { name, set, search: own }] of comparison.backbones.entries()) {
    const path = own ? ['backbones', k, 'search'] : at('backbone');
    const definition = definitions.get(name)!;
    check(own ?? common, path, (value) => checkConfig(definition, { ...set, ...value }, within(path)));
  }
  const schemas = { protocol: protocolSchema, distillation: distillationSchema, modulation: modulationSchema };
  for (const [section, space] of Object.entries({ protocol, distillation, modulation })) {
    const schema = schemas[section as keyof typeof schemas].partial();
    check(space, at(section), (value) => parseConfig(schema, value, within(at(section))));
  }
  const spaces = [common, protocol, distillation, modulation, ...comparison.backbones.map((own) => own.search ?? {})];
  if (spaces.every((space) => Object.keys(space).length === 0)) throw noSpace(place(['search']));
}

function extremes(candidates: Candidates): readonly unknown[] {
  return Array.isArray(candidates) ? candidates : Object.values(candidates).flat();
}

function rangeInGrid(place: string, candidates: Candidates): BalancedRecError {
  return new BalancedRecError({
    code: 'search/range-in-grid',
    message: 'a grid needs lists: a range has infinitely many values',
    place,
    expected: 'a list of values',
    found: JSON.stringify(candidates),
    remedy: 'list the values to try, or search with "method: random"',
  });
}

function noSpace(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'search/no-space',
    message: 'the search has nothing to choose',
    place,
    expected: 'hyperparameters under space: backbone, protocol, distillation or modulation',
    found: 'none',
    remedy: 'name some with their candidates, or remove the search',
  });
}
