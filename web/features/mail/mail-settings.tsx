import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import { MailLanguage } from '../../../domain/organization/profile.schema.ts';
import {
  type MailSettings,
  type MailSettingsChange,
  mailKinds,
} from '../../../domain/reminder/mail-settings.schema.ts';
import { mailRoutes } from '../../../functions/http/mail/routes.ts';
import { Day } from '../../components/labels.tsx';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

const mailSettingsQuery = (api: CallApi, params: Props) =>
  queryOptions({
    queryKey: ['mail-settings', params.organizationId, params.userId],
    queryFn: ({ signal }) => api(mailRoutes.getMailSettings, { params, signal }),
  });

/** A user's email settings: theirs to choose, and for admins to see. */
export function MailSettingsSection(params: Props) {
  const { api } = useSession();
  const { mail } = useTexts();
  const query = useQuery(mailSettingsQuery(api, params));
  return (
    <Section id="emails" title={mail.title}>
      <QueryView query={query} rows={3}>
        {(settings) => <Settings {...params} settings={settings} />}
      </QueryView>
    </Section>
  );
}

function Settings({ settings, ...params }: Props & { readonly settings: MailSettings }) {
  const { api } = useSession();
  const { mail, shell } = useTexts();
  const queries = useQueryClient();
  const may = useMay(params.organizationId);
  const mayChange = may('update', 'MailSettings', { userId: params.userId });
  // Only admins get this one.
  const kinds = mailKinds.filter((kind) => kind !== 'webhooks' || may('list', 'Webhook'));
  const { queryKey } = mailSettingsQuery(api, params);
  const showError = useErrorNotice();
  const change = useChange({
    mutationFn: (body: MailSettingsChange) =>
      api(mailRoutes.updateMailSettings, { params, body, revision: settings.revision }),
    onSuccess: (changed) => {
      queries.setQueryData(queryKey, changed);
      notify({ message: mail.saved });
    },
    onError: showError,
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const asked = change.isPending ? change.variables : {};
  const isFixed = !mayChange || change.isPending;
  return (
    <Stack gap="md" maw={560}>
      <Stopped settings={settings} {...(mayChange && { onResume: () => change.mutate({ stopped: null }) })} />
      {settings.sending !== 'on' && <Text c="dimmed">{mail.sending[settings.sending]}</Text>}
      {kinds.map((kind) => (
        <Checkbox
          key={kind}
          label={mail.kinds[kind]}
          description={mail.hints[kind]}
          checked={asked[kind] ?? settings[kind]}
          disabled={isFixed}
          onChange={({ currentTarget }) => change.mutate({ [kind]: currentTarget.checked })}
        />
      ))}
      <NativeSelect
        label={mail.language}
        maw={240}
        data={MailLanguage.options.map((value) => ({ value, label: shell.languages[value] }))}
        value={asked.language ?? settings.language}
        disabled={isFixed}
        onChange={({ currentTarget }) => change.mutate({ language: MailLanguage.parse(currentTarget.value) })}
      />
    </Stack>
  );
}

interface StoppedProps {
  readonly settings: MailSettings;
  /** Absent where it isn't the reader's to do. */
  readonly onResume?: () => void;
}

/** Why no email is sent to a user's address, and since when. */
function Stopped({ settings: { stopped }, onResume }: StoppedProps) {
  const { mail } = useTexts();
  if (stopped === null) return null;
  return (
    <Alert color="orange" title={mail.stopped.title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {mail.stopped.because[stopped.because]} {mail.stopped.since} <Day at={stopped.at} />
          {'. '}
          {onResume === undefined ? mail.stopped.forAdmins : mail.stopped.forOwner}
        </Text>
        {onResume !== undefined && (
          <Group>
            <Button size="compact-sm" variant="default" onClick={onResume}>
              {mail.stopped.resume}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
