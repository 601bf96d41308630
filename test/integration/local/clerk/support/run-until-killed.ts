import { start } from './start.ts';

// A separate stand-in, to be killed from outside. Prints its URL once it is up.
const stateDirectory = process.argv[2];
if (stateDirectory === undefined) throw new Error('Which state directory?');
const { origin } = await start({ stateDirectory });
process.stdout.write(`${origin}\n`);
