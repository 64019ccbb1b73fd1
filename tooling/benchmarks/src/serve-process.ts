import { Ids, RandomStreams, Recommender } from '@balanced-rec/ckd-core';
import { startService } from '@balanced-rec/serve';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';

/** The sizes of a model with random tables. Recommending costs the same as with a trained model. */
export interface ServedTables {
  readonly users: number;
  readonly items: number;
  readonly dimension: number;
  readonly engine: EngineName | 'auto';
}

/** Items each user has already seen. */
const SEEN = 8;

const { users, items, dimension, engine }: ServedTables = JSON.parse(process.argv[2]!);
await loadEngine(engine);
const random = new RandomStreams(1).stream('tables');
const draw = (rows: number) => Float32Array.from({ length: rows * dimension }, () => random.normal());
const train = {
  offsets: Int32Array.from({ length: users + 1 }, (_, user) => SEEN * user),
  items: Int32Array.from({ length: users * SEEN }, () => random.below(items)),
};
const recommender = new Recommender({ tables: { dimension, users: draw(users), items: draw(items) }, train });
const service = await startService(
  { recommender, users: Ids.numbers(users), items: Ids.numbers(items), about: {} },
  { port: 0, logLevel: 'warn' },
);
process.once('SIGTERM', () => {
  void service.stop().then(() => process.exit(0));
});
process.send!(service.url);
