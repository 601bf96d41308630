import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const cdk = 'node_modules/aws-cdk/bin/cdk';
const commands = [...readFileSync('docs/deploy.md', 'utf8').matchAll(/npx cdk ([a-z]+)((?: [^`\n]+)?)/g)];

const helps = new Map<string, string>();

/** The CDK's output for a command. */
function helpOf(verb: string): string {
  const help = helps.get(verb) ?? execFileSync(process.execPath, [cdk, verb, '--help'], { encoding: 'utf8' });
  helps.set(verb, help);
  return help;
}

describe('the deploy guide', () => {
  it.each(commands.map(([command, verb = '', rest = '']) => ({ command, verb, rest })))(
    'names flags that the CDK has: $command',
    ({ verb, rest }) => {
      for (const [flag] of rest.matchAll(/(?<= )--?[a-z][a-z-]*/g))
        expect(helpOf(verb)).toMatch(new RegExp(`(^|[ ,])${flag}\\b`, 'm'));
    },
  );

  it('builds and synthesizes on the pinned Node, whatever node is on the PATH', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'mtcms-path-'));
    symlinkSync('/bin/false', join(elsewhere, 'node'));
    const { app, build } = z
      .object({ app: z.string(), build: z.string() })
      .parse(JSON.parse(readFileSync('cdk.json', 'utf8')));
    for (const command of [app, build]) {
      const [node = ''] = command.split(' ');
      const env = { ...process.env, PATH: `${elsewhere}:/usr/bin:/bin` };
      expect(execFileSync('/bin/sh', ['-c', `${node} --version`], { encoding: 'utf8', env })).toMatch(
        /^v24\./,
      );
    }
    rmSync(elsewhere, { recursive: true });
  });
});
