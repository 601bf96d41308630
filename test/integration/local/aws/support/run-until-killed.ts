import { start } from './start.ts';

// A run of its own, to be killed from outside. Says where its engine is once it is up.
const stateDirectory = process.argv[2];
if (stateDirectory === undefined) throw new Error('Which state directory?');
const aws = await start({ stateDirectory });
process.stdout.write(`${aws.engineEndpoint}\n`);
