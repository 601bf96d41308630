import { readFileSync } from 'node:fs';
import type * as z from 'zod';

/**
 * A JSON example of docs/deploy.md, by the word after its language, so that tests run what the guide shows.
 */
export const deployGuideExample = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): z.output<Schema> => {
  const guide = readFileSync('docs/deploy.md', 'utf8');
  const block = new RegExp(`\`\`\`json ${name}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  return schema.parse(JSON.parse(block ?? 'null'));
};
