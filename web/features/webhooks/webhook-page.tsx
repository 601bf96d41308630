import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import {
  type Attempt,
  type Webhook,
  type WebhookDelivery,
  WebhookId,
} from '../../../domain/webhook/webhook.schema.ts';
import { outgoingWebhookRoutes } from '../../../functions/http/outgoing-webhook/routes.ts';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { Time } from '../../components/labels.tsx';
import { NotFound } from '../../components/no-page.tsx';
import { notify } from '../../components/notify.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageQuery } from '../../components/query-view.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useAddressId } from '../../lib/address.ts';
import { useChange } from '../../lib/change.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { BucketPolicies } from './bucket-fields.tsx';
import { deliveriesQuery, webhookQuery, webhooksKey } from './queries.ts';
import { Secret, WebhookStatus } from './webhooks-page.tsx';

/** One webhook: its state, and the outcome of each delivery. */
export function WebhookPage() {
  const webhookId = useAddressId('webhookId', WebhookId);
  return webhookId === null ? <NotFound /> : <One webhookId={webhookId} />;
}

function One({ webhookId }: { readonly webhookId: WebhookId }) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const { id } = useOrganization();
  const query = useQuery({ ...webhookQuery(api, id, webhookId), ...usePolling() });
  return (
    <PageQuery query={query}>
      {(one) => (
        <Page
          title={one.name}
          mark={<WebhookStatus one={one} />}
          parents={[{ title: texts.title, to: `/organizations/${id}/webhooks` }]}
          actions={<Actions one={one} />}
        >
          {one.pausedBecause !== undefined && (
            <Alert color="red" title={texts[one.pausedBecause]}>
              {texts.failingNotice}
            </Alert>
          )}
          <Facts one={one} />
          {one.bucket !== undefined && <BucketPolicies bucket={one.bucket} />}
          <Deliveries one={one} />
        </Page>
      )}
    </PageQuery>
  );
}

