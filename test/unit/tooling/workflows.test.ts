import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const workflows = globSync('.github/workflows/*.yml').map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));

describe.each(workflows)('the workflow $path', ({ text }) => {
  it('runs actions of others as they were when somebody read them', () => {
    const used = [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, it = '']) => it);
    const floating = used.filter((it) => !/^(\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(it));
    expect(floating).toEqual([]);
  });

  it('has no right that it doesn’t name', () => {
    expect(text).toMatch(/^permissions:/m);
    expect(text).not.toMatch(/write-all|pull_request_target/);
  });

  it('puts nothing that somebody else writes into a command', () => {
    const commands = [...text.matchAll(/^\s*- run: (?:\|\n((?:\s{10,}.*\n)+)|(.+)$)/gm)].map(
      (it) => it[1] ?? it[2],
    );
    for (const command of commands) expect(command).not.toContain('${{');
  });

  it('calls scripts that exist', () => {
    for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([name]);
  });
});

it('no AWS key is in a workflow: roles are taken by a token of GitHub', () => {
  for (const { text } of workflows) expect(text).not.toMatch(/AWS_SECRET|AWS_ACCESS|aws-secret-access-key/i);
});
