import * as z from 'zod';

/** One resource of a template, its properties not yet resolved. */
const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

/** The parts of a CloudFormation template that the runner reads. */
export const template = z.looseObject({
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }),
    )
    .default({}),
});
export type CloudFormationTemplate = z.infer<typeof template>;

/** A resource where it stands: names and ids that CloudFormation would make follow from the two. */
export interface PlacedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