function Facts({ one }: { readonly one: Webhook }) {
  const { webhooks: texts } = useTexts();
  const time = (at: string | undefined) => (at === undefined ? texts.never : <Time at={at} />);
  const facts = [
    [texts.url, one.url],
    [texts.kind, texts.kinds[one.kind]],
    ...(one.kind === 'events'
      ? [[texts.events, one.events.includes('*') ? texts.allEvents : one.events.join(', ')] as const]
      : []),
    ...(one.bucket === undefined
      ? []
      : ([
          [texts.region, one.bucket.region],
          [texts.roleArn, one.bucket.roleArn],
        ] as const)),
    [texts.waiting, one.waiting],
    [texts.lastDelivered, time(one.lastDeliveredAt)],
    [texts.lastFailed, time(one.lastFailedAt)],
  ] as const;
  return (
    <Section id="webhook-facts" title={texts.details}>
      <Stack gap={6} component="dl" m={0}>
        {facts.map(([title, value]) => (
          <Group key={title} gap="xs" wrap="wrap" align="baseline">
            <Text component="dt" size="sm" c="dimmed" w={170}>
              {title}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}

/** Pause, resume, rotate the secret, delete, where allowed. */
function Actions({ one }: { readonly one: Webhook }) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const { organizationId, id, name, revision, status, kind } = one;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const may = useMay(organizationId);
  const [rotating, rotate] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const params = { organizationId, webhookId: id };
  const onSettled = () => queries.invalidateQueries({ queryKey: webhooksKey(organizationId) });
  const isPaused = status === 'paused';
  const rotation = useChange({
    mutationFn: (_, key) => api(outgoingWebhookRoutes.rotateWebhookSecret, { params, key }),
    onSuccess: rotate.close,
    onSettled,
  });
  const deletion = useChange({
    mutationFn: () => api(outgoingWebhookRoutes.deleteWebhook, { params, revision }),
    onSuccess: async () => {
      await navigate({ to: `/organizations/${organizationId}/webhooks` });
      notify({ message: texts.deleted(name) });
      await onSettled();
    },
  });
  return (
    <>
      {may('update', 'Webhook') && (
        <>
          <SendButton
            send={() =>
              api(outgoingWebhookRoutes.updateWebhook, {
                params,
                body: { status: isPaused ? 'active' : 'paused' },
                revision,
              })
            }
            says={() => (isPaused ? texts.resumed(name) : texts.paused(name))}
            reloads={webhooksKey(organizationId)}
          >
            {isPaused ? texts.resume : texts.pause}
          </SendButton>
          <Test one={one} />
          {kind !== 'bucket' && (
            <Button variant="default" onClick={rotate.open}>
              {texts.rotate}
            </Button>
          )}
        </>
      )}
      {may('delete', 'Webhook') && (
        <Button variant="default" c="var(--mantine-color-error)" onClick={askToDelete.open}>
          {texts.delete}
        </Button>
      )}
      {rotating && (
        <Confirm
          title={texts.rotateTitle(name)}
          action={texts.rotateNow}
          change={rotation}
          onClose={rotate.close}
        >
          {texts.rotateText}
        </Confirm>
      )}
      {rotation.data !== undefined && <Secret of={rotation.data} onClose={rotation.reset} />}
      {deleting && (
        <Confirm
          title={texts.deleteTitle(name)}
          action={texts.deleteNow}
          change={deletion}
          onClose={askToDelete.close}
        >
          {texts.deleteText}
        </Confirm>
      )}
    </>
  );
}

const tones: Readonly<Record<WebhookDelivery['status'], Tone>> = {
  delivered: 'good',
  retrying: 'warning',
  failed: 'bad',
};

const keyOf = ({ id }: WebhookDelivery) => id;

function Deliveries({ one }: { readonly one: Webhook }) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const { organizationId, id } = one;
  const query = useInfiniteQuery({ ...deliveriesQuery(api, organizationId, id), ...usePolling() });
  const columns = useDeliveryColumns(one);
  return (
    <Section id="webhook-deliveries" title={texts.deliveries}>
      <ListTable
        name="webhook-deliveries"
        label={texts.deliveries}
        columns={columns}
        query={query}
        keyOf={keyOf}
        empty={
          <Empty title={texts.noDeliveries}>
            {one.kind === 'bucket' ? texts.noObjectsText : texts.noDeliveriesText}
          </Empty>
        }
      />
    </Section>
  );
}

/** Tests the target and shows the result. */
function Test({ one: { organizationId, id: webhookId, name } }: { readonly one: Webhook }) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const answerOf = useAnswer();
  const says = (attempt: Attempt) => {
    const { status = 0 } = attempt;
    const isGood = status >= 200 && status < 300;
    return isGood ? texts.testGood(name) : texts.testBad(name, answerOf(attempt));
  };
  const params = { organizationId, webhookId };
  return (
    <SendButton
      send={(key) => api(outgoingWebhookRoutes.testWebhook, { params, key })}
      says={says}
      reloads={webhooksKey(organizationId)}
    >
      {texts.test}
    </SendButton>
  );
}

/** The outcome of an attempt, as text. */
function useAnswer() {
  const { webhooks: texts } = useTexts();
  return ({ status, problem }: Pick<Attempt, 'status' | 'problem'>) =>
    problem === undefined ? texts.answered(status ?? 0) : texts.problems[problem];
}

function useDeliveryColumns(webhook: Webhook): readonly Column<WebhookDelivery>[] {
  const { webhooks: texts, common } = useTexts();
  const isBucket = webhook.kind === 'bucket';
  return useMemo(() => {
    const objectOf = ({ resource = '' }: WebhookDelivery) => resource.split('/').at(-1) ?? '';
    const answerOf = ({ attempts }: WebhookDelivery) => {
      const last = attempts.at(-1);
      return last?.problem === undefined ? String(last?.status ?? '–') : texts.problems[last.problem];
    };
    return [
      isBucket
        ? { id: 'object', title: texts.object, cell: objectOf, text: objectOf }
        : {
            id: 'type',
            title: texts.type,
            cell: ({ type }) => <code>{type}</code>,
            text: ({ type }) => type,
          },
      {
        id: 'happened',
        title: texts.happened,
        width: 160,
        cell: ({ timestamp }) => (timestamp === '' ? '–' : <Time at={timestamp} />),
        text: ({ timestamp }) => timestamp,
        phone: 'fact',
      },
      {
        id: 'outcome',
        title: texts.outcome,
        width: 150,
        cell: ({ status }) => <StatusBadge tone={tones[status]}>{texts.outcomes[status]}</StatusBadge>,
        text: ({ status }) => texts.outcomes[status],
        phone: 'fact',
      },
      { id: 'answer', title: texts.answer, width: 160, cell: answerOf, text: answerOf, phone: 'fact' },
      {
        id: 'attempts',
        title: texts.attempts,
        width: 110,
        numeric: true,
        cell: ({ attempts }) => attempts.length,
        phone: 'hidden',
      },
      {
        id: 'actions',
        title: common.actions,
        width: 130,
        actions: true,
        cell: (one) => <Replay webhook={webhook} one={one} />,
      },
    ];
  }, [texts, common, webhook, isBucket]);
}

function Replay({ webhook, one }: { readonly webhook: Webhook; readonly one: WebhookDelivery }) {
  const { api } = useSession();
  const { webhooks: texts } = useTexts();
  const { organizationId, id: webhookId } = webhook;
  const may = useMay(organizationId);
  if (!may('update', 'Webhook') || webhook.status === 'paused') return null;
  const params = { organizationId, webhookId, delivery: one.id };
  return (
    <SendButton
      size="compact-sm"
      variant="subtle"
      aria-label={texts.replayOf(one.type)}
      send={(key) => api(outgoingWebhookRoutes.replayWebhookDelivery, { params, key })}
      says={() => texts.replayed}
      reloads={webhooksKey(organizationId)}
    >
      {texts.replay}
    </SendButton>
  );
}
