import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconWebhook from '@tabler/icons-react/icons/IconWebhook';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import {
  type CreatedWebhook,
  NewWebhook,
  type Webhook,
  WebhookKind,
} from '../../../domain/webhook/webhook.schema.ts';
import { outgoingWebhookRoutes } from '../../../functions/http/outgoing-webhook/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { type Form, useSendForm } from '../../components/form/send-form.ts';
import { Time } from '../../components/labels.tsx';
import { NewButton, Page } from '../../components/page.tsx';
import { paging } from '../../components/query-view.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import {
  BucketFields,
  BucketMade,
  bucketField,
  bucketOf,
  bucketValues,
  TypedPolicies,
} from './bucket-fields.tsx';
import { webhooksKey } from './queries.ts';

const keyOf = ({ id }: Webhook) => id;
const hrefOf = ({ organizationId, id }: Webhook) => `/organizations/${organizationId}/webhooks/${id}`;

/** An organization's webhooks, for its admins. */
export function WebhooksPage() {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const { id: organizationId } = useOrganization();
  const [creating, { open, close }] = useDisclosure(false);
  const may = useMay(organizationId);
  const query = useInfiniteQuery({
    ...paging,
    queryKey: webhooksKey(organizationId),
    queryFn: async ({ signal }) => {
      const { items } = await api(outgoingWebhookRoutes.listWebhooks, { params: { organizationId }, signal });
      return { items, nextCursor: null };
    },
  });
  const columns = useWebhookColumns();
  return (
    <Page title={texts.title} description={texts.about}>
      <ListTable
        name="webhooks"
        label={texts.title}
        columns={columns}
        query={query}
        keyOf={keyOf}
        hrefOf={hrefOf}
        actions={may('create', 'Webhook') && <NewButton title={texts.newOne} onClick={open} />}
        empty={
          <Empty title={texts.none} icon={IconWebhook}>
            {texts.noneText}
          </Empty>
        }
      />
      {creating && <NewWebhookDialog organizationId={organizationId} onClose={close} />}
    </Page>
  );
}

/** A webhook's status. */
export function WebhookStatus({ one: { status, pausedBecause } }: { readonly one: Webhook }) {
  const { webhooks: texts } = useTexts();
  const tone = status === 'active' ? 'good' : pausedBecause === undefined ? 'neutral' : 'bad';
  return <StatusBadge tone={tone}>{texts.statuses[status]}</StatusBadge>;
}

function useWebhookColumns(): readonly Column<Webhook>[] {
  const { webhooks: texts } = useTexts();
  return useMemo(
    () => [
      {
        id: 'name',
        title: texts.name,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'status',
        title: texts.status,
        width: 120,
        cell: (one) => <WebhookStatus one={one} />,
        text: ({ status }) => texts.statuses[status],
        sort: ({ status }) => status,
        phone: 'fact',
      },
      {
        id: 'kind',
        title: texts.kind,
        width: 170,
        cell: ({ kind }) => texts.kinds[kind],
        text: ({ kind }) => texts.kinds[kind],
        phone: 'hidden',
      },
      { id: 'url', title: texts.url, cell: ({ url }) => url, text: ({ url }) => url, phone: 'hidden' },
      {
        id: 'lastDelivered',
        title: texts.lastDelivered,
        width: 140,
        cell: ({ lastDeliveredAt }) =>
          lastDeliveredAt === undefined ? texts.never : <Time at={lastDeliveredAt} />,
        text: ({ lastDeliveredAt }) => lastDeliveredAt ?? texts.never,
        sort: ({ lastDeliveredAt }) => lastDeliveredAt,
        phone: 'fact',
      },
    ],
    [texts],
  );
}

const fields = z.object({
  name: z.string(),
  url: z.string(),
  kind: z.string(),
  events: z.string(),
  from: z.string(),
  ...bucketValues,
});
type Values = z.infer<typeof fields>;

const WebhookForm = z.pipe(
  z.pipe(
    fields,
    z.transform(({ name, url, events, kind, from, ...bucket }): unknown => ({
      name,
      kind,
      ...(kind === 'events' ? { events: events.split(/[\s,]+/).filter((one) => one !== '') } : { from }),
      ...(kind === 'bucket' ? { bucket: bucketOf(bucket) } : { url }),
    })),
  ),
  NewWebhook,
);

const initialValues: Values = {
  ...{ name: '', url: '', kind: 'events', events: '*', from: 'now' },
  ...{ bucketName: '', region: '', prefix: '', roleArn: '' },
};

interface DialogProps {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

function NewWebhookDialog({ organizationId, onClose }: DialogProps) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const queries = useQueryClient();
  const { form, sending, sent } = useSendForm({
    initialValues,
    check: checkedBy(WebhookForm),
    fieldOf: (path) => bucketField(path) ?? path.split('.')[0] ?? path,
    send: (values, key) =>
      api(outgoingWebhookRoutes.createWebhook, {
        params: { organizationId },
        body: WebhookForm.parse(values),
        key,
      }),
    onSent: () => queries.invalidateQueries({ queryKey: webhooksKey(organizationId) }),
  });
  if (sent?.kind === 'bucket') return <BucketMade made={sent} onClose={onClose} />;
  if (sent !== undefined) return <Secret of={sent} onClose={onClose} />;
  return (
    <FormDialog title={texts.newOne} size="lg" action={texts.create} sending={sending} onClose={onClose}>
      <WebhookFields form={form} />
    </FormDialog>
  );
}

interface SecretProps {
  readonly of: Pick<CreatedWebhook, 'name' | 'secret'>;
  readonly onClose: () => void;
}

/** A signing secret, shown once. */
export function Secret({ of: { name, secret }, onClose }: SecretProps) {
  const { webhooks: texts } = useTexts();
  return (
    <ShownOnce
      title={texts.madeTitle(name)}
      text={secret === undefined ? texts.lostText : texts.madeText}
      secret={secret}
      what={texts.theSecret}
      done={texts.done}
      onClose={onClose}
    />
  );
}

function WebhookFields({ form }: { readonly form: Form<Values> }) {
  const { webhooks: texts } = useTexts();
  return (
    <>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Radio.Group label={texts.kind} {...form.getInputProps('kind')}>
        <Stack gap="xs" mt={4}>
          {WebhookKind.options.map((kind) => (
            <Radio key={kind} value={kind} label={texts.kinds[kind]} description={texts.kindHints[kind]} />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.kind === 'bucket' ? (
        <BucketFields inputOf={(field) => form.getInputProps(field)} />
      ) : (
        <TextInput
          label={texts.url}
          description={texts.urlHint}
          type="url"
          required
          {...form.getInputProps('url')}
        />
      )}
      {form.values.kind === 'events' ? (
        <TextInput
          label={texts.events}
          description={texts.eventsHint}
          required
          {...form.getInputProps('events')}
        />
      ) : (
        <NativeSelect
          label={texts.from}
          data={(['now', 'start'] as const).map((value) => ({ value, label: texts.fromOptions[value] }))}
          {...form.getInputProps('from')}
        />
      )}
      {form.values.kind === 'bucket' && <TypedPolicies values={form.values} />}
    </>
  );
}
