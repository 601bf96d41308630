import { Alert, Button, Group, Paper, Skeleton, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import IconLifebuoy from '@tabler/icons-react/icons/IconLifebuoy';
import { type Query, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useAddressOrganization } from '../lib/address.ts';
import { ApiError, needsSupport } from '../lib/api-error.ts';
import { type Texts, useTexts } from '../text/language.tsx';
import { said } from '../text/said.ts';

interface EmptyProps {
  readonly title: string;
  readonly icon?: TablerIcon;
  /** What to do next, in one line. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** An empty state: what is missing, and what to do next. */
export const Empty = ({ title, icon: Icon = IconInbox, children, action }: EmptyProps) => (
  <Paper withBorder px="lg" py={40} className="empty">
    <Stack gap="xs" align="center" ta="center">
      <ThemeIcon variant="light" color="gray" size={40} radius="xl" aria-hidden>
        <Icon size={20} stroke={1.75} />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text c="dimmed" size="sm" maw={480}>
          {children}
        </Text>
      )}
      {action !== undefined && <Group mt="xs">{action}</Group>}
    </Stack>
  </Paper>
);

/** Shown in place of content that requires support access; links to the request for it. */
export function SupportNeeded() {
  const organizationId = useAddressOrganization();
  const { support } = useTexts().shell;
  const action = organizationId !== null && (
    <Button component={Link} to={`/organizations/${organizationId}`} variant="default">
      {support.open}
    </Button>
  );
  return (
    <Empty title={support.needed} icon={IconLifebuoy} action={action}>
      {support.neededText}
    </Empty>
  );
}

interface FailedProps {
  readonly error: Error;
  readonly onRetry?: () => void;
  /** Who may do what was refused; by default an admin of the organization. */
  readonly who?: string;
}

/** An error state: what went wrong, what to do, and the request id to quote. */
export function Failed(props: FailedProps) {
  return needsSupport(props.error) ? <SupportNeeded /> : <Refused {...props} />;
}

function Refused({ error, onRetry, who }: FailedProps) {
  const texts = useTexts();
  const { errors, common } = texts;
  const titles: Readonly<Record<string, string>> = errors.titles;
  const isApi = error instanceof ApiError;
  const code = isApi ? error.code : 'unexpected';
  const left = useCountdown(isApi ? error.retryAfterSeconds : undefined);
  return (
    <Alert color="red" variant="light" title={titles[code] ?? errors.fallbackTitle} role="alert">
      <Stack gap="xs">
        <Text size="sm">{isApi ? messageOf(error, texts) : errors.unexpected}</Text>
        {isApi &&
          error.fields.map(({ path, ...wrong }) => (
            <Text key={path} size="sm">
              <code>{path}</code> {said(texts, wrong)}
            </Text>
          ))}
        {code === 'forbidden' && <Text size="sm">{errors.whoCould(who ?? errors.admins)}</Text>}
        {left > 0 && <Text size="sm">{errors.retryIn(left)}</Text>}
        <Group gap="md">
          {onRetry !== undefined && isWorthAgain(code) && (
            <Button size="xs" variant="default" onClick={onRetry} disabled={left > 0}>
              {common.retry}
            </Button>
          )}
          {isApi && error.requestId !== undefined && (
            <Text size="xs" c="dimmed">
              {common.request(error.requestId)}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** A notice above data that couldn't be reloaded. */
export function MayBeOld({ onRetry }: { readonly onRetry: () => void }) {
  const { errors, common } = useTexts();
  return (
    <Group role="status" gap="sm" mb="sm">
      <Text size="sm" c="dimmed">
        {errors.mayBeOld}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {common.retry}
      </Button>
    </Group>
  );
}

/** Refusals and missing items stay that way; retrying doesn't help. */
const isWorthAgain = (code: string) => code !== 'forbidden' && code !== 'not_found';

const messageOf = (error: ApiError, texts: Texts): string => {
  if (error.code === 'offline') return texts.errors.offline;
  return error.code === 'unexpected' ? texts.errors.unreadable : said(texts, error);
};

/** Counts down the seconds that the server asked to wait. */
function useCountdown(seconds = 0): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => setLeft(seconds), [seconds]);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}

const patienceMilliseconds = 8000;

/** A loading state of about the height of the content, to avoid layout shift. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { loading } = useTexts().common;
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!patient) return;
    const timer = setTimeout(() => setPatient(false), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [patient]);
  return (
    <Stack gap="xs" role="status" aria-label={loading} pos="relative">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all the same have no other name
        <Skeleton key={index} height={40} radius="sm" />
      ))}
      {!patient && <StillLoading onRetry={() => setPatient(true)} />}
    </Stack>
  );
}

const isUnanswered = ({ state }: Query) => state.status === 'pending';

/** Shown above the placeholder, so that nothing moves: the server is slow, and the user may retry. */
function StillLoading({ onRetry }: { readonly onRetry: () => void }) {
  const { common } = useTexts();
  const queries = useQueryClient();
  const retry = async () => {
    onRetry();
    await queries.cancelQueries({ predicate: isUnanswered });
    await queries.refetchQueries({ type: 'active', predicate: isUnanswered });
  };
  return (
    <Text size="sm" lh={1.3} ta="center" pos="absolute" top={4} left={12} right={12} style={{ zIndex: 20 }}>
      {common.stillLoading}{' '}
      <UnstyledButton fz="sm" td="underline" onClick={() => void retry()}>
        {common.retry}
      </UnstyledButton>
    </Text>
  );
}
