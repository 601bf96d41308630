import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { SupportStage } from '../../domain/support-access/support-access.schema.ts';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';

const Lambda = z.looseObject({
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
});

type Variables = Readonly<Record<string, unknown>>;

/** Changes the environment of every function. */
const inEachEnvironment =
  (change: (variables: Variables) => Variables): TransformTemplate =>
  (template) => {
    const resources = Object.entries(template.Resources).map(([id, resource]) => {
      const { data } = Lambda.safeParse(resource.Properties);
      if (resource.Type !== 'AWS::Lambda::Function' || data === undefined) return [id, resource] as const;
      const Environment = { ...data.Environment, Variables: change(data.Environment.Variables) };
      return [id, { ...resource, Properties: { ...resource.Properties, Environment } }] as const;
    });
    return { ...template, Resources: Object.fromEntries(resources) };
  };

/** Makes every function preload a module, with additional environment variables. */
export const preloading = (
  module: string,
  environment: Readonly<Record<string, string>> = {},
): TransformTemplate =>
  inEachEnvironment((variables) => ({
    ...variables,
    NODE_OPTIONS: `--import=${pathToFileURL(module).href}`,
    ...environment,
  }));

/** Lets super admins enter organizations, as in a stage with that setting; older products don't have it. */
export const atSupportStage = (stage: SupportStage): TransformTemplate =>
  inEachEnvironment((variables) =>
    'SUPPORT_ACCESS' in variables ? { ...variables, SUPPORT_ACCESS: stage } : variables,
  );
