import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';

const Lambda = z.looseObject({
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
});

/** Has every function preload a module, with more in its environment. */
export const preloading =
  (module: string, environment: Readonly<Record<string, string>> = {}): TransformTemplate =>
  (template) => {
    const more = { NODE_OPTIONS: `--import=${pathToFileURL(module).href}`, ...environment };
    const resources = Object.entries(template.Resources).map(([id, resource]) => {
      const { data } = Lambda.safeParse(resource.Properties);
      if (resource.Type !== 'AWS::Lambda::Function' || data === undefined) return [id, resource] as const;
      const Environment = { ...data.Environment, Variables: { ...data.Environment.Variables, ...more } };
      return [id, { ...resource, Properties: { ...resource.Properties, Environment } }] as const;
    });
    return { ...template, Resources: Object.fromEntries(resources) };
  };
