import { start } from './start.ts';

// A separate run, to be killed from outside. Prints the engine's URL once it is up.
const stateDirectory = process.argv[2];
if (stateDirectory === undefined) throw new Error('Which state directory?');
const aws = await start({ stateDirectory });
process.stdout.write(`${aws.engineEndpoint}\n`);
