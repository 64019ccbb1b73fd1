import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { EncoderDefinition, EncoderKind } from './encoder.js';

/**
 * The encoder of a kind among the exports of a package.
 *
 * @param name settles it where there are several
 * @throws BalancedRecError `encoder/no-definition`, `encoder/several`
 */
export function chooseEncoder<Kind extends EncoderKind>(
  exported: Readonly<Record<string, unknown>>,
  kind: Kind,
  specifier: string,
  name?: string,
): EncoderDefinition<Kind> {
  const all = [...new Set(Object.values(exported).filter(isDefinition))];
  const ofKind = all.filter((one) => one.kind === kind);
  const fitting = name === undefined ? ofKind : ofKind.filter((one) => one.name === name);
  if (fitting.length === 1) return fitting[0] as EncoderDefinition<Kind>;
  const names = ofKind.map((one) => one.name);
  const nearest = name === undefined ? undefined : nearestName(name, names);
  throw new BalancedRecError({
    code: fitting.length > 1 ? 'encoder/several' : 'encoder/no-definition',
    message:
      fitting.length > 1
        ? `the package ${specifier} exports several encoders of ${kind}`
        : `the package ${specifier} exports no such encoder`,
    place: '--encoder',
    expected: `one export { name, kind: '${kind}', create(settings) }${name === undefined ? '' : ` named "${name}"`}`,
    found: all.map((one) => `${one.name} (${one.kind})`).join(', ') || 'none among its exports',
    remedy: remedyFor(specifier, names, nearest),
  });
}

function remedyFor(specifier: string, names: readonly string[], nearest: string | undefined): string {
  if (nearest !== undefined) return `did you mean ${specifier}#${nearest}?`;
  return names.length > 0 ? `name it: ${specifier}#${names[0]}` : 'make it with defineEncoder(), and export it';
}

function isDefinition(value: unknown): value is EncoderDefinition {
  const candidate = value as Partial<EncoderDefinition> | null;
  return (
    typeof candidate?.create === 'function' &&
    typeof candidate.name === 'string' &&
    (candidate.kind === 'text' || candidate.kind === 'image')
  );
}
