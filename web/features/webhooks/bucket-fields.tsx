import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type CreatedWebhook, LogBucket, type LogSender } from '../../../domain/webhook/webhook.schema.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { logSenderQuery } from './queries.ts';

/** The form's values for a bucket. */
export const bucketValues = {
  bucketName: z.string(),
  region: z.string(),
  prefix: z.string(),
  roleArn: z.string(),
};
type BucketValues = Readonly<Record<keyof typeof bucketValues, string>>;

const trimmed = (folder: string): string => folder.trim().replace(/^\/+|\/+$/g, '');

export const bucketOf = ({ bucketName, region, prefix, roleArn }: BucketValues) => ({
  name: bucketName.trim(),
  region: region.trim(),
  prefix: trimmed(prefix),
  roleArn: roleArn.trim(),
});

/** The input that a wrong field of the API belongs to, if it is a bucket's. */
export function bucketField(path: string): string | undefined {
  const [, field] = /^bucket\.(\w+)$/.exec(path) ?? [];
  return field === 'name' ? 'bucketName' : field;
}

const hints = {
  bucketName: ['bucket', 'bucketHint'],
  region: ['region', 'regionHint'],
  prefix: ['prefix', 'prefixHint'],
  roleArn: ['roleArn', 'roleArnHint'],
} as const;

interface FieldsProps {
  readonly inputOf: (field: keyof BucketValues) => object;
}

/** The inputs for a bucket. */
export function BucketFields({ inputOf }: FieldsProps) {
  const { webhooks: texts } = useTexts();
  return (['bucketName', 'region', 'prefix', 'roleArn'] as const).map((field) => (
    <TextInput
      key={field}
      label={texts[hints[field][0]]}
      description={texts[hints[field][1]]}
      required={field !== 'prefix'}
      {...inputOf(field)}
    />
  ));
}

interface MadeProps {
  readonly made: Pick<CreatedWebhook, 'name' | 'bucket'>;
  readonly onClose: () => void;
}

/** The policies for the bucket being entered, or for an example while it isn't valid. */
export const TypedPolicies = ({ values }: { readonly values: BucketValues }) => (
  <Policies bucket={LogBucket.safeParse(bucketOf(values)).data} />
);

/** The two policies of a bucket's role, with example values for a bucket that isn't entered yet. */
function policiesOf(sender: LogSender, { name, prefix }: Pick<LogBucket, 'name' | 'prefix'>) {
  const policy = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: statement }, null, 2);
  const folder = `arn:aws:s3:::${name}/${prefix === '' ? '' : `${prefix}/`}${sender.externalId}`;
  return {
    trustPolicy: policy({
      Effect: 'Allow',
      Principal: { AWS: sender.roleArn },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': sender.externalId } },
    }),
    writePolicy: policy([
      { Effect: 'Allow', Action: 's3:PutObject', Resource: `${folder}/*` },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${folder}/test.json` },
    ]),
  } as const;
}

const example = { name: 'acme-audit-log', prefix: '' };

function Policies({
  bucket = example,
}: {
  readonly bucket?: Pick<LogBucket, 'name' | 'prefix'> | undefined;
}) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const query = useQuery(logSenderQuery(api, useOrganization().id));
  return (
    <QueryView query={query} rows={3}>
      {(sender) => {
        if (sender === null) return null;
        const policies = policiesOf(sender, bucket);
        return (
          <Stack gap="xs">
            <Text size="sm">{texts.policiesText}</Text>
            {(['trustPolicy', 'writePolicy'] as const).map((which) => (
              <Stack key={which} gap={2}>
                <Group gap="xs" justify="space-between">
                  <Text size="sm" fw={500}>
                    {texts[which]}
                  </Text>
                  <CopyButton value={policies[which]} what={texts[which]} />
                </Group>
                <Code
                  block
                  fz="xs"
                  style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
                  role="group"
                  aria-label={texts[which]}
                >
                  {policies[which]}
                </Code>
              </Stack>
            ))}
          </Stack>
        );
      }}
    </QueryView>
  );
}

/** The steps in AWS, once a bucket is entered. */
export function BucketMade({ made: { name, bucket }, onClose }: MadeProps) {
  const { common } = useTexts();
  return (
    <Dialog title={name} size="lg" onClose={onClose}>
      <Stack gap="md">
        <Policies bucket={bucket} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{common.close}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The same steps, next to the bucket's deliveries. */
export function BucketPolicies({ bucket }: { readonly bucket: LogBucket }) {
  const { webhooks: texts } = useTexts();
  return (
    <Section id="webhook-policies" title={texts.policies}>
      <Policies bucket={bucket} />
    </Section>
  );
}
