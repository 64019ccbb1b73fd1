import { distillationSchema, modulationSchema, protocolSchema } from '@balanced-rec/ckd-core';
import { searchSchema } from '@balanced-rec/eval';
import { Comment, type ProjectReflection, ReflectionKind } from 'typedoc';

interface Described {
  readonly shape: Readonly<Record<string, { readonly description?: string | undefined }>>;
}

/** The schemas that the exported types of options are made from. */
const schemas: Readonly<Record<string, Described>> = {
  Protocol: protocolSchema,
  DistillationOverrides: distillationSchema,
  ModulationOverrides: modulationSchema,
  Search: searchSchema,
};

/** Gives the properties of options the descriptions in their schemas, which TypeDoc does not see. */
export function describeOptions(project: ProjectReflection): void {
  for (const alias of project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
    const schema = schemas[alias.name];
    if (!schema || !alias.isDeclaration()) continue;
    for (const property of alias.children ?? []) {
      const description = schema.shape[property.name]?.description;
      if (description) property.comment ??= new Comment([{ kind: 'text', text: description }]);
    }
  }
}
