import { provisionEngine, removeEngine, type TensorFlowEngine } from '@balanced-rec/tfjs-kernels/provisioning';
import type { Command } from 'commander';

const descriptions: Readonly<Record<TensorFlowEngine, string>> = {
  native: "download TensorFlow's CPU library and build the 'native' engine on it",
  gpu: "download TensorFlow's and CUDA's libraries and build the 'gpu' engine on them",
};
const engines = Object.keys(descriptions) as TensorFlowEngine[];

/** `balanced-rec engine native|gpu|remove` */
export function addEngineCommand(program: Command): void {
  const command = program
    .command('engine')
    .description("install or remove the engines that need TensorFlow's own library");
  for (const engine of engines)
    command
      .command(engine)
      .description(descriptions[engine])
      .action(() => provisionEngine(engine, print));
  command
    .command('remove')
    .description('remove installed engines')
    .addArgument(program.createArgument('[engine]', 'default: both').choices(engines))
    .action(async (engine?: TensorFlowEngine) => {
      for (const each of engine ? [engine] : engines) {
        const bytes = await removeEngine(each);
        print(bytes > 0 ? `${each}: ${bytes} bytes freed` : `${each}: nothing to remove`);
      }
    });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
