import { relative } from 'node:path';
import {
  Application,
  Comment,
  Converter,
  LogLevel,
  type ProjectReflection,
  ReflectionKind,
  type TypeDocOptions,
} from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { describeOptions } from './describe-options.js';
import { entryPoints } from './entry-points.js';
import { apiFolder, root, site } from './root.js';

/** Kinds that require a doc comment. Properties do not, because their names often say enough. */
const documented = ['Class', 'Interface', 'TypeAlias', 'Enum', 'Function', 'Variable', 'Method', 'Accessor'] as const;

const options: Partial<TypeDocOptions & PluginOptions> & Record<string, unknown> = {
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  tsconfig: `${site}/tsconfig.api.json`,
  basePath: root,
  name: 'API reference',
  readme: 'none',
  logLevel: LogLevel.Warn,
  // `test:types` checks the sources.
  skipErrorChecking: true,
  disableSources: true,
  excludeInternal: true,
  excludeExternals: true,
  excludePrivate: true,
  requiredToBeDocumented: [...documented],
  out: apiFolder,
  docsRoot: `${site}/generated`,
  excludeScopesInPaths: true,
  useCodeBlocks: true,
  expandObjects: true,
  expandParameters: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  indexFormat: 'table',
};

/**
 * Writes a Markdown page for every export of every published package, and `typedoc-sidebar.json`.
 * @throws Error if TypeDoc reports any fault: an export without a doc comment, a type in a signature that cannot be imported, or a
 *   broken link
 */
export async function buildApi(): Promise<void> {
  const entries = entryPoints();
  const app = await Application.bootstrapWithPlugins({ ...options, entryPoints: entries.map(({ file }) => file) });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => nameModules(project));
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => describeOptions(project));
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc could not convert the sources; see its messages above');
  validate(app, project);
  await app.generateOutputs(project);
  const { warningCount, errorCount } = app.logger;
  if (warningCount + errorCount > 0) throw new Error(`TypeDoc found ${warningCount + errorCount} faults, listed above`);
}

/** Names each module after its import specifier, and describes it with its package's description. */
function nameModules(project: ProjectReflection): void {
  const named = new Map(
    entryPoints().map((entry) => [relative(root, entry.file).replace(/^packages\/|(?:\/index)?\.ts$/g, ''), entry]),
  );
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const entry = named.get(module.name.replace(/^packages\//, ''));
    if (!entry) throw new Error(`no entry point is named ${module.name}`);
    module.name = entry.specifier;
    module.comment = new Comment([{ kind: 'text', text: entry.description }]);
  }
}

/** TypeDoc only checks comments and exports in the project's own package, so each package takes that role in turn. */
function validate(app: Application, project: ProjectReflection): void {
  app.options.setValue('validation', { notExported: true, notDocumented: true, invalidLink: false });
  for (const name of new Set(entryPoints().map(({ packageName }) => packageName))) {
    project.packageName = name;
    app.validate(project);
  }
  app.options.setValue('validation', { notExported: false, notDocumented: false, invalidLink: true });
  app.validate(project);
}
