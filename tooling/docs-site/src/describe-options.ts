import { distillationSchema, modulationSchema, protocolSchema } from '@balanced-rec/ckd-core';
import { searchSchema } from '@balanced-rec/eval';
import { Comment, type ProjectReflection, ReflectionKind } from 'typedoc';

interface Described {
  readonly shape: Readonly<Record<string, { readonly description?: string | undefined }>>;
}

/** The schemas that the exported types of options are made from. */
const schemas: Readonly<Record<string, Described>> = {
  Protocol: protocolSchema,
  DistillationOptions: distillationSchema,
  DistillationOverrides: distillationSchema,
  ModulationOverrides: modulationSchema,
  Search: searchSchema,
};

/** Gives the properties of options the descriptions in their schemas, which TypeDoc does not see. */
export function describeOptions(project: ProjectReflection): void {
  for (const { name, type } of project
    .getReflectionsByKind(ReflectionKind.TypeAlias)
    .filter((one) => one.isDeclaration())) {
    const schema = schemas[name];
    if (!schema || type?.type !== 'reflection') continue;
    for (const property of type.declaration.children ?? []) {
      const description = schema.shape[property.name]?.description;
      if (description) property.comment ??= new Comment([{ kind: 'text', text: description }]);
    }
  }
}
