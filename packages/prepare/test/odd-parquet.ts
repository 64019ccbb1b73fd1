/** SQL of values of every type that Parquet knows, made of a number `n`. */
const VALUES: readonly string[] = [
  'n',
  '-n::TINYINT',
  'n::UBIGINT + 18446744073709551000',
  'n::HUGEINT * 100000000000000000000',
  'n::DOUBLE',
  'n / 3',
  'n * 1e300',
  "CASE WHEN n = 1 THEN 'nan'::DOUBLE ELSE n END",
  'n::FLOAT + 16777216',
  'n::DECIMAL(9, 2)',
  'n::DECIMAL(38, 10)',
  'n % 2 = 0',
  "'p' || n",
  "CASE WHEN n > 0 THEN 'p' || n END",
  "('p' || n)::BLOB",
  "'\\xC3\\x28'::BLOB",
  "'a'::ENUM('a', 'b')",
  "DATE '2020-01-01' + n::INTEGER",
  "TIMESTAMP '2020-01-01 10:00:00' + to_hours(n)",
  "TIMESTAMPTZ '2020-01-01 10:00:00+02' + to_hours(n)",
  'make_timestamp_ns(1700000000000000000 + n)',
  "TIME '10:00:00' + to_minutes(n)",
  'to_days(n::INTEGER)',
  "'3f2504e0-4f89-11d3-9a0c-0305e82c330' || (n % 10)::VARCHAR",
  'uuid()',
  '[n, n + 1]',
  "['p' || n, NULL]",
  '[]::INTEGER[]',
  '[[n]]',
  'array_value(n, n + 1)',
  "{'id': n}",
  "{'id': {'$oid': 'a' || n}}",
  "[{'sku': 'p' || n}]",
  "MAP {'id': n}",
  "MAP {n: 'x'}",
  `('{"id": ' || n || '}')::JSON`,
  `('["p' || n || '"]')::JSON`,
  'NULL::INTEGER',
];

/** Queries of small logs: each type as each role, next to ordinary columns. */
export function oddQueries(): string[] {
  const rows = 'range(4) AS users(u), range(4) AS places(n)';
  return VALUES.flatMap((value, at) => {
    const other = VALUES[(at * 7 + 3) % VALUES.length]!;
    return [
      `SELECT ${value} AS user_id, 'i' || n AS item_id, ${other} AS rating FROM ${rows}`,
      `SELECT u AS user_id, ${value} AS item_id, ${other} AS timestamp FROM ${rows}`,
      `SELECT u AS user_id, n AS item_id, ${value} AS "rating", ${value} AS "timestamp", ${other} AS note FROM ${rows}`,
    ];
  });
}
