import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { buildApp } from '../../infra/build-app.ts';
import { deployGuideExample } from './deploy-guide.ts';

const StageExample = z.object({ prod: z.record(z.string(), z.unknown()) });

type StackPart = 'data' | 'service' | 'monitoring' | 'edge' | 'web' | 'backup' | 'copies' | 'pipeline';

/** A stage of the app in a temporary directory, with a web app of two files. */
export interface BuiltStage {
  readonly app: App;
  /** The cloud assembly. */
  readonly directory: string;
  stack(part: StackPart): Stack;
  /** Synthesizes once; throws the validation's findings. */
  template(part: StackPart): Template;
  discard(): void;
}

/**
 * Builds stage `local` of cdk.json, or the stage `prod` of docs/deploy.md, with some settings changed, and
 * with credentials of an account or none. Functions have placeholder code: bundles are tested separately.
 */
export const buildStage = (
  stage: 'local' | 'prod',
  changes: Readonly<Record<string, unknown>> = {},
  account = '',
): BuiltStage => {
  const directory = mkdtempSync(join(tmpdir(), 'mtcms-infra-'));
  const webDirectory = join(directory, 'web');
  mkdirSync(join(webDirectory, 'assets'), { recursive: true });
  writeFileSync(join(webDirectory, 'index.html'), '<!doctype html><title>Test</title>');
  writeFileSync(join(webDirectory, 'assets/app-0a1b2c3d.js'), 'console.log("test");');
  const prod = { ...deployGuideExample('stage', StageExample).prod, ...changes };
  const app = buildApp({
    stage,
    webDirectory,
    account,
    outputDirectory: join(directory, 'cdk.out'),
    context: { 'aws:cdk:bundling-stacks': [], ...(stage === 'prod' && { stages: { prod } }) },
  });
  const stack = (part: string) => Stack.of(app.node.findChild(`mtcms-${stage}-${part}`));
  return {
    app,
    directory: join(directory, 'cdk.out'),
    stack,
    template: (part) => Template.fromStack(stack(part)),
    discard: () => rmSync(directory, { recursive: true, force: true }),
  };
};

const Resource = z.object({
  Properties: z.record(z.string(), z.unknown()),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

/** All resources of a type; at least one, so that no assertion is vacuous. */
export const resourcesOf = (template: Template, type: string): z.output<typeof Resource>[] => {
  const found = Object.values(template.findResources(type)).map((resource) => Resource.parse(resource));
  if (found.length === 0) throw new Error(`The template has no ${type}`);
  return found;
};
