import '@mantine/core/styles/Switch.css';
import { Badge, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import * as z from 'zod/mini';
import { Time } from '../components/labels.tsx';
import { notify, useErrorNotice } from '../components/notify.tsx';
import { Section } from '../components/page.tsx';
import { QueryView } from '../components/query-view.tsx';
import { browserOf } from '../lib/browser.ts';
import { useChange } from '../lib/change.ts';
import { useTexts } from '../text/language.tsx';

const Account = z.object({
  name: z.string(),
  email: z.string(),
  twoFactor: z.boolean(),
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      isCurrent: z.boolean(),
      startedAt: z.string(),
      userAgent: z.nullable(z.string()),
    }),
  ),
});
type Account = z.infer<typeof Account>;

interface Props {
  readonly read: () => Promise<unknown>;
  readonly send: (path: string, body: object) => Promise<void>;
}

const accountKey = ['account'];

/** The stand-in's account settings; with Clerk it is Clerk's own component. */
export function StandInAccount({ read, send }: Props) {
  const query = useQuery({ queryKey: accountKey, queryFn: async () => Account.parse(await read()) });
  return (
    <QueryView query={query} rows={6}>
      {(account) => (
        <Stack gap="md" maw={720}>
          <Profile account={account} />
          <Security account={account} send={send} />
          <Sessions account={account} send={send} />
        </Stack>
      )}
    </QueryView>
  );
}

interface LineProps {
  readonly title: string;
  readonly note?: string;
  readonly children?: ReactNode;
}

const Line = ({ title, note, children }: LineProps) => (
  <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
    <Stack gap={0} miw={0}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      {note !== undefined && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </Stack>
    {children}
  </Group>
);

function Profile({ account: { name, email } }: { readonly account: Account }) {
  const { account } = useTexts().session;
  return (
    <Section id="profile" title={account.profile}>
      <Line title={account.name}>
        <Text size="sm" ta="right">
          <bdi>{name}</bdi>
        </Text>
      </Line>
      <Line title={account.email}>
        <Text size="sm" ta="right" style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
      </Line>
      <Text size="sm" c="dimmed">
        {account.profileNote}
      </Text>
    </Section>
  );
}

interface PartProps extends Pick<Props, 'send'> {
  readonly account: Account;
}

/** Changes the account, then reloads it and the signed-in user. */
function useAccountChange<Variables>(
  mutationFn: (variables: Variables) => Promise<void>,
  said: (variables: Variables) => string,
) {
  const queries = useQueryClient();
  return useChange({
    mutationFn,
    onSuccess: (_, variables) => notify({ message: said(variables) }),
    onError: useErrorNotice(),
    onSettled: () => queries.invalidateQueries({ queryKey: accountKey }),
  });
}

function Security({ account: { twoFactor }, send }: PartProps) {
  const { account } = useTexts().session;
  const setting = useAccountChange(
    (enabled: boolean) => send('/client/second-factor', { enabled }),
    account.saved,
  );
  return (
    <Section id="security" title={account.security}>
      <Line title={account.password} note={account.passwordNote} />
      <Line title={account.twoFactor} note={account.twoFactorNote}>
        <Switch
          label={<span className="visually-hidden">{account.twoFactor}</span>}
          checked={twoFactor}
          disabled={setting.isPending}
          onChange={({ currentTarget }) => setting.mutate(currentTarget.checked)}
        />
      </Line>
    </Section>
  );
}

function Sessions({ account: { sessions }, send }: PartProps) {
  const { account } = useTexts().session;
  const ending = useAccountChange(
    (sessionId: string) => send('/client/sessions/end', { sessionId }),
    () => account.ended,
  );
  const deviceOf = (userAgent: string | null): string => {
    const browser = browserOf(userAgent ?? '');
    if (browser === null) return account.unknownDevice;
    return browser.system === null ? browser.name : account.device(browser.name, browser.system);
  };
  return (
    <Section id="sessions" title={account.sessions}>
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label={account.sessions}>
        {sessions.toReversed().map(({ sessionId, isCurrent, startedAt, userAgent }) => (
          <Group key={sessionId} component="li" justify="space-between" gap="md" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Text size="sm" fw={500}>
                {deviceOf(userAgent)}
              </Text>
              <Text size="sm" c="dimmed">
                <Time at={startedAt} />
              </Text>
            </Stack>
            {isCurrent ? (
              <Badge variant="default">{account.thisDevice}</Badge>
            ) : (
              <Button
                size="xs"
                variant="default"
                aria-label={account.endSessionOf(deviceOf(userAgent))}
                loading={ending.isPending && ending.variables === sessionId}
                onClick={() => ending.mutate(sessionId)}
              >
                {account.endSession}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
