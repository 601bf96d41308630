import { start } from './start.ts';

// A stand-in of its own, to be killed from outside. Says where it is once it is up.
const stateDirectory = process.argv[2];
if (stateDirectory === undefined) throw new Error('Which state directory?');
const { origin } = await start({ stateDirectory });
process.stdout.write(`${origin}\n`);
