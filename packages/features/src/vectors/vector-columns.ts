import { quote } from '@balanced-rec/datasets';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** The id and vector fields of a record. By default, found by their usual names. */
export interface VectorColumns {
  readonly idColumn?: string | undefined;
  readonly vectorColumn?: string | undefined;
}

const ID_NAMES = ['item_id', 'id'];
const VECTOR_NAMES = ['vector', 'embedding'];

/**
 * Finds the id and vector columns of a table.
 *
 * @throws BalancedRecError `vectors/unknown-column`
 */
export function vectorColumns(
  { idColumn, vectorColumn }: VectorColumns,
  names: readonly string[],
  place: string,
): { id: string; vector: string } {
  return {
    id: columnNamed(idColumn, ID_NAMES, names, place),
    vector: columnNamed(vectorColumn, VECTOR_NAMES, names, place),
  };
}

function columnNamed(
  name: string | undefined,
  usual: readonly string[],
  names: readonly string[],
  place: string,
): string {
  const candidates = name === undefined ? usual : [name];
  const found = candidates.find((candidate) => names.includes(candidate));
  if (found !== undefined) return found;
  const nearest = nearestName(candidates[0]!, names);
  throw new BalancedRecError({
    code: 'vectors/unknown-column',
    message: 'unknown column',
    place,
    expected: candidates.map((candidate) => JSON.stringify(candidate)).join(' or '),
    found: quote(names.slice(0, 30).join(', ')),
    remedy:
      nearest === undefined
        ? 'choose it with --id COLUMN or --vector-column COLUMN'
        : `did you mean ${quote(nearest)}?`,
  });
}
