import type { BlobStore } from '@balanced-rec/queue';

/** The mark of a comparison in its store, by which workers can tell that theirs is the same. */
export function comparisonBlob(store: BlobStore, id: string) {
  const name = `comparisons/${id}`;
  return {
    put: () => store.put(name, Buffer.from(id)),
    isThere: async () => (await store.get(name)) !== undefined,
    remove: () => store.remove(name),
  };
}
