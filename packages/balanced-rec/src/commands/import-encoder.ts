import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { EncoderDefinition, EncoderKind } from '@balanced-rec/features';
import { importPackage, notInstalled } from '@balanced-rec/models';
import { importPart } from './import-part.js';

/**
 * Finds the encoder of a kind by its `--encoder` name: `transformers`, or a package or file, with `#name` if it exports several.
 *
 * @throws BalancedRecError `encoder/not-installed`, `encoder/broken-package`, `encoder/unknown`, and what `chooseEncoder` throws
 */
export async function encoderNamed<Kind extends EncoderKind>(
  name: string,
  kind: Kind,
): Promise<EncoderDefinition<Kind>> {
  const { chooseEncoder, transformersImage, transformersText } = await importPart('features');
  const own = { text: transformersText, image: transformersImage };
  if (name === 'transformers') return own[kind] as unknown as EncoderDefinition<Kind>;
  const [specifier, wanted] = name.split(/#(?=[^#]*$)/) as [string, string?];
  const named = { kind: 'encoder', name, specifier, place: '--encoder' } as const;
  const exported = await importPackage(named);
  if (exported) return chooseEncoder(exported, kind, specifier, wanted);
  throw nearestName(name, ['transformers', 'none']) === undefined ? notInstalled(named) : unknown(name);
}

function unknown(name: string): BalancedRecError {
  return new BalancedRecError({
    code: 'encoder/unknown',
    message: `there is no encoder "${name}"`,
    place: '--encoder',
    expected: "transformers, none, or an encoder's package",
    found: name,
    remedy: `did you mean "${nearestName(name, ['transformers', 'none'])}"?`,
  });
}
