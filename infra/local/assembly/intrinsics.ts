import * as z from 'zod';
import { LocalProblem } from '../aws/problem.ts';
import { attributeOf, pseudoParameter } from './physical-names.ts';
import type { CloudFormationTemplate, PlacedResource } from './template.ts';

/** Resolves a value of a template of the named stack: an intrinsic function anywhere in it becomes what it stands for. */
export type Resolve = (value: unknown, stack: string) => unknown;

const pair = z.tuple([z.string(), z.string()]);
const join = z.tuple([z.string(), z.array(z.unknown())]);
const select = z.tuple([z.coerce.number().int(), z.unknown()]);

/**
 * The intrinsic functions that the template uses, and no more.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * @throws LocalProblem for any other, and for a reference to what isn't there.
 */
export function resolver(
  templates: ReadonlyMap<string, CloudFormationTemplate>,
  resources: readonly PlacedResource[],
): Resolve {
  const placed = new Map(resources.map((resource) => [`${resource.stack}/${resource.logicalId}`, resource]));
  const exported = new Map(
    [...templates].flatMap(([stack, { Outputs }]) =>
      Object.values(Outputs).flatMap(({ Value, Export }) =>
        Export === undefined ? [] : [[Export.Name, { stack, value: Value }] as const],
      ),
    ),
  );

  const attribute = (stack: string, logicalId: string, name: string): string => {
    const resource = placed.get(`${stack}/${logicalId}`);
    if (resource === undefined) throw new LocalProblem(`${stack} refers to ${logicalId}, which isn't there.`);
    return attributeOf(resource, name);
  };
  const reference = (stack: string, name: string) => pseudoParameter(name) ?? attribute(stack, name, 'Ref');

  const functions: Readonly<Record<string, (argument: unknown, stack: string) => unknown>> = {
    Ref: (argument, stack) => reference(stack, z.string().parse(argument)),
    'Fn::GetAtt': (argument, stack) => {
      const [logicalId, name] = pair.parse(argument);
      return attribute(stack, logicalId, name);
    },
    'Fn::Join': (argument, stack) => {
      const [separator, parts] = join.parse(argument);
      return z.array(z.string()).parse(resolve(parts, stack)).join(separator);
    },
    'Fn::Sub': (argument, stack) =>
      z
        .string()
        .parse(argument)
        .replaceAll(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, name: string, attributeName?: string) =>
          attributeName === undefined ? reference(stack, name) : attribute(stack, name, attributeName),
        ),
    'Fn::Select': (argument, stack) => {
      const [index, list] = select.parse(argument);
      return z.array(z.unknown()).parse(resolve(list, stack))[index];
    },
    'Fn::Split': (argument, stack) => {
      const [separator, value] = z.tuple([z.string(), z.unknown()]).parse(argument);
      return z.string().parse(resolve(value, stack)).split(separator);
    },
    'Fn::ImportValue': (argument) => {
      const source = exported.get(z.string().parse(argument));
      if (source === undefined) throw new LocalProblem(`No stack exports ${String(argument)}.`);
      return resolve(source.value, source.stack);
    },
  };

  const resolve: Resolve = (value, stack) => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, stack));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined) {
      const [name, argument] = first;
      const run = functions[name];
      if (run !== undefined) return run(argument, stack);
      if (name.startsWith('Fn::'))
        throw new LocalProblem(`The local run doesn't know ${name}. Teach it in infra/local/assembly.`);
    }
    return Object.fromEntries(entries.map(([name, item]) => [name, resolve(item, stack)]));
  };
  return resolve;
}
